SET VARIABLE first_row = first_row_of('relations');
SET VARIABLE last_row = last_row_of('relations');
CREATE OR REPLACE TABLE slice.active.relations AS
FROM core.relations SEMI JOIN slice_reports USING (report_id) WHERE rowid BETWEEN getvariable('first_row') AND getvariable('last_row');
