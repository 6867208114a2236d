/*
id: SAT-01
version: 2
class: A
severity: major
needs: [report]
title: 满意度有调查依据（对象、样本量、时间）
title_en: Satisfaction rests on a stated survey
basis: 自评审核要点：满意度应说明调查对象、样本量、回收数和调查时间，并附佐证材料
message: "满意度 {reported}：{detail}"
not_applicable: 没有填报满意度，或只有表格没有文字报告
suppressed_by: [CMP-03, SAT-02]
group: false
*/
WITH satisfied AS (
  SELECT report_id, joined(list({'k': row_no, 'x': name || ' ' || coalesce(nullif(regexp_extract(actual_text, '\d+(?:\.\d+)?\s*[%％]'), ''), nullif(left(actual_text, 20), ''), '得分 ' || plain(reported_score))}), '、') AS rows_there,
         joined(list({'k': row_no, 'x': actual_text || variance_reason}), '。') AS row_texts,
         min_by(coalesce(places.actual, place), row_no) AS place, min_by(coalesce(locations.actual, location), row_no) AS location
  FROM active.indicators
  WHERE (dimension = 'satisfaction' OR level1_code = 'satisfaction') AND NOT is_placeholder AND row_kind IN ('indicator', 'category')
    AND (is_filled(actual_text) OR reported_score > 0)
    -- No complaints as proof of satisfaction is SAT-03's.
    AND NOT regexp_matches(actual_text, '投诉')
  GROUP BY report_id
), sentences AS (
  SELECT report_id, unnest(list_concat([''], list_filter(string_split(full_stop_for('！', full_stop_for(chr(10), body)), '。'),
                                                         lambda t: regexp_matches(t, '问卷|满意度|满意率|满意的?占|测评|抽样|访谈|回访')))) AS sentence
  FROM (SELECT r.report_id, concat_ws('。', r.narrative_text, s.row_texts) AS body
        FROM satisfied AS s JOIN active.reports AS r USING (report_id)
        -- A form alone has no room for the survey: the evidence then stands elsewhere.
        WHERE length(trim(r.narrative_text)) >= 100)
), told_of AS (
  -- Sentences with counted questionnaires first: they are what a reviewer looks for.
  SELECT report_id, list_sort(list_distinct(list(rank || trim(sentence)) FILTER (sentence <> ''))) AS ranked
  FROM (SELECT *, CASE WHEN regexp_matches(sentence, '\d\s*余?\s*(份|张)|(发放|发出|收回|回收|有效问卷|抽取|走访|访问)[^。]{0,16}\d') THEN 'a'
                       WHEN regexp_matches(sentence, '满意(度|率)[^，。]{0,6}\d') THEN 'b' ELSE 'c' END AS rank FROM sentences)
  GROUP BY report_id
), surveys AS (
  SELECT report_id, s.rows_there, s.place, s.location, coalesce(array_to_string(list_transform(t.ranked, lambda x: substr(x, 2)), '。'), '') AS told
  FROM told_of AS t JOIN satisfied AS s USING (report_id)
), basis_of AS (
  SELECT *,
         regexp_extract(told, '(发放|发出|收回|回收|有效|调查|抽取|抽查|访问|走访|访谈|样本|测评|问卷|参与)[^0-9。]{0,14}?(\d+)\s*余?\s*(份|人|名|户|张|分|个|家|条|位)', 2) AS sample,
         regexp_extract(told, '((20\d\d年)?\d{1,2}月(\d{1,2}日)?|第[一二三四]季度|[上下]半年|年底|年末|年终)', 1) AS survey_time
  FROM surveys
)
SELECT report_id, 'report-survey' AS subject_key, '满意度调查' AS subject, sample = '' OR survey_time = '' AS failed,
       CASE WHEN sample <> '' THEN 'minor' END AS severity,
       left(rows_there, 120) AS reported_value, '对象、样本量、时间' AS expected_value, NULL AS difference,
       coalesce(nullif(left(told, 400), ''), '全文没有满意度调查的说明') AS evidence, place, location,
       CASE WHEN sample = '' THEN '没有说明调查的样本量、回收数和时间，依据不足'
            WHEN survey_time = '' THEN '写明了样本（' || sample || '），没有写明调查时间' ELSE '样本 ' || sample || '，' || survey_time END AS detail
FROM basis_of
