-- The comparisons of the check at hand, evaluated once with all their words. rows_of_check is the relation of the check's
-- own SELECT; where `failed` is NULL nothing was compared, which is looked at afterwards: as a condition around the SELECT
-- it would be evaluated twice.
CREATE OR REPLACE TEMP TABLE compared_rows AS SELECT * FROM rows_of_check;
CREATE OR REPLACE TEMP TABLE counted_rows AS
SELECT report_id, count(failed) AS tested, count(*) FILTER (failed) AS failed FROM compared_rows GROUP BY report_id HAVING count(failed) > 0;
