/*
id: IND-07
version: 1
class: A
severity: major
needs: [report]
title: 同一指标或同一事实没有重复计分
title_en: No indicator and no fact is scored twice
basis: 自评审核要点：同一指标不得重复设置，同一完成事实不得重复计分
message: "「{subject}」{detail}"
not_applicable: 指标少于两项
suppressed_by: []
group: false
*/
WITH named AS (
  SELECT report_id, row_no, name, level2, target_text, actual_text, actual_value, actual_unit, actual_dimension, max_score, place, location,
         regexp_replace(regexp_replace(name, '指标\s*\d+\s*[:：]|[（(][^（）()]*[）)]', '', 'g'), '[\s　“”"‘’《》、，,.。:：★*]', '', 'g') AS plain_name
  FROM active.indicators
  WHERE row_kind = 'indicator' AND NOT is_placeholder AND name <> '' AND (NOT contains(name, '其中') OR NOT regexp_matches(name, '^\s*（?其中'))
), stems AS (
  SELECT *,
         regexp_replace(plain_name, '(完成数量|数量|个数|任务数|总数|面积|数)$', '') AS count_stem,
         regexp_replace(plain_name, '(完成率|覆盖率|占比|比例|比率)$', '') AS rate_stem
  FROM named WHERE length(plain_name) >= 3
), same_name AS (
  SELECT b.report_id, a.row_no AS first_no, b.row_no, 1 AS how
  FROM stems AS a JOIN stems AS b ON a.report_id = b.report_id AND a.plain_name = b.plain_name AND a.row_no < b.row_no
  -- Equal names below different parents may be different things: then target or actual differ.
  WHERE a.target_text = b.target_text OR (a.actual_text <> '' AND a.actual_text = b.actual_text)
), same_fact AS (
  SELECT b.report_id, a.row_no AS first_no, b.row_no, 2 AS how
  FROM stems AS a
  JOIN stems AS b ON a.report_id = b.report_id AND a.actual_value = b.actual_value AND a.actual_unit IS NOT DISTINCT FROM b.actual_unit AND a.row_no < b.row_no
  WHERE a.plain_name <> b.plain_name AND least(length(a.plain_name), length(b.plain_name)) >= 6
    AND (contains(a.plain_name, b.plain_name) OR contains(b.plain_name, a.plain_name))
    AND a.actual_value <> 0 AND NOT (a.actual_dimension IS NOT NULL AND a.actual_dimension = 'percent' AND a.actual_value = 1)
), number_and_rate AS (
  SELECT a.report_id, a.row_no AS first_no, b.row_no, 3 AS how
  FROM stems AS a JOIN stems AS b ON a.report_id = b.report_id AND a.count_stem = b.rate_stem
  WHERE a.count_stem <> a.plain_name AND b.rate_stem <> b.plain_name AND length(a.count_stem) >= 4
), pairs AS (
  SELECT report_id, row_no, min(first_no) AS first_no, min(how) AS how
  FROM (FROM same_name UNION ALL FROM same_fact UNION ALL FROM number_and_rate) GROUP BY report_id, row_no
), firsts AS (
  SELECT p.report_id, p.row_no AS later_no, p.how, f.row_no, f.name, f.level2, f.actual_text, f.place
  FROM pairs AS p JOIN active.indicators AS f ON f.report_id = p.report_id AND f.row_no = p.first_no
)
SELECT s.report_id, 'R' || s.row_no AS subject_key, s.name AS subject, f.row_no IS NOT NULL AS failed,
       CASE WHEN f.how = 3 THEN 'query' END AS severity,
       s.name || ' ' || or_blank(s.actual_text) AS reported_value, '不与第' || f.row_no || '项指标「' || f.name || '」重复' AS expected_value, NULL AS difference,
       concat_ws(' / ', f.level2 || '：' || f.name || ' ' || or_blank(f.actual_text), s.level2 || '：' || s.name || ' ' || or_blank(s.actual_text)) AS evidence,
       concat_ws('、', f.place, s.place) AS place, s.location,
       '与第' || f.row_no || '项指标「' || f.name || '」'
         || CASE f.how WHEN 1 THEN '重复设置：名称和指标值相同' WHEN 2 THEN '完成值均为 ' || s.actual_text || '，同一事实计分两次'
                       WHEN 3 THEN '是同一事实的数量和比率，请说明是否重复计分' ELSE '' END AS detail
FROM stems AS s
LEFT JOIN firsts AS f ON f.report_id = s.report_id AND f.later_no = s.row_no
