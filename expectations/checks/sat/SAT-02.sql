/*
id: SAT-02
version: 2
class: A
severity: major
needs: [report]
title: 满意度指标有数值
title_en: The satisfaction value is there
basis: 财预〔2020〕10号：满意度指标为自评必填指标；没有满意度数据的不得计分
message: "{subject}：没有填写满意度数值{detail}"
not_applicable: 没有设满意度指标
suppressed_by: []
group: false
*/
WITH reported AS (
  -- A form with no actual at all is CMP-03's one finding, unless the narrative has the figure that the form lacks.
  SELECT DISTINCT report_id FROM active.indicators WHERE NOT is_placeholder AND (is_filled(actual_text) OR source = 'narrative')
), told AS (
  SELECT report_id, string_agg(DISTINCT printed, '、' ORDER BY printed) FILTER (role NOT IN ('target', 'copy_target')) AS figures,
         arg_min(text, statement_no) FILTER (role NOT IN ('target', 'copy_target')) AS sentence,
         arg_min(place, statement_no) FILTER (role NOT IN ('target', 'copy_target')) AS place,
         arg_min(location, statement_no) FILTER (role NOT IN ('target', 'copy_target')) AS location
  FROM active.statements
  -- What the goals say is what was to be reached.
  WHERE section IS DISTINCT FROM 'goals' AND quantity = 'rate' AND regexp_matches(subject || left(text, 30), '满意') AND regexp_matches(subject, '满意|^$')
  GROUP BY report_id
), satisfied AS (
  SELECT *, count(*) FILTER (row_kind = 'indicator') OVER (PARTITION BY report_id) AS rows_there,
         bool_or(is_filled(actual_text)) OVER (PARTITION BY report_id) AS any_filled
  FROM active.indicators
  WHERE (dimension = 'satisfaction' OR level1_code = 'satisfaction') AND NOT is_placeholder AND name <> '' AND row_kind IN ('indicator', 'category')
    AND NOT regexp_matches(name, '^\s*(注|备注|说明|填表说明|填报说明)')
)
SELECT s.report_id, 'R' || s.row_no AS subject_key, s.name AS subject,
       CASE WHEN s.row_kind = 'category' THEN NOT regexp_matches(s.actual_text, '\d') AND t.figures IS NULL
            ELSE NOT is_filled(s.actual_text) AND (s.source = 'form' OR t.figures IS NULL) END AS failed,
       or_blank(s.actual_text) AS reported_value, coalesce(t.figures || '（正文）', '满意度数值') AS expected_value, NULL AS difference,
       coalesce(t.sentence, concat_ws(' | ', s.level2, s.name, or_blank(s.target_text), or_blank(left(s.actual_text, 200)))) AS evidence,
       coalesce(s.places.actual, s.place) AS place, coalesce(s.locations.actual, s.location) AS location,
       CASE WHEN t.figures IS NOT NULL THEN '。正文（' || t.place || '）写有 ' || t.figures || '，表中未填，请核实后填写'
            WHEN s.reported_score > 0 THEN '，却计了 ' || plain(s.reported_score) || ' 分' ELSE '' END AS detail
FROM satisfied AS s LEFT JOIN told AS t USING (report_id)
WHERE (s.row_kind = 'indicator' OR s.rows_there = 0)
  -- A spare line below a filled one has neither target nor actual.
  AND (t.figures IS NOT NULL OR s.report_id IN (SELECT report_id FROM reported))
  AND NOT (s.any_filled AND NOT is_filled(s.target_text) AND NOT is_filled(s.actual_text))
