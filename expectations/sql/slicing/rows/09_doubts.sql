SET VARIABLE first_row = first_row_of('doubts');
SET VARIABLE last_row = last_row_of('doubts');
CREATE OR REPLACE TABLE slice.active.doubts AS
FROM core.doubts SEMI JOIN slice_reports USING (report_id) WHERE rowid BETWEEN getvariable('first_row') AND getvariable('last_row');
