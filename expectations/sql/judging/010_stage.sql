-- Where one judging collects its answers before anything is written: beside the warehouse, so that a check that cannot run
-- costs itself only, and what people read of a report changes at once. Beyond the memory allowed they lie on disk.
-- Counts name reports (slice_plan) and checks by number: there are a hundred for every report.
CREATE OR REPLACE TABLE staging.staged_tests AS SELECT 0::BIGINT AS slice_no, * FROM judge.tests LIMIT 0;
CREATE OR REPLACE TABLE staging.staged_counts (slice_no BIGINT, report_no INTEGER, check_no INTEGER, tested INTEGER, failed INTEGER);
CREATE OR REPLACE TABLE staging.staged_broken (check_id VARCHAR, reason VARCHAR);
CREATE OR REPLACE TABLE staging.missing_inputs (need VARCHAR, reason VARCHAR);
CREATE OR REPLACE TABLE staging.staged_catalogue AS SELECT 0 AS check_no, * FROM judge.check_catalogue LIMIT 0;
CREATE OR REPLACE TABLE staging.this_judging (run_id VARCHAR, as_of DATE, fiscal_year INTEGER);
-- What runs before this one left in the file; the name is a relation's now.
DROP VIEW IF EXISTS main.check_rows;
