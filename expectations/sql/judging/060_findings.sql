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
  -- What becomes one finding: the rows of one subject, or (group: true) all failing rows of the report. `row` begins with
  -- what its rows are ordered by.
  SELECT t.report_id, t.check_id, t.check_version, t.message_template AS template, CASE WHEN t.grouped THEN 'report' ELSE t.subject_key END AS finding_key,
         {'length': length(t.subject_key), 'subject_key': t.subject_key, 'place': t.place, 'subject': t.subject, 'reported_value': t.reported_value,
          'expected_value': t.expected_value, 'difference': t.difference, 'detail': t.detail, 'evidence': t.evidence, 'location': t.location} AS row,
         -- The gravest first; what rests on an uncertain figure is no graver than a question.
         {'rank': CASE coalesce(t.severity, t.usual_severity) WHEN 'blocker' THEN 1 WHEN 'major' THEN 2 WHEN 'minor' THEN 3 WHEN 'query' THEN 4 ELSE 5 END,
          'severity': coalesce(t.severity, t.usual_severity)} AS stated,
         t.class = 'B' OR u.words IS NOT NULL AS is_question, u.words AS doubt_words
  FROM judged AS t LEFT JOIN uncertain AS u USING (report_id, check_id, subject_key)
), gathered AS (
  SELECT report_id, check_id, check_version, template, finding_key AS subject_key, count(*)::INTEGER AS members, list(row) AS unsorted_rows,
         min(CASE WHEN is_question AND stated.rank < 4 THEN {'rank': CASE WHEN doubt_words IS NULL THEN stated.rank ELSE 4 END, 'severity': 'query'} ELSE stated END).severity AS severity,
         list(doubt_words) FILTER (doubt_words IS NOT NULL) AS doubt_words
  FROM failures
  GROUP BY ALL
), in_order AS (
  SELECT * EXCLUDE (unsorted_rows, doubt_words), list_sort(list_distinct(flatten(doubt_words))) AS doubt_words,
         CASE WHEN members = 1 THEN unsorted_rows ELSE list_sort(unsorted_rows, 'ASC', 'NULLS LAST') END AS rows
  FROM gathered
), all_found AS (
  SELECT g.report_id, r.report_key, r.form_no, g.check_id, g.check_version, g.subject_key, g.severity, g.doubt_words, g.template, g.members,
         listed_subjects(list_transform(rows, lambda r: r.subject)) AS subject,
         several(list_transform(rows, lambda r: r.reported_value)) AS reported_value,
         several(list_transform(rows, lambda r: r.expected_value)) AS expected_value,
         several(list_transform(rows, lambda r: r.difference)) AS difference,
         several_folded(list_transform(rows, lambda r: r.evidence)) AS evidence,
         several_folded(list_transform(rows, lambda r: r.detail)) AS detail,
         list_filter(list_transform(rows, lambda r: r.place), lambda p: p IS NOT NULL) AS places,
         list_filter(list_transform(rows, lambda r: r.location), lambda l: l IS NOT NULL)[1] AS location,
         array_to_string(list_transform(rows, lambda r: concat_ws(chr(31), r.subject_key, r.reported_value, r.expected_value, r.difference)), chr(30)) AS facts
  FROM in_order AS g JOIN sliced_reports AS r USING (report_id)
), namesakes AS (
  -- Two forms with the same key, or two rows with the same subject: told apart by their order in the document.
  SELECT report_id, check_id, subject_key, row_number() OVER (PARTITION BY report_key, check_id, subject_key ORDER BY report_id, subject, facts) AS nth
  FROM all_found
  SEMI JOIN (SELECT report_key, check_id, subject_key FROM all_found GROUP BY ALL HAVING count(*) > 1) AS several USING (report_key, check_id, subject_key)
), worded AS (
  SELECT f.*, n.nth,
         replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(template,
           '{subject}', f.subject), '{reported}', or_blank(reported_value)), '{expected}', or_blank(expected_value)),
           '{difference}', coalesce(difference, '')), '{detail}', coalesce(detail, '')), '{evidence}', left(coalesce(evidence, ''), 200)),
           '{place}', coalesce(places[1], '')), '{count}', members::VARCHAR), '（）', '')
           || CASE WHEN len(doubt_words) > 0
                   THEN '。【识别存疑】所据数字识别把握不大，请先对照原件：' || array_to_string([word.words FOR word IN doubt_words[:3]], '、')
                        || CASE WHEN len(doubt_words) > 3 THEN '等' || len(doubt_words) || '处' ELSE '' END
                   ELSE '' END, '。。【', '。【') AS message
  FROM all_found AS f LEFT JOIN namesakes AS n USING (report_id, check_id, subject_key)
)
-- A cell's text may run over lines; a message is one sentence.
SELECT left(sha256(concat_ws(chr(31), report_key, check_id, subject_key, CASE WHEN nth > 1 THEN nth END)), 16) AS finding_id,
       report_id, check_id, check_version, severity, subject, subject_key,
       CASE WHEN contains(message, chr(10)) THEN regexp_replace(message, '\s*\n\s*', '', 'g') ELSE message END AS message,
       reported_value, expected_value, difference, left(evidence, 4000) AS evidence, places[1] AS place, places, location,
       left(sha256(concat_ws(chr(31), check_version, facts)), 16) AS facts_hash
FROM worded;
