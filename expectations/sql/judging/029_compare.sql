-- The comparisons of the check at hand, evaluated once. rows_of_check is the relation of the check's own SELECT.
CREATE OR REPLACE TEMP TABLE compared_rows AS SELECT * FROM rows_of_check WHERE failed IS NOT NULL
