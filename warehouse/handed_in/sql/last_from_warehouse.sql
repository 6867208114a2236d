-- Last year's rows as another home's warehouse holds them (attached as handed_in_last): reports that count.
CREATE OR REPLACE TEMP VIEW incoming_last_reports AS
SELECT r.report_id AS last_report_id, r.unit_name, r.unit_code, r.region, r.fiscal_year, r.scope, r.project_name
FROM handed_in_last.core.reports r JOIN handed_in_last.raw.submissions s USING (submission_id)
WHERE s.outcome = 'accepted' AND s.duplicate_of IS NULL AND r.superseded_by IS NULL
  AND r.unit_name IS NOT NULL AND r.fiscal_year IS NOT NULL
  AND r.fiscal_year IN (SELECT unnest(fiscal_years) FROM handed_in_years)
ORDER BY ALL;

CREATE OR REPLACE TEMP VIEW incoming_last_indicators AS
SELECT report_id AS last_report_id, row_no, level2, name, target_text, actual_text, actual_kind, actual_value, actual_dimension, actual_base
FROM handed_in_last.core.indicators
WHERE NOT is_placeholder AND report_id IN (SELECT last_report_id FROM incoming_last_reports)
ORDER BY report_id, row_no;

CREATE OR REPLACE TEMP VIEW incoming_last_statements AS
SELECT report_id AS last_report_id, statement_no, subject, quantity, value, value_yuan, year, printed, text
FROM handed_in_last.core.statements
WHERE (quantity IN ('staff', 'posts') OR (quantity = 'amount' AND subject LIKE '%三公%'))
  AND report_id IN (SELECT last_report_id FROM incoming_last_reports)
ORDER BY report_id, statement_no;

CREATE OR REPLACE TEMP VIEW incoming_last_sections AS
SELECT report_id AS last_report_id, section_no, heading, kind, text
FROM handed_in_last.core.sections
WHERE report_id IN (SELECT last_report_id FROM incoming_last_reports)
ORDER BY report_id, section_no;

CREATE OR REPLACE TEMP VIEW incoming_last_findings AS
SELECT f.report_id AS last_report_id, f.check_id, f.subject, f.severity, d.decision
FROM handed_in_last.judge.findings f
JOIN (SELECT finding_id, arg_max(decision, (decided_at, decision)) AS decision
      FROM handed_in_last.judge.decisions GROUP BY finding_id) d USING (finding_id)
WHERE f.report_id IN (SELECT last_report_id FROM incoming_last_reports)
ORDER BY f.report_id, f.finding_id;
