-- Reports whose text is new since its marks were made; marks of texts that are gone go.
DELETE FROM judge.text_marks
WHERE NOT EXISTS (FROM compared_reports AS r WHERE r.report_id = text_marks.report_id AND r.text_load || ' ' || $method = text_marks.text_version);
CREATE OR REPLACE TEMP TABLE unmarked AS
SELECT report_id, text_load || ' ' || $method AS text_version, list_sort(unsorted_names) AS names,
       report_id IN (SELECT report_id FROM core.paragraphs) AS has_paragraphs
FROM compared_reports ANTI JOIN judge.text_marks USING (report_id);
-- Where there is no text there is nothing to mark; the others in batches.
CREATE OR REPLACE TEMP TABLE unmarked_texts AS
SELECT *, (row_number() OVER (ORDER BY text_version, report_id) - 1) // $batch AS batch_no
FROM unmarked
WHERE has_paragraphs OR report_id IN (SELECT report_id FROM core.sections)
   OR report_id IN (SELECT report_id FROM core.header_fields WHERE field IN ('goal_target', 'goal_actual', 'reasons', 'measures') AND length(text) >= 40);
INSERT INTO judge.text_marks BY NAME
SELECT report_id, text_version, ''::BLOB AS marks FROM unmarked ANTI JOIN unmarked_texts USING (report_id) ORDER BY report_id;
