-- The comparisons that failed, with their words.
CREATE OR REPLACE TEMP TABLE compared_rows AS SELECT * FROM rows_of_check WHERE failed;
