-- Reports whose text is new since its marks were made, in batches; marks of texts that are gone go.
DELETE FROM judge.text_marks
WHERE NOT EXISTS (FROM compared_reports AS r WHERE r.report_id = text_marks.report_id AND r.text_load || ' ' || $method = text_marks.text_version);
CREATE OR REPLACE TEMP TABLE unmarked AS
SELECT report_id, text_load || ' ' || $method AS text_version, list_sort(unsorted_names) AS names,
       report_id IN (SELECT report_id FROM core.paragraphs) AS has_paragraphs,
       (row_number() OVER (ORDER BY text_load, report_id) - 1) // $batch AS batch_no
FROM compared_reports ANTI JOIN judge.text_marks USING (report_id);
