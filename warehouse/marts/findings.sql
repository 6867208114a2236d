-- The last decision on a finding; decided_at ties are broken by the decision's words, so that any order gives one answer.
CREATE OR REPLACE VIEW mart.last_decisions AS
  SELECT finding_id, facts_hash, decision, decided_by, reason, until, assignee, decided_at
  FROM judge.decisions
  QUALIFY row_number() OVER (PARTITION BY finding_id ORDER BY decided_at DESC, decision, decided_by, reason) = 1;

-- A decision holds while the finding's facts are those it was taken on and its date has not passed; then it is open again.
CREATE OR REPLACE VIEW mart.finding_states AS
  SELECT f.finding_id,
         (d.facts_hash = f.facts_hash AND (d.until IS NULL OR d.until >= k.as_of)) IS TRUE AS holds,
         CASE WHEN NOT f.active THEN 'resolved'
              WHEN d.facts_hash = f.facts_hash AND (d.until IS NULL OR d.until >= k.as_of)
                THEN CASE d.decision WHEN 'accept' THEN 'accepted' WHEN 'waive' THEN 'waived' WHEN 'return' THEN 'returned' ELSE 'open' END
              ELSE 'open' END AS state,
         d.decision, d.decided_by, d.reason AS decision_reason, d.until AS decided_until, d.assignee, d.decided_at,
         (f.active AND d.finding_id IS NOT NULL
          AND NOT (d.facts_hash = f.facts_hash AND (d.until IS NULL OR d.until >= k.as_of))) AS reopened
  FROM judge.findings f
  CROSS JOIN judge.scope k
  LEFT JOIN mart.last_decisions d USING (finding_id);

CREATE OR REPLACE VIEW out.check_catalogue AS
  SELECT check_id, version, class, severity, family, title, basis, needs FROM judge.check_catalogue;

CREATE OR REPLACE VIEW out.check_results AS
  SELECT report_id, check_id, check_version, answer, reason, tested, failed FROM judge.check_results;

CREATE OR REPLACE VIEW out.findings AS
  SELECT f.finding_id, f.report_id, s.file_name, f.check_id, f.check_version, c.title, c.basis, f.severity,
         mart.masked(f.subject) AS subject, mart.masked(f.message) AS message,
         mart.masked(f.reported_value) AS reported_value, mart.masked(f.expected_value) AS expected_value, f.difference,
         mart.masked(f.evidence) AS evidence, f.place, f.places, f.location, t.state, t.reopened,
         t.decision, t.decided_by, t.decision_reason, t.decided_until, t.assignee, t.decided_at,
         f.facts_hash, f.first_seen_on, f.first_run_id, f.last_run_id
  FROM judge.findings f
  JOIN mart.finding_states t USING (finding_id)
  LEFT JOIN judge.check_catalogue c USING (check_id)
  LEFT JOIN core.reports r ON r.report_id = f.report_id
  LEFT JOIN raw.submissions s ON s.submission_id = r.submission_id;
