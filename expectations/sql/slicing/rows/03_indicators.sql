SET VARIABLE first_row = first_row_of('indicators');
SET VARIABLE last_row = last_row_of('indicators');
CREATE OR REPLACE TABLE slice.active.indicators AS
FROM core.indicators SEMI JOIN slice_reports USING (report_id) WHERE rowid BETWEEN getvariable('first_row') AND getvariable('last_row');
