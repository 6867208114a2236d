SET VARIABLE first_row = first_row_of('statements');
SET VARIABLE last_row = last_row_of('statements');
CREATE OR REPLACE TABLE slice.active.statements AS
FROM core.statements SEMI JOIN slice_reports USING (report_id) WHERE rowid BETWEEN getvariable('first_row') AND getvariable('last_row');
