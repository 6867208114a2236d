/*
id: VAL-01
version: 3
class: A
severity: major
needs: [report]
title: 目标值与实际完成值数量级一致
title_en: Target and actual are of the same magnitude
basis: 自评审核要点：目标值与完成值口径、计量单位一致；比值超出 0.001 至 1000 的按数量级差错核实
message: "{subject}：目标值“{expected}”与实际完成值“{reported}”数量级不一致，相差{difference}。{detail}"
not_applicable: 没有目标值和完成值均为数字的指标
suppressed_by: [CMP-03]
group: false
*/
WITH figures AS (
  SELECT report_id, row_no, name, unit, target_text, actual_text, places, locations, place, location,
         abs(coalesce(target_value, target_high, target_low)) AS target, target_base, target_dimension,
         abs(coalesce(actual_value, actual_high, actual_low)) AS actual, actual_base, actual_dimension
  FROM active.indicators
  WHERE row_kind = 'indicator' AND NOT is_placeholder
    AND target_kind IN ('number', 'range') AND actual_kind IN ('number', 'range')
    AND (target_dimension IS NULL OR actual_dimension IS NULL OR target_dimension = actual_dimension)
), pairs AS (
  SELECT * EXCLUDE (target, actual),
         -- Only the order of magnitude is asked for: doubles will do.
         target::DOUBLE * side_factor(target, target_base, target_dimension, actual_dimension, shares_unit(target, target_base, actual, actual_base))::DOUBLE AS target_amount,
         actual::DOUBLE * side_factor(actual, actual_base, actual_dimension, target_dimension, shares_unit(target, target_base, actual, actual_base))::DOUBLE AS actual_amount
  FROM figures
), compared AS (
  SELECT *, greatest(target_amount, actual_amount) / least(target_amount, actual_amount) AS times
  FROM pairs WHERE target_amount <> 0 AND actual_amount <> 0
)
SELECT report_id, 'R' || row_no AS subject_key, name AS subject, times > 1000 AS failed,
       actual_text AS reported_value, target_text AS expected_value,
       CASE WHEN times > 1000 THEN '约 ' || format('{:d}', round(times)::HUGEINT) || ' 倍' END AS difference,
       concat_ws(' | ', name, target_text, actual_text) AS evidence,
       coalesce(places.target, place) AS place, coalesce(locations.target, location) AS location,
       CASE WHEN times BETWEEN 2000 AND 50000 AND starts_with(unit, '万') AND NOT contains(CASE WHEN target_amount < actual_amount THEN actual_text ELSE target_text END, '万')
              THEN '计量单位为“' || unit || '”，疑' || CASE WHEN target_amount < actual_amount THEN '完成值' ELSE '目标值' END || '没有折算，请核实'
            WHEN times BETWEEN 2000 AND 50000 THEN CASE WHEN target_amount < actual_amount THEN '疑目标值漏写“万”，请核实' ELSE '疑完成值漏写“万”，请核实' END
            WHEN times BETWEEN 20000000 AND 500000000 THEN CASE WHEN target_amount < actual_amount THEN '疑目标值漏写“亿”，请核实' ELSE '疑完成值漏写“亿”，请核实' END
            WHEN times > 1000 THEN '请核实单位和数量级' ELSE '' END AS detail
FROM compared
