SET VARIABLE first_row = first_row_of('sections');
SET VARIABLE last_row = last_row_of('sections');
CREATE OR REPLACE TABLE slice.active.sections AS
FROM core.sections SEMI JOIN slice_reports USING (report_id) WHERE rowid BETWEEN getvariable('first_row') AND getvariable('last_row');
