SET VARIABLE first_row = first_row_of('score_groups');
SET VARIABLE last_row = last_row_of('score_groups');
CREATE OR REPLACE TABLE slice.active.score_groups AS
FROM core.score_groups SEMI JOIN slice_reports USING (report_id) WHERE rowid BETWEEN getvariable('first_row') AND getvariable('last_row');
