-- Findings of this judging: message from the catalogue's template, a key that survives new runs and resubmissions,
-- and a hash of the facts by which a decision holds. What rests on a figure that was not read with certainty is a question
-- and says so: a misread figure must never be held against a unit.
CREATE OR REPLACE TEMP TABLE found AS
WITH doubts AS (
  SELECT report_id, subject_key, left(subject_key, 1) AS part, trim(text) = '' AS is_blank,
         -- Figures before dashes and blanks, the least certain first.
         {'rank': CASE WHEN regexp_matches(text, '\d') THEN 0 ELSE 1 END, 'confidence': confidence,
          'words': '“' || CASE WHEN trim(text) = '' THEN '未能识别' ELSE left(regexp_replace(text, '\s+', '', 'g'), 20) END || '”（'
            || coalesce(place || '，', '') || '把握 ' || round(confidence, 2) || '）'} AS words
  FROM active.doubts SEMI JOIN sliced_reports USING (report_id) WHERE is_figure
), judged AS (
  -- A row rests on its own figures; budget lines and printed groups on those they are added up from; any other figure
  -- on all, and what is said to be missing on the ink that could not be read.
  SELECT t.*, c.version AS check_version, c.grouped, c.message AS message_template, c.class, c.severity AS usual_severity,
         coalesce(regexp_extract(t.subject_key, '^([RLGH])\w+(\.|$)', 1), '') AS part
  FROM judged_tests AS t
  JOIN staged_catalogue AS c USING (check_id)
  WHERE t.failed AND t.suppressed_by IS NULL AND c.class <> 'C'
), uncertain AS (
  SELECT j.report_id, j.check_id, j.subject_key, list_sort(list(d.words)) AS words
  FROM (SELECT report_id, check_id, subject_key, part, bool_or(regexp_matches(coalesce(reported_value, ''), '\d')) AS is_figure
        FROM judged GROUP BY ALL) AS j
  JOIN doubts AS d ON d.report_id = j.report_id
    AND CASE j.part WHEN 'R' THEN d.subject_key = split_part(j.subject_key, '.', 1) WHEN 'H' THEN d.part = 'H'
                    WHEN 'L' THEN d.part = 'L' WHEN 'G' THEN d.part IN ('G', 'R') ELSE j.is_figure OR d.is_blank END
  WHERE j.check_id NOT LIKE 'EXT-%'
  GROUP BY j.report_id, j.check_id, j.subject_key
), failures AS (
  SELECT t.* EXCLUDE (part, class, usual_severity, message_template), t.message_template AS template, r.report_key, r.form_no,
         u.words AS doubt_words,
         CASE WHEN (t.class = 'B' OR u.words IS NOT NULL) AND coalesce(t.severity, t.usual_severity) NOT IN ('query', 'info') THEN 'query'
              ELSE coalesce(t.severity, t.usual_severity) END AS final_severity,
         CASE coalesce(t.severity, t.usual_severity)
           WHEN 'blocker' THEN 1 WHEN 'major' THEN 2 WHEN 'minor' THEN 3 WHEN 'query' THEN 4 ELSE 5 END AS rank
  FROM judged AS t
  JOIN sliced_reports AS r USING (report_id)
  LEFT JOIN uncertain AS u USING (report_id, check_id, subject_key)
), keyed AS (
  -- What becomes one finding: the rows of one subject, or (group: true) all failing rows of the report.
  SELECT *, CASE WHEN grouped THEN 'report' ELSE subject_key END AS finding_key,
         row_number() OVER (PARTITION BY report_id, check_id ORDER BY length(subject_key), subject_key, place,
                            subject, reported_value, expected_value, difference, detail, evidence, location) AS position
  FROM failures
), all_found AS (
  SELECT report_id, report_key, form_no, check_id, check_version, finding_key AS subject_key,
         arg_min(final_severity, CASE WHEN doubt_words IS NULL THEN rank ELSE greatest(rank, 4) END) AS severity,
         list_sort(list_distinct(flatten(list(doubt_words) FILTER (doubt_words IS NOT NULL)))) AS doubt_words, any_value(template) AS template, count(*)::INTEGER AS members,
         array_to_string(list(DISTINCT subject ORDER BY subject)[:8], '、')
           || CASE WHEN count(DISTINCT subject) > 8 THEN '等' || count(DISTINCT subject) || '项' ELSE '' END AS subject,
         several(list(reported_value ORDER BY position)) AS reported_value,
         several(list(expected_value ORDER BY position)) AS expected_value,
         several(list(difference ORDER BY position)) AS difference,
         several(list(evidence ORDER BY position)) AS evidence,
         several_folded(list(detail ORDER BY position)) AS detail,
         arg_min(place, position) AS place,
         coalesce(list(place ORDER BY position) FILTER (place IS NOT NULL), []) AS places,
         arg_min(location, position) AS location,
         string_agg(concat_ws(chr(31), subject_key, reported_value, expected_value, difference), chr(30) ORDER BY position) AS facts
  FROM keyed
  GROUP BY report_id, report_key, form_no, check_id, check_version, finding_key
), numbered AS (
  -- Two forms with the same key, or two rows with the same subject: told apart by their order in the document.
  SELECT *, row_number() OVER (PARTITION BY report_key, check_id, subject_key ORDER BY report_id, subject, facts) AS nth
  FROM all_found
)
-- A cell's text may run over lines; a message is one sentence.
SELECT left(sha256(concat_ws(chr(31), report_key, check_id, subject_key, CASE WHEN nth > 1 THEN nth END)), 16) AS finding_id,
       report_id, check_id, check_version, severity, subject, subject_key,
       regexp_replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(template,
         '{subject}', subject), '{reported}', or_blank(reported_value)), '{expected}', or_blank(expected_value)),
         '{difference}', coalesce(difference, '')), '{detail}', coalesce(detail, '')), '{evidence}', left(coalesce(evidence, ''), 200)),
         '{place}', coalesce(place, '')), '{count}', members::VARCHAR), '（）', '')
         || CASE WHEN len(doubt_words) > 0
                 THEN '。【识别存疑】所据数字识别把握不大，请先对照原件：' || array_to_string([word.words FOR word IN doubt_words[:3]], '、')
                      || CASE WHEN len(doubt_words) > 3 THEN '等' || len(doubt_words) || '处' ELSE '' END
                 ELSE '' END, '。。【', '。【'), '\s*\n\s*', '', 'g') AS message,
       reported_value, expected_value, difference, left(evidence, 4000) AS evidence, place, places, location,
       left(sha256(concat_ws(chr(31), check_version, facts)), 16) AS facts_hash
FROM numbered;
