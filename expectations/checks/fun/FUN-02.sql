/*
id: FUN-02
version: 2
class: A
severity: major
needs: [report]
title: 合计数等于所列明细之和
title_en: A stated total equals the listed items
basis: 财政复核勾稽关系：文字所列“其中”明细之和应与合计数一致
message: "{subject}：所述合计 {reported}，所列明细之和 {expected}，相差 {difference}。{detail}"
not_applicable: 文字和附表中没有“合计与明细”的表述
suppressed_by: []
group: false
*/
WITH claims AS (
  SELECT report_id, topic, subject, formula, stated, list_sum(terms) AS parts, len(terms) AS terms, list_contains(terms, list_sum(terms) - stated) AS one_too_many, unit, step, stated_step,
         joined_once(list(place)) AS place, min(location) AS location, min(text) AS sentence,
         figure_factor(unit, formula) AS factor
  FROM active.relations
  WHERE kind = 'sum' AND stated IS NOT NULL
    AND (topic IN ('items', 'assets', 'other') OR (topic = 'nature' AND len(terms) > 2))
  GROUP BY ALL
), compared AS (
  SELECT *, within_half_step(stated, parts, stated_step) AS same,
         unit IS NOT NULL AND unit = '元' AND has_cents(stated_step / factor) AND within_sum_steps(stated, parts, stated_step, terms) AS rounding,
         within_half_step(stated, parts, step) AND step > stated_step AS explained
  FROM claims
), form_items AS (
  -- Lines below a line that is not the annual total: 基本支出 over 人员经费 and 公用经费. With a single line below, or
  -- a remainder, the list need not be complete; parts above their whole are wrong in any case.
  SELECT report_id, line_no, parent_line_no, label, role, is_total, money_unit, coalesce(money_step_yuan, 0) AS step,
         unnest([
           {'field': '年初预算数', 'yuan': initial_budget_yuan, 'spot': places.initial_budget, 'spot_location': locations.initial_budget},
           {'field': '全年预算数', 'yuan': adjusted_budget_yuan, 'spot': places.adjusted_budget, 'spot_location': locations.adjusted_budget},
           {'field': '全年执行数', 'yuan': executed_yuan, 'spot': places.executed, 'spot_location': locations.executed}
         ], recursive := true)
  FROM active.budget_lines
), form_sums AS (
  SELECT t.report_id, t.line_no, t.field, t.label, t.money_unit, t.yuan, t.spot, t.spot_location, t.step AS total_step,
         sum(p.yuan) AS parts, count(p.yuan) AS terms,
         string_agg(p.label || ' ' || money_text(p.yuan, p.money_unit), ' + ' ORDER BY p.line_no) AS formula
  FROM form_items AS t
  JOIN form_items AS p ON p.report_id = t.report_id AND p.field = t.field AND p.parent_line_no = t.line_no AND p.yuan IS NOT NULL
  WHERE t.yuan IS NOT NULL AND NOT t.is_total
  GROUP BY ALL
  HAVING count(p.yuan) >= 2
)
SELECT report_id, 'N' || left(md5(formula), 10) AS subject_key, subject,
       NOT same AND (rounding OR NOT explained) AS failed,
       CASE WHEN rounding THEN 'info' END AS severity,
       figure_text(stated, unit, formula) AS reported_value, figure_text(parts, unit, formula) AS expected_value,
       figure_text(abs(stated - parts), unit, formula) AS difference, sentence AS evidence, place, location,
       CASE WHEN same THEN '' WHEN rounding THEN '差额在四舍五入范围内，请核对尾数；' WHEN one_too_many THEN '差额恰为其中一项，请核实是否与其他各项重复；' ELSE '' END || '明细：' || formula AS detail
FROM compared
UNION ALL BY NAME
SELECT report_id, 'L' || line_no || '.' || field AS subject_key, label || '（' || field || '）' AS subject,
       parts > yuan AND NOT within_sum_steps(yuan, parts, total_step, terms) AS failed,
       NULL AS severity, money_text(yuan, money_unit) AS reported_value, money_text(parts, money_unit) AS expected_value,
       money_text(abs(yuan - parts), money_unit) AS difference, formula AS evidence, spot AS place, spot_location AS location,
       '其中各项之和超过上级科目' AS detail
FROM form_sums
