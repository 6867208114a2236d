-- The slice `slice_no` (a variable): its reports, what the profiles say, and empty tables for the scores. The other rows of
-- its reports follow, table by table (rows/).
CREATE OR REPLACE TABLE staging.slice_reports AS SELECT report_id FROM slice_plan WHERE slice_no = getvariable('slice_no');
CREATE OR REPLACE TABLE slice.active.reports AS FROM active.reports SEMI JOIN slice_reports USING (report_id);

CREATE OR REPLACE TABLE slice.judge.scope AS FROM judge.scope;
CREATE OR REPLACE TABLE slice.judge.profiles AS FROM judge.profiles;
CREATE OR REPLACE TABLE slice.judge.profile_rules AS FROM judge.profile_rules;
CREATE OR REPLACE TABLE slice.judge.report_profiles AS FROM judge.report_profiles LIMIT 0;
CREATE OR REPLACE TABLE slice.judge.scored_items AS FROM judge.scored_items LIMIT 0;
CREATE OR REPLACE TABLE slice.judge.budget_scores AS FROM judge.budget_scores LIMIT 0;
CREATE OR REPLACE TABLE slice.judge.indicator_scores AS FROM judge.indicator_scores LIMIT 0;
CREATE OR REPLACE TABLE slice.judge.report_scores AS FROM judge.report_scores LIMIT 0;
