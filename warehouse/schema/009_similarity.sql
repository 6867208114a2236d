-- The narrative paragraph by paragraph, and what it shares with other reports: other units' of any year, and the same
-- unit's of the year before. Written by expectations.similarity at every judging.
CREATE TABLE core.paragraphs (
  report_id VARCHAR NOT NULL, paragraph_no INTEGER NOT NULL,
  section_no INTEGER NOT NULL,           -- core.sections; 0 above the first heading
  is_heading BOOLEAN NOT NULL,
  text VARCHAR NOT NULL, place VARCHAR, location VARCHAR
);

-- A sample of each narrative's shingles: made once for a text, so that a later run compares without reading it again.
CREATE TABLE judge.text_marks (
  report_id VARCHAR NOT NULL,
  text_version VARCHAR NOT NULL,         -- the load that brought the text, and the way marks are made
  marks BLOB NOT NULL                    -- ascending unsigned 32-bit integers
);

-- One row for each ordered pair of similar reports; figures are exact, not estimated. Characters are those compared: no
-- headings, punctuation, unit names, no sentence that many units share.
CREATE TABLE judge.similar_texts (
  report_id VARCHAR NOT NULL, other_report_id VARCHAR NOT NULL,
  relation VARCHAR NOT NULL,             -- other_unit, last_year
  characters INTEGER NOT NULL, shared_characters INTEGER NOT NULL,
  share DECIMAL(9,6) NOT NULL,           -- shared_characters / characters, fraction
  resemblance DECIMAL(9,6) NOT NULL,     -- Jaccard of both texts' shingles, fraction
  sentences INTEGER NOT NULL, shared_sentences INTEGER NOT NULL,
  same_figures INTEGER NOT NULL,         -- shared sentences whose figures (years aside) agree, too
  own_words INTEGER NOT NULL,            -- shared characters in chapters on the unit's own work, not on performance management
  names_other_unit BOOLEAN NOT NULL,     -- the text names the other unit, and not the reverse
  passages STRUCT(text VARCHAR, place VARCHAR, location VARCHAR, other_text VARCHAR, other_place VARCHAR, other_location VARCHAR, similarity DECIMAL(9,6), same_figures BOOLEAN)[]
);

-- The same by chapter of the report.
CREATE TABLE judge.similar_sections (
  report_id VARCHAR NOT NULL, other_report_id VARCHAR NOT NULL, relation VARCHAR NOT NULL, section_no INTEGER NOT NULL,
  characters INTEGER NOT NULL, shared_characters INTEGER NOT NULL,
  updated_characters INTEGER NOT NULL,   -- of the shared ones: sentences of figures, all of them brought up to date
  text VARCHAR NOT NULL, place VARCHAR, location VARCHAR, other_place VARCHAR
);
