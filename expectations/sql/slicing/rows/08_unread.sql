SET VARIABLE first_row = first_row_of('unread');
SET VARIABLE last_row = last_row_of('unread');
CREATE OR REPLACE TABLE slice.active.unread AS
FROM core.unread SEMI JOIN slice_reports USING (report_id) WHERE rowid BETWEEN getvariable('first_row') AND getvariable('last_row');
