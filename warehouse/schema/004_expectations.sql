-- What expectations bring with them (profiles as judged) and what may be handed in beside the reports (approved
-- budgets and targets, final accounts). All of the latter are optional; checks that need them say so.
CREATE TABLE judge.profiles (
  profile_id VARCHAR NOT NULL, name VARCHAR NOT NULL, jurisdiction VARCHAR NOT NULL, version INTEGER NOT NULL,
  basis VARCHAR NOT NULL, evidence VARCHAR NOT NULL, verified BOOLEAN NOT NULL, year_from INTEGER, year_to INTEGER,
  execution_weight DECIMAL(18,4) NOT NULL,
  execution_rule VARCHAR NOT NULL,       -- proportional, steps, none
  execution_rate_digits INTEGER,         -- decimals of the percent the rate is rounded to before scoring; NULL: not rounded
  execution_denominator VARCHAR NOT NULL, -- adjusted, initial
  reason_below_rate DECIMAL(18,8) NOT NULL, -- a lower execution rate needs a reason
  positive_rule VARCHAR NOT NULL,        -- ratio, all_or_nothing, none
  reverse_rule VARCHAR NOT NULL,         -- inverse_ratio (A/B), linear_excess (1-(B-A)/A), all_or_nothing, none
  over_achievement VARCHAR NOT NULL,     -- cap: full score, to be explained above over_limit
  over_limit DECIMAL(18,8) NOT NULL,
  score_digits INTEGER NOT NULL,         -- decimals of a score, half up
  tier_high_low DECIMAL(18,8) NOT NULL, tier_middle_low DECIMAL(18,8) NOT NULL, -- lower edges of the two upper tiers
  grade_edges STRUCT(grade VARCHAR, at_least DECIMAL(18,4))[] NOT NULL,         -- best grade first
  level1_weights STRUCT(level1_code VARCHAR, weight DECIMAL(18,4))[] NOT NULL,
  weights_fixed BOOLEAN NOT NULL,        -- FALSE: units split the indicators' points freely
  match_weights BOOLEAN NOT NULL,        -- these weights alone tell the jurisdiction
  satisfaction_required BOOLEAN NOT NULL, note VARCHAR
);

-- What a report's points consist of, each point once: the execution score, single indicators, merged score cells,
-- and printed groups where the rows below carry no points of their own.
CREATE TABLE judge.scored_items (
  report_id VARCHAR NOT NULL,
  item_key VARCHAR NOT NULL,             -- L1 (budget line), R5 (indicator), M2 (merged rows), G3 (printed group)
  kind VARCHAR NOT NULL,                 -- execution, indicator, category, merged, group
  label VARCHAR NOT NULL, level1_code VARCHAR NOT NULL, rows_covered INTEGER[],
  max_score DECIMAL(18,4), reported_score DECIMAL(18,4),
  score_step DECIMAL(18,4),              -- smallest difference the printed score can show
  low DECIMAL(18,4), high DECIMAL(18,4), -- recomputed
  text VARCHAR, place VARCHAR, location VARCHAR
);

-- One figure for the whole: items whose recomputation is an interval enter as reported where the report lies inside.
ALTER TABLE judge.report_scores ADD COLUMN recomputed_total DECIMAL(18,4);

CREATE TABLE raw.approved_budgets (
  unit_name VARCHAR NOT NULL, fiscal_year INTEGER NOT NULL, project_name VARCHAR,
  item VARCHAR NOT NULL,                 -- total, or the label of the budget line
  initial_budget_yuan DECIMAL(24,4), adjusted_budget_yuan DECIMAL(24,4), source_row VARCHAR
);

CREATE TABLE raw.approved_targets (
  unit_name VARCHAR NOT NULL, fiscal_year INTEGER NOT NULL, project_name VARCHAR,
  name VARCHAR NOT NULL, target_text VARCHAR NOT NULL, target_value DECIMAL(38,8), target_unit VARCHAR, source_row VARCHAR
);

CREATE TABLE raw.final_accounts (
  unit_name VARCHAR NOT NULL, fiscal_year INTEGER NOT NULL, item VARCHAR NOT NULL,
  executed_yuan DECIMAL(24,4), source_row VARCHAR
);
