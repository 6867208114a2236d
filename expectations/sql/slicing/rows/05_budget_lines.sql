SET VARIABLE first_row = first_row_of('budget_lines');
SET VARIABLE last_row = last_row_of('budget_lines');
CREATE OR REPLACE TABLE slice.active.budget_lines AS
FROM core.budget_lines SEMI JOIN slice_reports USING (report_id) WHERE rowid BETWEEN getvariable('first_row') AND getvariable('last_row');
