-- Where one judging collects its answers before anything is written: temporary, so that a check that cannot run
-- costs itself only, and the tables people read change in one transaction. Beyond the memory allowed they lie on disk.
CREATE OR REPLACE TEMP TABLE staged_tests AS SELECT 0::BIGINT AS slice_no, * FROM judge.tests LIMIT 0;
CREATE OR REPLACE TEMP TABLE staged_counts (slice_no BIGINT, report_id VARCHAR, check_id VARCHAR, tested BIGINT, failed BIGINT);
CREATE OR REPLACE TEMP TABLE staged_broken (check_id VARCHAR, reason VARCHAR);
CREATE OR REPLACE TEMP TABLE missing_inputs (need VARCHAR, reason VARCHAR);
CREATE OR REPLACE TEMP TABLE staged_catalogue AS SELECT * FROM judge.check_catalogue LIMIT 0;
CREATE OR REPLACE TEMP TABLE this_judging (run_id VARCHAR, as_of DATE, fiscal_year INTEGER);
-- What runs before this one left in the file; the name is a relation's now.
DROP VIEW IF EXISTS main.check_rows;
