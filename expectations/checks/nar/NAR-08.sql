/*
id: NAR-08
version: 1
class: A
severity: major
needs: [report]
title: 目标完成情况不是照抄预期目标
title_en: The account of results is not copied from the objective
basis: 财预〔2020〕10号：年度总体目标的实际完成情况应写明完成的事实，与预期目标对照
message: "{subject}照抄了预期目标（{reported}），没有写明实际完成的情况"
not_applicable: 没有同时填写预期目标和实际完成情况
suppressed_by: []
group: false
*/
WITH goals AS (
  SELECT report_id, string_agg(text, '' ORDER BY location, text) FILTER (field = 'goal_target') AS target,
         string_agg(text, '' ORDER BY location, text) FILTER (field = 'goal_actual') AS actual,
         min(place) FILTER (field = 'goal_actual') AS place, min(location) FILTER (field = 'goal_actual') AS location
  FROM active.header_fields WHERE field IN ('goal_target', 'goal_actual') GROUP BY report_id
), plain_goals AS (
  SELECT *, regexp_replace(target, '[\s　。，,；;、：:“”"（）()]', '', 'g') AS target_plain, regexp_replace(actual, '[\s　。，,；;、：:“”"（）()]', '', 'g') AS actual_plain
  FROM goals
), long_rows AS (
  -- The same in single rows: a long text repeated word for word.
  SELECT report_id, row_no, name, target_text, actual_text, places, locations, place, location,
         regexp_replace(target_text, '[\s　。，,；;、：:“”"（）()]', '', 'g') AS target_plain, regexp_replace(actual_text, '[\s　。，,；;、：:“”"（）()]', '', 'g') AS actual_plain
  FROM active.indicators
  WHERE row_kind = 'indicator' AND NOT is_placeholder AND length(target_text) >= 30 AND length(actual_text) >= 30
    AND NOT (target_kind = 'qualitative' AND actual_kind = 'qualitative')
)
SELECT report_id, 'goals' AS subject_key, '年度总体目标的实际完成情况' AS subject,
       target_plain = actual_plain
         OR (regexp_replace(target_plain, '\D', '', 'g') = regexp_replace(actual_plain, '\D', '', 'g')
             AND length(target_plain) BETWEEN 20 AND 2000 AND abs(length(target_plain) - length(actual_plain)) * 20 <= length(target_plain)
             -- Of the stretches of ten characters one is lost with an edit at the most: where more are lost, counting is spared.
             AND CASE WHEN len(list_filter(range(length(target_plain) // 10), lambda n: contains(actual_plain, substr(target_plain, 10 * n + 1, 10)))) < length(target_plain) // 10 - length(target_plain) // 20
                      THEN FALSE ELSE levenshtein(target_plain, actual_plain) * 20 <= length(target_plain) END) AS failed,
       length(actual_plain) || '字' AS reported_value, '实际完成的情况' AS expected_value,
       NULL AS difference, left(actual, 300) AS evidence, place, location
FROM plain_goals WHERE length(target_plain) >= 8 AND length(actual_plain) >= 8
UNION ALL BY NAME
SELECT report_id, 'R' || row_no AS subject_key, name || '的实际完成值' AS subject, target_plain = actual_plain AS failed,
       length(actual_plain) || '字' AS reported_value, '实际完成的情况' AS expected_value, NULL AS difference, left(actual_text, 300) AS evidence,
       coalesce(places.actual, place) AS place, coalesce(locations.actual, location) AS location
FROM long_rows
