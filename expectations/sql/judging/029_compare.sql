-- The comparisons of the check at hand, evaluated once. check_rows is a view of the check's own SELECT.
CREATE OR REPLACE TEMP TABLE compared_rows AS SELECT * FROM check_rows WHERE failed IS NOT NULL
