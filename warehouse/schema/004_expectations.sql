-- What expectations bring with them (profiles as judged) and what may be handed in beside the reports (approved
-- budgets and targets, final accounts). All of the latter are optional; checks that need them say so.
CREATE TABLE judge.profiles (
  profile_id VARCHAR NOT NULL, name VARCHAR NOT NULL, jurisdiction VARCHAR NOT NULL, version INTEGER NOT NULL,
  basis VARCHAR NOT NULL, evidence VARCHAR NOT NULL, verified BOOLEAN NOT NULL, year_from INTEGER, year_to INTEGER,
  execution_weight DECIMAL(18,4), execution_rule VARCHAR NOT NULL, -- proportional, steps, none
  execution_rate_digits INTEGER,         -- decimals of the percent the rate is rounded to before scoring; NULL: not rounded
  execution_denominator VARCHAR NOT NULL, -- adjusted, initial
  reason_below_rate DECIMAL(18,8),       -- a lower execution rate needs a reason
  positive_rule VARCHAR NOT NULL,        -- ratio, all_or_nothing, none
  reverse_rule VARCHAR NOT NULL,         -- inverse_ratio (A/B), linear_excess (1-(B-A)/A), all_or_nothing, none
  over_achievement VARCHAR NOT NULL,     -- cap: full score, none: full score and to be explained above over_limit
  over_limit DECIMAL(18,8) NOT NULL,     -- achievement above which a reason is asked for
  score_digits INTEGER NOT NULL,         -- decimals, half up
  tier_high_low DECIMAL(18,8) NOT NULL, tier_middle_low DECIMAL(18,8) NOT NULL, -- lower edges of the two upper tiers
  grade_edges STRUCT(grade VARCHAR, at_least DECIMAL(18,4))[],
  level1_weights STRUCT(level1_code VARCHAR, weight DECIMAL(18,4))[],
  satisfaction_required BOOLEAN NOT NULL, scored BOOLEAN NOT NULL, note VARCHAR
);

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
