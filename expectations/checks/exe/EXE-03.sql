/*
id: EXE-03
version: 1
class: A
severity: blocker
needs: [report]
title: 执行率不超过100%
title_en: Execution does not exceed the budget
basis: 财预〔2020〕10号：执行率以调整后全年预算数为分母；执行数大于预算数的须核实预算调整
message: "{subject}：执行数 {reported} 大于预算数 {expected}，执行率 {detail}，超出 {difference}；请核实全年预算数是否已按调整后填列"
not_applicable: 没有同时填报预算数和执行数
*/
SELECT b.report_id, 'L' || b.line_no AS subject_key, b.label AS subject,
       s.execution_rate > 1 AS failed,
       CASE WHEN NOT b.is_total THEN 'major' END AS severity,
       money_text(b.executed_yuan, b.money_unit) AS reported_value,
       money_text(coalesce(b.adjusted_budget_yuan, b.initial_budget_yuan), b.money_unit) AS expected_value,
       CASE WHEN s.execution_rate > 1 THEN money_text(b.executed_yuan - coalesce(b.adjusted_budget_yuan, b.initial_budget_yuan), b.money_unit) END AS difference,
       percent(s.execution_rate, 2) || CASE WHEN b.adjusted_budget_yuan = b.initial_budget_yuan THEN '（全年预算数与年初预算数相同）'
            WHEN b.adjusted_budget_yuan IS NULL THEN '（以年初预算数计）' ELSE '' END AS detail,
       concat_ws(' | ', b.texts.label, b.texts.initial_budget, b.texts.adjusted_budget, b.texts.executed, b.texts.execution_rate) AS evidence,
       coalesce(b.places.executed, b.place) AS place, coalesce(b.locations.executed, b.location) AS location
FROM active.budget_lines AS b
JOIN judge.budget_scores AS s USING (report_id, line_no)
-- parts of a total that is itself over are the same cause
LEFT JOIN (SELECT x.report_id FROM judge.budget_scores AS x JOIN active.budget_lines AS t USING (report_id, line_no)
           WHERE t.is_total AND x.execution_rate > 1 GROUP BY x.report_id) AS over_total ON over_total.report_id = b.report_id
WHERE s.execution_rate IS NOT NULL AND (b.is_total OR over_total.report_id IS NULL)
