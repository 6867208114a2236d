-- Last year's rows as a published snapshot (review.duckdb, attached as handed_in_last) holds them. It does not have the
-- whole text of the narrative: what compares texts has nothing to compare.
CREATE OR REPLACE TEMP VIEW incoming_last_reports AS
SELECT report_id AS last_report_id, unit_name, unit_code, region, fiscal_year, scope, project_name
FROM handed_in_last.out.reports
WHERE is_current AND unit_name IS NOT NULL AND fiscal_year IS NOT NULL
  AND fiscal_year IN (SELECT unnest(fiscal_years) FROM handed_in_years)
ORDER BY ALL;

CREATE OR REPLACE TEMP VIEW incoming_last_indicators AS
SELECT report_id AS last_report_id, row_no, level2, name, target_text, actual_text, actual_kind, actual_value, actual_dimension, actual_base
FROM handed_in_last.out.indicators
WHERE report_id IN (SELECT last_report_id FROM incoming_last_reports)
ORDER BY report_id, row_no;

CREATE OR REPLACE TEMP VIEW incoming_last_statements AS
SELECT report_id AS last_report_id, statement_no, subject, quantity, value, value_yuan, year, printed, text
FROM handed_in_last.out.statements
WHERE (quantity IN ('staff', 'posts') OR (quantity = 'amount' AND subject LIKE '%三公%'))
  AND report_id IN (SELECT last_report_id FROM incoming_last_reports)
ORDER BY report_id, statement_no;

CREATE OR REPLACE TEMP VIEW incoming_last_sections AS
SELECT '' AS last_report_id, 0 AS section_no, '' AS heading, '' AS kind, '' AS text WHERE false;

CREATE OR REPLACE TEMP VIEW incoming_last_findings AS
SELECT report_id AS last_report_id, check_id, subject, severity, decision
FROM handed_in_last.out.findings
WHERE decision IS NOT NULL AND report_id IN (SELECT last_report_id FROM incoming_last_reports)
ORDER BY report_id, finding_id;
