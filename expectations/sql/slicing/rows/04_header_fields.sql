SET VARIABLE first_row = first_row_of('header_fields');
SET VARIABLE last_row = last_row_of('header_fields');
CREATE OR REPLACE TABLE slice.active.header_fields AS
FROM core.header_fields SEMI JOIN slice_reports USING (report_id) WHERE rowid BETWEEN getvariable('first_row') AND getvariable('last_row');
