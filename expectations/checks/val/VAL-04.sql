/*
id: VAL-04
version: 3
class: A
severity: minor
needs: [report]
title: 覆盖率、合格率、满意度等在 0 到 100% 之间
title_en: Shares stay between 0 and 100 percent
basis: 数值合理性：部分占总体的比率不可能小于 0 或大于 100%
message: "{subject}：{detail}，这类比率不可能超出 0 至 100%"
not_applicable: 没有覆盖率、合格率、满意度一类的比率指标
suppressed_by: [CMP-03]
group: false
*/
SELECT report_id, 'R' || row_no AS subject_key, name AS subject,
       coalesce(target_off, FALSE) OR coalesce(actual_off, FALSE) AS failed,
       CASE WHEN target_off AND NOT coalesce(actual_off, FALSE) THEN target_text ELSE actual_text END AS reported_value,
       '0 至 100%' AS expected_value,
       CASE WHEN actual_off AND actual_value > 1 THEN plain((actual_value - 1) * 100) || '个百分点'
            WHEN target_off AND target_value > 1 THEN plain((target_value - 1) * 100) || '个百分点' END AS difference,
       concat_ws(' | ', name, target_text, actual_text) AS evidence,
       coalesce(CASE WHEN actual_off THEN places.actual ELSE places.target END, place) AS place,
       coalesce(CASE WHEN actual_off THEN locations.actual ELSE locations.target END, location) AS location,
       concat_ws('，', CASE WHEN target_off THEN '目标值为 ' || target_text END, CASE WHEN actual_off THEN '完成值为 ' || actual_text END) AS detail
FROM (
  SELECT *, target_dimension = 'percent' AND (target_value > 1 OR target_value < 0) AS target_off,
         actual_dimension = 'percent' AND (actual_value > 1 OR actual_value < 0) AS actual_off
  FROM active.indicators
  WHERE row_kind = 'indicator' AND NOT is_placeholder AND (target_dimension = 'percent' OR actual_dimension = 'percent')
    AND regexp_matches(name, '满意|率\s*([（(][^（）()]*[）)])?\s*$|占.{0,6}(比例|比重|比)|(' || words('shared_out') || ')[^，,；;]{0,4}(比例|比重)\s*([（(][^（）()]*[）)])?\s*$')
    -- Rates of progress, growth and turnover may well pass 100 %.
    AND NOT regexp_matches(name, words('rates_beyond_one'))
)
