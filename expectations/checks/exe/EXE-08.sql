/*
id: EXE-08
version: 2
class: A
severity: blocker
needs: [report]
title: 预算数大于零
title_en: The budget is above zero
basis: 财预〔2020〕10号：执行率以全年预算数为分母，预算数为零或负数时执行率不可计算
message: "{subject}：{detail}，执行率不可计算"
not_applicable: 没有填报预算数
suppressed_by: [CMP-04]
note: 预算为零的明细行只在印有执行率或得分时列出（0/0 印作 100%）
*/
WITH budgets AS (
  SELECT *, coalesce(adjusted_budget_yuan, initial_budget_yuan) AS budget_yuan,
         bool_or(is_total AND coalesce(adjusted_budget_yuan, initial_budget_yuan) <= 0) OVER (PARTITION BY report_id) AS total_is_zero
  FROM active.budget_lines
  WHERE coalesce(adjusted_budget_yuan, initial_budget_yuan) IS NOT NULL
), told AS (
  -- Sources of a total of zero are zero with it: one cause. Several sources are one finding with their places.
  SELECT *, budget_yuan < 0 OR budget_yuan = 0 AND (is_total OR NOT total_is_zero AND (reported_execution_rate > 0 OR executed_yuan > 0)) AS failed FROM budgets
)
SELECT b.report_id,
       'L' || CASE WHEN b.is_total OR NOT b.failed THEN b.line_no ELSE min(b.line_no) FILTER (b.failed AND NOT b.is_total) OVER (PARTITION BY b.report_id) END AS subject_key,
       b.label AS subject, b.failed,
       CASE WHEN NOT b.is_total THEN 'minor' END AS severity,
       money_text(b.budget_yuan, b.money_unit) AS reported_value, '大于0' AS expected_value, NULL AS difference,
       concat('预算数为 ' || money_text(b.budget_yuan, b.money_unit), '，执行数 ' || money_text(b.executed_yuan, b.money_unit), '，却印出执行率 ' || percent(nullif(b.reported_execution_rate, 0))) AS detail,
       concat_ws(' | ', b.texts.label, b.texts.adjusted_budget, b.texts.executed, b.texts.execution_rate, b.texts.reported_score) AS evidence,
       coalesce(b.places.adjusted_budget, b.place) AS place, coalesce(b.locations.adjusted_budget, b.location) AS location
FROM told AS b
