/*
id: VAL-03
version: 2
class: A
severity: query
needs: [report]
title: 目标值、完成值明确，不是区间或约数
title_en: Target and actual are no ranges or approximations
basis: 自评审核要点：指标值应明确、可比较；区间值、约数使得分不唯一
message: "{count}项指标的值是区间或约数，得分不唯一，请说明按何值计分：{detail}"
not_applicable: 没有定量指标
suppressed_by: [CMP-03]
group: true
*/
SELECT report_id, 'R' || row_no AS subject_key, name AS subject,
       target_vague OR actual_vague AS failed,
       CASE WHEN actual_vague THEN actual_text ELSE target_text END AS reported_value, '单一数值' AS expected_value, NULL AS difference,
       concat_ws(' | ', name, target_text, actual_text) AS evidence,
       coalesce(CASE WHEN target_vague THEN places.target ELSE places.actual END, place) AS place,
       coalesce(CASE WHEN target_vague THEN locations.target ELSE locations.actual END, location) AS location,
       name || '（' || concat_ws('，', CASE WHEN target_vague THEN '目标值 ' || target_text END, CASE WHEN actual_vague THEN '完成值 ' || actual_text END) || '）' AS detail
FROM (
  SELECT *, target_kind = 'range' OR coalesce(comparator = 'APPROX', FALSE) OR regexp_matches(target_text, '\d\s*[百千万亿]?(余|多)[\x{4e00}-\x{9fff}]') AS target_vague,
         actual_kind = 'range' OR coalesce(actual_comparator = 'APPROX', FALSE) OR regexp_matches(actual_text, '^\s*\d[\d,.]*\s*[百千万亿]?(余|多)[\x{4e00}-\x{9fff}]') AS actual_vague
  FROM active.indicators
  WHERE row_kind = 'indicator' AND source = 'form' AND NOT is_placeholder
    AND (target_kind IN ('number', 'range', 'ratio', 'duration') OR actual_kind IN ('number', 'range', 'ratio', 'duration'))
)
