/*
id: FUN-10
version: 3
class: A
severity: major
needs: [report, budget]
title: 自评的预算数与批复的预算及调整一致
title_en: Budget figures equal the approved budget and its adjustments
basis: 自评表填报要求：年初预算数、全年预算数以财政批复和调整文件为准
message: "{subject}：自评表 {reported}，批复 {expected}，相差 {difference}"
not_applicable: 批复数据中没有本单位本年度的预算
suppressed_by: []
group: false
*/
WITH paired AS (
  SELECT b.*, a.initial_budget_yuan AS approved_initial, a.adjusted_budget_yuan AS approved_adjusted, a.money_step_yuan AS approved_step, a.source_row
  FROM active.budget_lines AS b
  JOIN active.approved_budgets AS a ON a.report_id = b.report_id
    AND (mart.item_key(a.item) = mart.item_key(b.label) OR (b.is_total AND a.item = 'total')
         OR (b.role = 'nature_basic' AND mart.item_key(a.item) = '基本支出') OR (b.role = 'nature_project' AND mart.item_key(a.item) = '项目支出'))
  -- A line that could mean two lines of the approval is compared with the one of its own name only.
  QUALIFY count(*) OVER (PARTITION BY b.report_id, b.line_no) = 1 OR a.item = b.label
), compared AS (
  SELECT report_id, line_no, label, money_unit, 'initial' AS field, '年初预算数' AS words, initial_budget_yuan AS told, approved_initial AS given,
         greatest(money_step_yuan, approved_step) AS step, source_row,
         coalesce(places.initial_budget, place) AS place, coalesce(locations.initial_budget, location) AS location
  FROM paired
  UNION ALL BY NAME
  SELECT report_id, line_no, label, money_unit, 'adjusted' AS field, '全年预算数' AS words, adjusted_budget_yuan AS told, approved_adjusted AS given,
         greatest(money_step_yuan, approved_step) AS step, source_row,
         coalesce(places.adjusted_budget, place) AS place, coalesce(locations.adjusted_budget, location) AS location
  FROM paired
)
SELECT report_id, 'L' || line_no || '.' || field AS subject_key, label || '（' || words || '）' AS subject,
       NOT within_half_step(told, given, step) AS failed,
       money_text(told, money_unit) AS reported_value, money_text(given, money_unit) AS expected_value, money_text(abs(told - given), money_unit) AS difference,
       '批复：' || wan(given) || coalesce('（' || source_row || '）', '') AS evidence, place, location
FROM compared WHERE told IS NOT NULL AND given IS NOT NULL
