/*
id: EXE-04
version: 2
class: A
severity: blocker
needs: [report]
title: 全年预算数按调整后填列
title_en: The full-year budget is the adjusted one
basis: 财预〔2020〕10号：全年预算数为年初预算加年度内调整后的预算；湖北省自评表备注：预算数为调整后财政资金总额（包括上年结余结转）
message: "{subject}：全年预算数 {reported} 与年初预算数相同，{detail}；全年预算数应按调整后填列"
not_applicable: 没有同时填报年初预算数和全年预算数
*/
WITH adjustments AS (
  -- What was added and taken away by the same amount leaves the initial budget standing.
  SELECT report_id, arg_min(formula, relation_no) AS formula, arg_min(text, relation_no) AS text
  FROM active.relations WHERE topic = 'adjustment' AND kind = 'sum' AND len(terms) >= 2 AND list_sum(terms[2:]) <> 0
  GROUP BY report_id
)
SELECT b.report_id, 'L' || b.line_no AS subject_key, b.label AS subject,
       b.adjusted_budget_yuan = b.initial_budget_yuan AND (b.executed_yuan > b.adjusted_budget_yuan OR a.report_id IS NOT NULL) AS failed,
       money_text(b.adjusted_budget_yuan, b.money_unit) AS reported_value, '调整后预算数' AS expected_value,
       CASE WHEN b.executed_yuan > b.adjusted_budget_yuan THEN money_text(b.executed_yuan - b.adjusted_budget_yuan, b.money_unit) END AS difference,
       concat_ws('，', CASE WHEN b.executed_yuan > b.adjusted_budget_yuan THEN '而执行数为 ' || money_text(b.executed_yuan, b.money_unit) END,
                      CASE WHEN a.formula IS NOT NULL THEN '文中另有预算调整（' || a.formula || '）' END) AS detail,
       coalesce(a.text, concat_ws(' | ', b.texts.initial_budget, b.texts.adjusted_budget, b.texts.executed)) AS evidence,
       coalesce(b.places.adjusted_budget, b.place) AS place, coalesce(b.locations.adjusted_budget, b.location) AS location
FROM active.budget_lines AS b
LEFT JOIN adjustments AS a USING (report_id)
WHERE b.is_total AND b.initial_budget_yuan > 0 AND b.adjusted_budget_yuan IS NOT NULL
