/*
id: IND-10
version: 1
class: B
severity: query
needs: [report]
title: 相关指标的目标值不互相矛盾
title_en: Targets do not contradict each other
basis: 自评审核要点：数量目标与比率目标应按同一口径换算一致
message: "{subject}：数量目标 {reported} 按总数 {detail} {difference}，与比率目标 {expected} 不一致，请核实"
not_applicable: 没有可互相换算的数量与比率指标
suppressed_by: []
group: false
*/
WITH shares AS (
  -- 348 of 751 is 46 %: numerator and rate are actuals of two indicators, the denominator ties their targets.
  SELECT report_id, stated, terms[1] AS part, terms[2] AS whole, unit, text, place, location
  FROM active.relations WHERE kind = 'ratio' AND len(terms) = 2 AND terms[2] > 0 AND terms[1] <> terms[2]
), pairs AS (
  SELECT s.*, n.name AS number_name, n.target_value AS number_target, n.target_text AS number_text, n.target_step,
         p.name AS rate_name, p.target_value AS rate_target, p.target_text AS rate_text, p.target_step AS rate_step, p.row_no, n.row_no AS number_row,
         exact_ratio(n.target_value, s.whole) AS implied
  FROM shares AS s
  JOIN active.indicators AS n ON n.report_id = s.report_id AND n.actual_value = s.part AND n.target_kind = 'number' AND coalesce(n.target_dimension, '') <> 'percent'
  JOIN active.indicators AS p ON p.report_id = s.report_id AND p.actual_value = s.stated AND p.target_dimension = 'percent' AND p.target_value IS NOT NULL
  WHERE left(regexp_replace(n.name, '[“”"\s]', '', 'g'), 2) = left(regexp_replace(p.name, '[“”"\s]', '', 'g'), 2)
)
SELECT report_id, 'R' || row_no || '.target' AS subject_key, number_name || ' 与 ' || rate_name AS subject,
       NOT coalesce(within_half_step(implied, rate_target, coalesce(rate_step, 0.01)), FALSE) AS failed,
       number_text AS reported_value, rate_text AS expected_value, '折算为 ' || percent(implied, 2) AS difference, text AS evidence, place, location,
       plain(whole) AS detail
FROM pairs
QUALIFY row_number() OVER (PARTITION BY report_id, row_no ORDER BY number_row, place, location, text, whole) = 1
