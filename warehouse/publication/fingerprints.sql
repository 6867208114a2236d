-- A hash of all that a report's page shows: a page whose hash stands in the last set need not be written again.
WITH parts AS (
  SELECT report_id, hash(t) AS part FROM out.reports t WHERE is_current
  UNION ALL SELECT report_id, hash(t) FROM out.header_fields t
  UNION ALL SELECT report_id, hash(t) FROM out.budget_lines t
  UNION ALL SELECT report_id, hash(t) FROM out.indicators t
  UNION ALL SELECT report_id, hash(t) FROM out.score_groups t
  UNION ALL SELECT report_id, hash(t) FROM out.statements t
  UNION ALL SELECT report_id, hash(t) FROM out.unread t
  UNION ALL SELECT report_id, hash(finding_id, state, message, severity, facts_hash, decision, decided_by, decision_reason, decided_until, title) FROM out.findings
  UNION ALL SELECT report_id, hash(check_id, answer, reason, tested) FROM out.check_results
  UNION ALL SELECT report_id, hash(check_id, subject_key, failed, reported_value, expected_value, place) FROM out.tested
)
SELECT report_id, sum(part)::VARCHAR AS fingerprint
FROM parts SEMI JOIN (SELECT report_id FROM out.reports WHERE is_current) USING (report_id)
GROUP BY report_id ORDER BY report_id;
