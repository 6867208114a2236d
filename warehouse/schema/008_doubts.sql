-- Cells of a form whose characters are not certain (recognised from an image, or printed across a border): what a
-- finding that rests on them must say. subject_key as in checks: R5 an indicator row, L1 a budget line, G3 a printed
-- group, H a field of the head.
CREATE TABLE core.doubts (
  report_id   VARCHAR NOT NULL,
  subject_key VARCHAR NOT NULL,
  field       VARCHAR NOT NULL,   -- target, actual, max_score, initial_budget ...
  text        VARCHAR NOT NULL,   -- as read; blank where there is ink that could not be read
  confidence  DOUBLE NOT NULL,
  is_figure   BOOLEAN NOT NULL,   -- a column of figures, or digits in the text
  place       VARCHAR,
  location    VARCHAR
);
