-- The rows of slice `slice_no` (a variable), copied where the checks find them. The rows between first and last are read
-- straight from their place in the file; variables, because a bound that is a constant skips the rest of the table.
CREATE OR REPLACE TEMP TABLE slice_reports AS SELECT report_id FROM slice_plan WHERE slice_no = getvariable('slice_no');

CREATE OR REPLACE TABLE slice.active.reports AS FROM active.reports SEMI JOIN slice_reports USING (report_id);

SET VARIABLE first_row = (SELECT first_row FROM slice_rows WHERE table_name = 'header_fields' AND slice_no = getvariable('slice_no'));
SET VARIABLE last_row = (SELECT last_row FROM slice_rows WHERE table_name = 'header_fields' AND slice_no = getvariable('slice_no'));
CREATE OR REPLACE TABLE slice.active.header_fields AS
FROM core.header_fields SEMI JOIN slice_reports USING (report_id) WHERE rowid BETWEEN getvariable('first_row') AND getvariable('last_row');

SET VARIABLE first_row = (SELECT first_row FROM slice_rows WHERE table_name = 'budget_lines' AND slice_no = getvariable('slice_no'));
SET VARIABLE last_row = (SELECT last_row FROM slice_rows WHERE table_name = 'budget_lines' AND slice_no = getvariable('slice_no'));
CREATE OR REPLACE TABLE slice.active.budget_lines AS
FROM core.budget_lines SEMI JOIN slice_reports USING (report_id) WHERE rowid BETWEEN getvariable('first_row') AND getvariable('last_row');

SET VARIABLE first_row = (SELECT first_row FROM slice_rows WHERE table_name = 'indicators' AND slice_no = getvariable('slice_no'));
SET VARIABLE last_row = (SELECT last_row FROM slice_rows WHERE table_name = 'indicators' AND slice_no = getvariable('slice_no'));
CREATE OR REPLACE TABLE slice.active.indicators AS
FROM core.indicators SEMI JOIN slice_reports USING (report_id) WHERE rowid BETWEEN getvariable('first_row') AND getvariable('last_row');

SET VARIABLE first_row = (SELECT first_row FROM slice_rows WHERE table_name = 'score_groups' AND slice_no = getvariable('slice_no'));
SET VARIABLE last_row = (SELECT last_row FROM slice_rows WHERE table_name = 'score_groups' AND slice_no = getvariable('slice_no'));
CREATE OR REPLACE TABLE slice.active.score_groups AS
FROM core.score_groups SEMI JOIN slice_reports USING (report_id) WHERE rowid BETWEEN getvariable('first_row') AND getvariable('last_row');

SET VARIABLE first_row = (SELECT first_row FROM slice_rows WHERE table_name = 'statements' AND slice_no = getvariable('slice_no'));
SET VARIABLE last_row = (SELECT last_row FROM slice_rows WHERE table_name = 'statements' AND slice_no = getvariable('slice_no'));
CREATE OR REPLACE TABLE slice.active.statements AS
FROM core.statements SEMI JOIN slice_reports USING (report_id) WHERE rowid BETWEEN getvariable('first_row') AND getvariable('last_row');

SET VARIABLE first_row = (SELECT first_row FROM slice_rows WHERE table_name = 'relations' AND slice_no = getvariable('slice_no'));
SET VARIABLE last_row = (SELECT last_row FROM slice_rows WHERE table_name = 'relations' AND slice_no = getvariable('slice_no'));
CREATE OR REPLACE TABLE slice.active.relations AS
FROM core.relations SEMI JOIN slice_reports USING (report_id) WHERE rowid BETWEEN getvariable('first_row') AND getvariable('last_row');

SET VARIABLE first_row = (SELECT first_row FROM slice_rows WHERE table_name = 'sections' AND slice_no = getvariable('slice_no'));
SET VARIABLE last_row = (SELECT last_row FROM slice_rows WHERE table_name = 'sections' AND slice_no = getvariable('slice_no'));
CREATE OR REPLACE TABLE slice.active.sections AS
FROM core.sections SEMI JOIN slice_reports USING (report_id) WHERE rowid BETWEEN getvariable('first_row') AND getvariable('last_row');

SET VARIABLE first_row = (SELECT first_row FROM slice_rows WHERE table_name = 'unread' AND slice_no = getvariable('slice_no'));
SET VARIABLE last_row = (SELECT last_row FROM slice_rows WHERE table_name = 'unread' AND slice_no = getvariable('slice_no'));
CREATE OR REPLACE TABLE slice.active.unread AS
FROM core.unread SEMI JOIN slice_reports USING (report_id) WHERE rowid BETWEEN getvariable('first_row') AND getvariable('last_row');

SET VARIABLE first_row = (SELECT first_row FROM slice_rows WHERE table_name = 'doubts' AND slice_no = getvariable('slice_no'));
SET VARIABLE last_row = (SELECT last_row FROM slice_rows WHERE table_name = 'doubts' AND slice_no = getvariable('slice_no'));
CREATE OR REPLACE TABLE slice.active.doubts AS
FROM core.doubts SEMI JOIN slice_reports USING (report_id) WHERE rowid BETWEEN getvariable('first_row') AND getvariable('last_row');

-- What the profiles say, and empty tables for the scores.
CREATE OR REPLACE TABLE slice.judge.scope AS FROM judge.scope;
CREATE OR REPLACE TABLE slice.judge.profiles AS FROM judge.profiles;
CREATE OR REPLACE TABLE slice.judge.profile_rules AS FROM judge.profile_rules;
CREATE OR REPLACE TABLE slice.judge.report_profiles AS FROM judge.report_profiles LIMIT 0;
CREATE OR REPLACE TABLE slice.judge.scored_items AS FROM judge.scored_items LIMIT 0;
CREATE OR REPLACE TABLE slice.judge.budget_scores AS FROM judge.budget_scores LIMIT 0;
CREATE OR REPLACE TABLE slice.judge.indicator_scores AS FROM judge.indicator_scores LIMIT 0;
CREATE OR REPLACE TABLE slice.judge.report_scores AS FROM judge.report_scores LIMIT 0;
