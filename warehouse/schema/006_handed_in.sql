-- What is handed in beside the reports (approved budgets and targets, final accounts, last year's rows): which unit of
-- a table a report means is found by code, name and alias, as with the roster.
ALTER TABLE raw.approved_budgets ADD COLUMN unit_code VARCHAR;
ALTER TABLE raw.approved_budgets ADD COLUMN region VARCHAR;
ALTER TABLE raw.approved_budgets ADD COLUMN money_step_yuan DECIMAL(24,4);   -- smallest difference the table's digits can show

ALTER TABLE raw.approved_targets ADD COLUMN unit_code VARCHAR;
ALTER TABLE raw.approved_targets ADD COLUMN region VARCHAR;
ALTER TABLE raw.approved_targets ADD COLUMN level2 VARCHAR;
ALTER TABLE raw.approved_targets ADD COLUMN comparator VARCHAR;      -- GE GT LE LT EQ APPROX, as core.indicators
ALTER TABLE raw.approved_targets ADD COLUMN target_kind VARCHAR;
ALTER TABLE raw.approved_targets ADD COLUMN target_low DECIMAL(38,8);
ALTER TABLE raw.approved_targets ADD COLUMN target_high DECIMAL(38,8);
ALTER TABLE raw.approved_targets ADD COLUMN target_base DECIMAL(38,8);  -- factor to the dimension's base unit

ALTER TABLE raw.final_accounts ADD COLUMN unit_code VARCHAR;
ALTER TABLE raw.final_accounts ADD COLUMN region VARCHAR;
ALTER TABLE raw.final_accounts ADD COLUMN money_step_yuan DECIMAL(24,4);

-- Last year's reports as another warehouse, a published snapshot or a table of indicators gives them. Reports of last
-- year in this warehouse come before these.
CREATE TABLE raw.last_reports (
  last_report_id VARCHAR NOT NULL,
  unit_name VARCHAR NOT NULL, unit_code VARCHAR, region VARCHAR,
  fiscal_year INTEGER NOT NULL, scope VARCHAR NOT NULL, project_name VARCHAR
);

CREATE TABLE raw.last_indicators (
  last_report_id VARCHAR NOT NULL, row_no INTEGER NOT NULL, level2 VARCHAR, name VARCHAR NOT NULL,
  target_text VARCHAR NOT NULL, actual_text VARCHAR NOT NULL,
  actual_kind VARCHAR, actual_value DECIMAL(38,8), actual_dimension VARCHAR, actual_base DECIMAL(38,8)
);

CREATE TABLE raw.last_statements (
  last_report_id VARCHAR NOT NULL, statement_no INTEGER NOT NULL, subject VARCHAR NOT NULL, quantity VARCHAR NOT NULL,
  value DECIMAL(38,8), value_yuan DECIMAL(28,4), year INTEGER, printed VARCHAR NOT NULL, text VARCHAR NOT NULL
);

CREATE TABLE raw.last_sections (
  last_report_id VARCHAR NOT NULL, section_no INTEGER NOT NULL, heading VARCHAR NOT NULL, kind VARCHAR NOT NULL, text VARCHAR NOT NULL
);

CREATE TABLE raw.last_findings (
  last_report_id VARCHAR NOT NULL, check_id VARCHAR NOT NULL, subject VARCHAR NOT NULL, severity VARCHAR NOT NULL,
  decision VARCHAR NOT NULL              -- accept, waive, return: the last one taken
);

-- One row a table and fiscal year handed in: what stands in force, and from which file.
CREATE TABLE raw.handed_in (
  kind VARCHAR NOT NULL,                 -- approved_budgets, approved_targets, final_accounts, last_year
  fiscal_year INTEGER NOT NULL, file_name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, row_count INTEGER NOT NULL
);

-- Which unit of a table handed in a report belongs to. Written by warehouse.handed_in.
CREATE TABLE raw.handed_in_matches (
  kind VARCHAR NOT NULL, report_id VARCHAR NOT NULL,
  unit_name VARCHAR NOT NULL, unit_code VARCHAR, region VARCHAR,   -- as the table has them
  how VARCHAR NOT NULL                   -- roster, code, exact, alias, normalised
);
