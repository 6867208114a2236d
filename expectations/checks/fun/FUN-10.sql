/*
id: FUN-10
version: 1
class: A
severity: major
needs: [report, budget]
title: 自评的预算数与批复的预算及调整一致
title_en: Budget figures equal the approved budget and its adjustments
basis: 自评表填报要求：年初预算数、全年预算数以财政批复和调整文件为准
message: "{subject}：自评表 {reported}，批复 {expected}，相差 {difference}"
not_applicable: 批复数据中没有本单位本年度的预算
suppressed_by: [CMP-04]
group: false
*/
WITH approved AS (
  SELECT b.report_id, b.line_no, b.label, b.money_unit, b.money_step_yuan, b.place AS line_place, b.location AS line_location, a.source_row,
         unnest([
           {'field': 'initial', 'words': '年初预算数', 'told': b.initial_budget_yuan, 'given': a.initial_budget_yuan, 'spot': b.places.initial_budget, 'spot_location': b.locations.initial_budget},
           {'field': 'adjusted', 'words': '全年预算数', 'told': b.adjusted_budget_yuan, 'given': a.adjusted_budget_yuan, 'spot': b.places.adjusted_budget, 'spot_location': b.locations.adjusted_budget}
         ], recursive := true)
  FROM active.budget_lines AS b
  JOIN active.reports AS r USING (report_id)
  JOIN raw.approved_budgets AS a ON a.unit_name = r.unit_name AND a.fiscal_year = r.fiscal_year
    AND coalesce(a.project_name, '') = CASE WHEN r.scope = 'project' THEN coalesce(r.project_name, '') ELSE '' END
    AND (a.item = b.label OR (b.is_total AND a.item = 'total'))
)
SELECT report_id, 'L' || line_no || '.' || field AS subject_key, label || '（' || words || '）' AS subject,
       NOT within_half_step(told, given, money_step_yuan) AS failed,
       money_text(told, money_unit) AS reported_value, money_text(given, money_unit) AS expected_value, money_text(abs(told - given), money_unit) AS difference,
       '批复：' || wan(given) || coalesce('（' || source_row || '）', '') AS evidence, coalesce(spot, line_place) AS place, coalesce(spot_location, line_location) AS location
FROM approved WHERE told IS NOT NULL AND given IS NOT NULL
