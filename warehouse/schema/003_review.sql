-- What the marts and the review need beside core and judge: the judged year, the roster's matches, both sides
-- of a supersession.

-- One row: what is judged and reported. fiscal_year NULL: every year.
CREATE TABLE judge.scope (fiscal_year INTEGER, as_of DATE NOT NULL);
INSERT INTO judge.scope VALUES (NULL, current_date);

-- Which unit of the roster a report, or a file without reports, belongs to. Written by warehouse.roster.
CREATE TABLE raw.unit_matches (
  submission_id    VARCHAR NOT NULL,
  report_id        VARCHAR,              -- NULL: a file that gave no report
  unit_name        VARCHAR,              -- as the report has it
  roster_unit_name VARCHAR NOT NULL,
  roster_region    VARCHAR,
  how              VARCHAR NOT NULL,     -- code, exact, alias, normalised, fuzzy, file_name
  score            DOUBLE NOT NULL       -- 0 to 1
);

ALTER TABLE core.reports ADD COLUMN supersedes VARCHAR[];      -- report_ids of the older versions
ALTER TABLE raw.submissions ADD COLUMN supersedes VARCHAR[];   -- submission_ids all of whose reports are older versions
