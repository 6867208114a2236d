-- What a person still has to decide, and what was returned and is waited for. Higher priority comes first:
--   severity   blocker 400, major 300, minor 200, query 100, info 0
--   money      0 to 60: 12 points for each power of ten of the report's full-year budget above 10,000 yuan
--   score      0 to 39: the points at stake (weight of the indicator named, else reported against recomputed total)
-- A returned finding waits for the unit: it comes after all that is open.
CREATE OR REPLACE VIEW out.review_queue AS
  WITH row_weights AS (
    SELECT report_id, name AS subject, max(max_score) AS weight
    FROM core.indicators WHERE max_score IS NOT NULL GROUP BY report_id, name
  ),
  ranked AS (
    SELECT f.*, u.unit_name, u.unit_code, u.region, u.department, u.division, u.fiscal_year, u.scope, r.project_name,
           CASE f.severity WHEN 'blocker' THEN 400 WHEN 'major' THEN 300 WHEN 'minor' THEN 200 WHEN 'query' THEN 100 ELSE 0 END
             AS severity_points,
           coalesce(least(60, greatest(0, 12 * (log10(nullif(greatest(abs(coalesce(b.adjusted_budget_yuan, b.initial_budget_yuan, b.executed_yuan)), 0), 0)::DOUBLE) - 4))), 0)
             AS money_points,
           least(39, coalesce(abs(coalesce(w.weight, r.reported_score_total - t.recomputed_low)), 0))::DOUBLE AS score_points
    FROM out.findings f
    LEFT JOIN mart.report_units u ON u.report_id = f.report_id
    LEFT JOIN core.reports r ON r.report_id = f.report_id
    LEFT JOIN mart.report_funds b ON b.report_id = f.report_id
    LEFT JOIN judge.report_scores t ON t.report_id = f.report_id
    LEFT JOIN row_weights w ON w.report_id = f.report_id AND w.subject = f.subject
    WHERE f.state IN ('open', 'returned')
  )
  SELECT round(severity_points + money_points + score_points, 1)::DECIMAL(6,1)
           - CASE WHEN state = 'returned' THEN 500 ELSE 0 END AS priority,
         coalesce(unit_name, '（单位不明）') AS unit, unit_code, region, department, ranked.fiscal_year AS year, scope, project_name,
         check_id AS "check", title, severity, subject, message, reported_value, expected_value, difference, evidence,
         place, places, location, state, reopened, coalesce(assignee, division) AS assignee,
         date_diff('day', first_seen_on, k.as_of)::INTEGER AS age,
         decision, decided_by, decision_reason, decided_until, basis, file_name, report_id, finding_id, facts_hash
  FROM ranked CROSS JOIN judge.scope k;
