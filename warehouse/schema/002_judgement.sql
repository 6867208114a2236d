-- Layer judge: what the catalogue and the scoring say of core. Rewritten by expectations at every run that
-- changed something; the ledger of findings and the decisions are kept for ever.
CREATE SCHEMA IF NOT EXISTS judge;

CREATE TABLE judge.report_profiles (
  report_id VARCHAR NOT NULL, profile_id VARCHAR NOT NULL, why VARCHAR NOT NULL
);

CREATE TABLE judge.budget_scores (
  report_id VARCHAR NOT NULL, line_no INTEGER NOT NULL,
  execution_rate DECIMAL(18,8),          -- executed / denominator, unrounded to 8 places; NULL where not computable
  recomputed_score DECIMAL(18,4),        -- from printed values, by the profile
  exact_score DECIMAL(18,4),             -- from exact values, rate not rounded early
  rule VARCHAR NOT NULL, explanation VARCHAR NOT NULL
);

CREATE TABLE judge.indicator_scores (
  report_id VARCHAR NOT NULL, row_no INTEGER NOT NULL,
  outcome VARCHAR NOT NULL,              -- met, unmet, not_computable
  achievement DECIMAL(38,8),             -- actual/target (or target/actual for reverse), NULL where not computable
  low DECIMAL(18,4), high DECIMAL(18,4), -- recomputed from printed values; equal where unambiguous
  exact_score DECIMAL(18,4),             -- recomputed from exact values where the narrative gives them
  rule VARCHAR NOT NULL, explanation VARCHAR NOT NULL
);

CREATE TABLE judge.report_scores (
  report_id VARCHAR NOT NULL,
  recomputed_low DECIMAL(18,4), recomputed_high DECIMAL(18,4), exact_total DECIMAL(18,4),
  recomputed_grade VARCHAR, is_complete BOOLEAN NOT NULL, explanation VARCHAR NOT NULL
);

CREATE TABLE judge.check_catalogue (
  check_id VARCHAR NOT NULL, version INTEGER NOT NULL, class VARCHAR NOT NULL, severity VARCHAR NOT NULL,
  family VARCHAR NOT NULL, title VARCHAR NOT NULL, basis VARCHAR NOT NULL, needs VARCHAR[], body_hash VARCHAR NOT NULL,
  message VARCHAR NOT NULL,              -- template: {subject} {reported} {expected} {difference} {evidence} {detail} {place} {count}
  not_applicable VARCHAR NOT NULL, suppressed_by VARCHAR[], grouped BOOLEAN NOT NULL, title_en VARCHAR
);

-- Every comparison made, failed or not: what reviewers list as tested.
CREATE TABLE judge.tests (
  report_id VARCHAR NOT NULL, check_id VARCHAR NOT NULL, subject_key VARCHAR NOT NULL, subject VARCHAR NOT NULL,
  failed BOOLEAN NOT NULL, severity VARCHAR,  -- severity: overrides the check's own when set
  reported_value VARCHAR, expected_value VARCHAR, difference VARCHAR,
  evidence VARCHAR, place VARCHAR, location VARCHAR, detail VARCHAR,
  suppressed_by VARCHAR                  -- the check that reports the cause; such a failure is no finding of its own
);

CREATE TABLE judge.check_results (
  report_id VARCHAR NOT NULL, check_id VARCHAR NOT NULL, check_version INTEGER NOT NULL,
  answer VARCHAR NOT NULL,               -- pass, fail, not_applicable
  reason VARCHAR, tested INTEGER NOT NULL, failed INTEGER NOT NULL
);

-- One row a finding for ever; `active` says whether the last run still found it.
CREATE TABLE judge.findings (
  finding_id VARCHAR NOT NULL, report_id VARCHAR NOT NULL, check_id VARCHAR NOT NULL, check_version INTEGER NOT NULL,
  severity VARCHAR NOT NULL, subject VARCHAR NOT NULL, subject_key VARCHAR NOT NULL, message VARCHAR NOT NULL,
  reported_value VARCHAR, expected_value VARCHAR, difference VARCHAR, evidence VARCHAR,
  place VARCHAR, places VARCHAR[], location VARCHAR,
  facts_hash VARCHAR NOT NULL,           -- check version and figures: a decision holds while this stays
  active BOOLEAN NOT NULL, first_seen_on DATE NOT NULL, first_run_id VARCHAR NOT NULL, last_run_id VARCHAR NOT NULL
);

CREATE TABLE judge.decisions (
  finding_id VARCHAR NOT NULL, facts_hash VARCHAR NOT NULL,
  decision VARCHAR NOT NULL,             -- accept, waive, return
  decided_by VARCHAR NOT NULL, reason VARCHAR NOT NULL, until DATE, assignee VARCHAR, decided_at TIMESTAMP NOT NULL
);

CREATE TABLE raw.runs (
  run_id VARCHAR NOT NULL, started_at TIMESTAMP NOT NULL, finished_at TIMESTAMP, fiscal_year INTEGER, as_of DATE,
  state VARCHAR NOT NULL,                -- running, done, stopped_by_gate, failed
  counts_by_status VARCHAR, versions VARCHAR, settings VARCHAR, message VARCHAR
);
