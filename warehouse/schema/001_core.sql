-- Layer raw and core: what came in and what was read. Written by warehouse.load only.
-- Money in yuan, rates as fractions, printed text beside every parsed value, place (for people) and
-- location (JSON, for programs) beside both. No foreign keys: referential integrity is a gate expectation.
CREATE SCHEMA IF NOT EXISTS raw;
CREATE SCHEMA IF NOT EXISTS core;

CREATE TABLE raw.submissions (
  submission_id     VARCHAR NOT NULL,  -- stable: from path in the inbox, member path and content
  file_name         VARCHAR NOT NULL,  -- last part of the path in the inbox
  file_path         VARCHAR NOT NULL,  -- path relative to the inbox
  member_path       VARCHAR,           -- path inside an archive, NULL outside
  sha256            VARCHAR NOT NULL,
  size_bytes        BIGINT NOT NULL,
  received_at       TIMESTAMP NOT NULL,
  format            VARCHAR,           -- by content
  reader            VARCHAR,
  outcome           VARCHAR NOT NULL,  -- of extraction: accepted, duplicate, refused, unreadable, not_an_evaluation, needs_tool
  reason            VARCHAR,           -- Chinese
  document_kind     VARCHAR,           -- for not_an_evaluation: which kind
  duplicate_of      VARCHAR,           -- submission_id of the same content
  superseded_by     VARCHAR,           -- submission_id, once every report of it is superseded
  seconds           DOUBLE NOT NULL,
  page_count        INTEGER,
  warnings          VARCHAR[],
  extractor_version VARCHAR NOT NULL,
  run_id            VARCHAR NOT NULL   -- the run that loaded this row
);

CREATE TABLE core.reports (
  report_id            VARCHAR NOT NULL,  -- submission_id-form_no
  submission_id        VARCHAR NOT NULL,
  form_no              INTEGER NOT NULL,
  report_key           VARCHAR NOT NULL,  -- unit|year|scope|project|kind, the content's hash where the unit is unknown
  kind                 VARCHAR NOT NULL,  -- form, narrative
  scope                VARCHAR NOT NULL,  -- overall, project
  template             VARCHAR NOT NULL,
  unit_name            VARCHAR,
  unit_code            VARCHAR,
  supervisor           VARCHAR,
  region               VARCHAR,
  fiscal_year          INTEGER,
  project_name         VARCHAR,
  max_score_total      DECIMAL(18,4),
  reported_score_total DECIMAL(18,4),
  reported_grade       VARCHAR,
  money_unit           VARCHAR,
  has_blocks           VARCHAR[],         -- budget, goals, indicators, total, reasons, narrative
  narrative_text       VARCHAR,           -- whole narrative, for similarity and full-text checks
  warnings             VARCHAR[],
  confidence           DOUBLE NOT NULL,
  place                VARCHAR,
  location             VARCHAR,
  superseded_by        VARCHAR            -- report_id of the newer version
);

CREATE TABLE core.header_fields (
  report_id VARCHAR NOT NULL, field VARCHAR NOT NULL, label VARCHAR, text VARCHAR NOT NULL,
  place VARCHAR, location VARCHAR
);

CREATE TABLE core.budget_lines (
  report_id               VARCHAR NOT NULL,
  line_no                 INTEGER NOT NULL,
  label                   VARCHAR NOT NULL,
  role                    VARCHAR NOT NULL,  -- total, source, carryover, nature_basic, nature_project, other
  is_total                BOOLEAN NOT NULL,
  parent_line_no          INTEGER,
  fund                    VARCHAR,
  line_group              VARCHAR,
  initial_budget_yuan     DECIMAL(24,4),
  adjusted_budget_yuan    DECIMAL(24,4),
  executed_yuan           DECIMAL(24,4),
  amount_yuan             DECIMAL(24,4),     -- printed inside the label, claimed by no money column
  reported_execution_rate DECIMAL(18,8),
  max_score               DECIMAL(18,4),
  reported_score          DECIMAL(18,4),
  money_unit              VARCHAR,
  money_step_yuan         DECIMAL(24,4),
  rate_step               DECIMAL(18,8),
  texts     STRUCT(label VARCHAR, initial_budget VARCHAR, adjusted_budget VARCHAR, executed VARCHAR, execution_rate VARCHAR, max_score VARCHAR, reported_score VARCHAR),
  places    STRUCT(label VARCHAR, initial_budget VARCHAR, adjusted_budget VARCHAR, executed VARCHAR, execution_rate VARCHAR, max_score VARCHAR, reported_score VARCHAR),
  locations STRUCT(label VARCHAR, initial_budget VARCHAR, adjusted_budget VARCHAR, executed VARCHAR, execution_rate VARCHAR, max_score VARCHAR, reported_score VARCHAR),
  place    VARCHAR,
  location VARCHAR
);

CREATE TABLE core.indicators (
  report_id         VARCHAR NOT NULL,
  row_no            INTEGER NOT NULL,
  source            VARCHAR NOT NULL,     -- form, narrative
  row_kind          VARCHAR NOT NULL,     -- indicator, category, execution
  level1            VARCHAR NOT NULL,
  level2            VARCHAR NOT NULL,
  name              VARCHAR NOT NULL,     -- without weight and unit brackets' scores
  level1_code       VARCHAR NOT NULL,     -- output, outcome, satisfaction, cost, execution, management, other
  dimension         VARCHAR NOT NULL,     -- quantity, quality, timeliness, cost, economic, social, ecological, sustained, satisfaction, execution, other
  direction         VARCHAR NOT NULL,     -- up, down, unknown
  target_text       VARCHAR NOT NULL,
  actual_text       VARCHAR NOT NULL,
  comparator        VARCHAR,              -- of the target: GE GT LE LT EQ APPROX
  target_kind       VARCHAR NOT NULL,     -- Quantity.kind
  target_value      DECIMAL(38,8),
  target_low        DECIMAL(38,8),
  target_high       DECIMAL(38,8),
  target_step       DECIMAL(38,8),
  target_base       DECIMAL(38,8),        -- factor to the dimension's base unit
  target_unit       VARCHAR,
  target_dimension  VARCHAR,
  actual_comparator VARCHAR,
  actual_kind       VARCHAR NOT NULL,
  actual_value      DECIMAL(38,8),
  actual_low        DECIMAL(38,8),
  actual_high       DECIMAL(38,8),
  actual_step       DECIMAL(38,8),
  actual_base       DECIMAL(38,8),
  actual_unit       VARCHAR,
  actual_dimension  VARCHAR,
  unit              VARCHAR,              -- of the indicator: from its own column, the target, or the name
  name_unit         VARCHAR,              -- the one in the name's brackets
  max_score         DECIMAL(18,4),
  reported_score    DECIMAL(18,4),
  score_group       INTEGER,              -- rows sharing one merged score cell
  is_placeholder    BOOLEAN NOT NULL,
  variance_reason   VARCHAR NOT NULL,
  confidence        DOUBLE NOT NULL,
  texts     STRUCT(level1 VARCHAR, level2 VARCHAR, name VARCHAR, target VARCHAR, actual VARCHAR, max_score VARCHAR, reported_score VARCHAR, variance_reason VARCHAR),
  places    STRUCT(level1 VARCHAR, level2 VARCHAR, name VARCHAR, target VARCHAR, actual VARCHAR, max_score VARCHAR, reported_score VARCHAR, variance_reason VARCHAR),
  locations STRUCT(level1 VARCHAR, level2 VARCHAR, name VARCHAR, target VARCHAR, actual VARCHAR, max_score VARCHAR, reported_score VARCHAR, variance_reason VARCHAR),
  place    VARCHAR,
  location VARCHAR
);

CREATE TABLE core.score_groups (
  report_id VARCHAR NOT NULL, group_no INTEGER NOT NULL,
  kind VARCHAR NOT NULL,                 -- level1, level2, execution, total
  label VARCHAR NOT NULL, source VARCHAR NOT NULL,
  max_score DECIMAL(18,4), reported_score DECIMAL(18,4),
  members INTEGER[],                     -- row_no of the indicators below it
  max_score_place VARCHAR, reported_score_place VARCHAR, max_score_text VARCHAR, reported_score_text VARCHAR,
  place VARCHAR, location VARCHAR
);

CREATE TABLE core.statements (
  report_id VARCHAR NOT NULL, statement_no INTEGER NOT NULL,
  subject VARCHAR NOT NULL,
  quantity VARCHAR NOT NULL,             -- amount, count, rate, score, weight, staff, posts, area, duration, other
  role VARCHAR NOT NULL,                 -- plain, target, actual, score, weight, met_count, unmet_count, copy_target, copy_actual, copy_score
  comparator VARCHAR,
  value DECIMAL(38,8), unit VARCHAR, value_yuan DECIMAL(28,4), step DECIMAL(38,8),
  year INTEGER, section VARCHAR,
  indicator_row_no INTEGER, match_score DOUBLE,
  printed VARCHAR NOT NULL, text VARCHAR NOT NULL, place VARCHAR, location VARCHAR
);

CREATE TABLE core.relations (
  report_id VARCHAR NOT NULL, relation_no INTEGER NOT NULL,
  kind VARCHAR NOT NULL,                 -- sum, difference, ratio, change, quotient, count
  topic VARCHAR NOT NULL,                -- fund_source, nature, adjustment, items, staff, assets, execution, achievement, met_count, unmet_count, other
  subject VARCHAR NOT NULL,
  stated DECIMAL(38,8), terms DECIMAL(38,8)[], unit VARCHAR,
  step DECIMAL(38,8) NOT NULL, stated_step DECIMAL(38,8) NOT NULL,
  formula VARCHAR NOT NULL, text VARCHAR NOT NULL, statement_nos INTEGER[], place VARCHAR, location VARCHAR
);

CREATE TABLE core.sections (
  report_id VARCHAR NOT NULL, section_no INTEGER NOT NULL, heading VARCHAR NOT NULL, kind VARCHAR NOT NULL,
  text VARCHAR NOT NULL, place VARCHAR, location VARCHAR
);

CREATE TABLE core.unread (
  report_id VARCHAR NOT NULL, text VARCHAR NOT NULL, why VARCHAR NOT NULL, place VARCHAR, location VARCHAR
);

-- Handed in beside the submissions (all optional).
CREATE TABLE raw.roster (
  unit_name VARCHAR NOT NULL, unit_code VARCHAR, aliases VARCHAR[], parent_name VARCHAR, department VARCHAR,
  region VARCHAR, division VARCHAR, contact VARCHAR, deadline DATE, extension_until DATE, profile VARCHAR,
  expected_forms INTEGER
);
