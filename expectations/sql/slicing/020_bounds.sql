-- Between which rows of a table the slice at hand lies. The rows between are read straight from their place in the file;
-- variables are set from these, because a bound that is a constant skips the rest of the table.
CREATE OR REPLACE MACRO staging.first_row_of(name) AS (SELECT first_row FROM staging.slice_rows WHERE table_name = name AND slice_no = getvariable('slice_no'));
CREATE OR REPLACE MACRO staging.last_row_of(name) AS (SELECT last_row FROM staging.slice_rows WHERE table_name = name AND slice_no = getvariable('slice_no'));
