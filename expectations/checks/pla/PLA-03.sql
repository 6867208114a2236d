/*
id: PLA-03
version: 1
class: A
severity: query
needs: [report]
title: 完成值不是逐项等于目标值
title_en: Actuals do not all equal their targets
basis: 自评审核要点：完成值与目标值逐项完全相等的，应核实是否按目标值倒填
message: "已完成的 {expected} 项定量指标中，{reported} 项完成值与目标值完全相等，请核实完成值来源：{detail}"
not_applicable: 已完成的定量指标（100% 的比率除外）少于5项
suppressed_by: []
group: false
*/
WITH numeric_rows AS (
  SELECT report_id, row_no, name, actual_text, coalesce(places.actual, place) AS place, coalesce(locations.actual, location) AS location,
         TRY(target_value * coalesce(target_base, 1)) AS target_amount, TRY(actual_value * coalesce(actual_base, 1)) AS actual_amount, direction, comparator
  FROM active.indicators
  WHERE row_kind = 'indicator' AND NOT is_placeholder AND target_kind = 'number' AND actual_kind = 'number'
    -- 100 % of 100 % cannot be anything else; zero of zero neither.
    AND NOT (target_value = 1 AND coalesce(target_dimension, '') = 'percent') AND target_value <> 0
), all_met AS (
  SELECT * FROM numeric_rows
  WHERE CASE WHEN direction = 'down' OR coalesce(comparator, 'EQ') IN ('LE', 'LT') THEN actual_amount <= target_amount ELSE actual_amount >= target_amount END
), facts AS (
  -- One fact entered twice (IND-07) is one comparison.
  SELECT report_id, min(row_no) AS row_no FROM all_met GROUP BY report_id, left(regexp_replace(name, '[\s“”"（）()]', '', 'g'), 6), target_amount
), met AS (
  SELECT report_id, count(*) AS met, count(*) FILTER (actual_amount = target_amount) AS equal, list_transform(list_sort(list({'row_no': row_no, 'words': name || ' ' || actual_text})), lambda x: x.words) AS words,
         min_by(place, row_no) AS place, min_by(location, row_no) AS location
  FROM all_met SEMI JOIN facts USING (report_id, row_no)
  GROUP BY report_id HAVING count(*) >= 5
)
SELECT report_id, 'report-equal' AS subject_key, '完成值与目标值' AS subject, met = equal AS failed,
       equal::VARCHAR AS reported_value, met::VARCHAR AS expected_value, NULL AS difference,
       array_to_string(words, '；') AS evidence, place, location, array_to_string(words[:8], '、') AS detail
FROM met
