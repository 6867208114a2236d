-- What now stands in force, one row a table and year.
DELETE FROM raw.handed_in WHERE (kind, fiscal_year) IN (SELECT (kind, fiscal_year) FROM incoming_handed_in);
INSERT INTO raw.handed_in BY NAME FROM incoming_handed_in;
