/*
id: EXE-08
version: 1
class: A
severity: blocker
needs: [report]
title: 预算数大于零
title_en: The budget is above zero
basis: 财预〔2020〕10号：执行率以全年预算数为分母，预算数为零或负数时执行率不可计算
message: "{subject}：预算数为 {reported}{detail}，执行率不可计算"
not_applicable: 没有填报预算数
suppressed_by: [CMP-04]
note: 预算为零的明细行只在印有执行率或得分时列出（0/0 印作 100%）
*/
SELECT b.report_id, 'L' || b.line_no AS subject_key, b.label AS subject,
       coalesce(b.adjusted_budget_yuan, b.initial_budget_yuan) <= 0
         AND (b.is_total OR coalesce(b.adjusted_budget_yuan, b.initial_budget_yuan) < 0 OR b.reported_execution_rate > 0 OR b.executed_yuan > 0) AS failed,
       CASE WHEN NOT b.is_total THEN 'minor' END AS severity,
       money_text(coalesce(b.adjusted_budget_yuan, b.initial_budget_yuan), b.money_unit) AS reported_value, '大于0' AS expected_value, NULL AS difference,
       concat('，执行数 ' || money_text(b.executed_yuan, b.money_unit), '，却印出执行率 ' || percent(nullif(b.reported_execution_rate, 0))) AS detail,
       concat_ws(' | ', b.texts.label, b.texts.adjusted_budget, b.texts.executed, b.texts.execution_rate, b.texts.reported_score) AS evidence,
       coalesce(b.places.adjusted_budget, b.place) AS place, coalesce(b.locations.adjusted_budget, b.location) AS location
FROM active.budget_lines AS b
WHERE coalesce(b.adjusted_budget_yuan, b.initial_budget_yuan) IS NOT NULL
