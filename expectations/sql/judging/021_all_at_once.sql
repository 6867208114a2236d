-- The comparisons of the check at hand, evaluated once with all their words. rows_of_check is the relation of the check's
-- own SELECT.
CREATE OR REPLACE TEMP TABLE compared_rows AS SELECT * FROM rows_of_check WHERE failed IS NOT NULL;
CREATE OR REPLACE TEMP TABLE counted_rows AS
SELECT report_id, count(*) AS tested, count(*) FILTER (failed) AS failed FROM compared_rows GROUP BY report_id;
