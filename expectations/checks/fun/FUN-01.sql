/*
id: FUN-01
version: 2
class: A
severity: major
needs: [report]
title: 资金总额等于各资金来源之和
title_en: Total equals the sum of the fund sources
basis: 部门整体支出绩效自评表填报要求：年度资金总额=各来源资金之和；财政复核勾稽关系
message: "{subject}：总额 {reported}，各来源之和 {expected}，相差 {difference}。{detail}"
not_applicable: 未分资金来源填报，无可核对的来源合计
suppressed_by: []
group: false
*/
WITH amounts AS (
  SELECT report_id, line_no, parent_line_no, role, is_total, label, money_unit,
         coalesce(money_step_yuan, 0) AS step,
         unnest([
           {'field': '年初预算数', 'yuan': initial_budget_yuan, 'cell': texts.initial_budget, 'spot': places.initial_budget, 'spot_location': locations.initial_budget},
           {'field': '全年预算数', 'yuan': adjusted_budget_yuan, 'cell': texts.adjusted_budget, 'spot': places.adjusted_budget, 'spot_location': locations.adjusted_budget},
           {'field': '全年执行数', 'yuan': executed_yuan, 'cell': texts.executed, 'spot': places.executed, 'spot_location': locations.executed}
         ], recursive := true)
  FROM active.budget_lines
), totals AS (
  SELECT report_id, line_no, field, label, money_unit, yuan, cell, spot, spot_location, step
  FROM amounts WHERE yuan IS NOT NULL AND is_total
), listed_parts AS (
  -- Only the first level below the total: deeper 其中 lines are already inside their parent. A line by a name of its own
  -- (财政安排) may be a source too: it counts where the total is nearer with it.
  SELECT t.report_id, t.line_no, t.field, t.yuan AS total, p.line_no AS part_no, p.yuan, p.money_unit, p.step, p.role <> 'other' AS known
  FROM totals AS t
  JOIN amounts AS p ON p.report_id = t.report_id AND p.field = t.field AND p.line_no <> t.line_no AND NOT p.is_total
                   AND p.role IN ('source', 'carryover', 'other') AND coalesce(p.parent_line_no, t.line_no) = t.line_no
), nearer AS (
  SELECT report_id, line_no, field, abs(min(total) - coalesce(sum(yuan), 0)) < abs(min(total) - coalesce(sum(yuan) FILTER (known), 0)) AS with_others
  FROM listed_parts GROUP BY ALL HAVING bool_or(known)
), parts AS (
  SELECT report_id, line_no, field, sum(yuan) AS parts_yuan, count(*) AS listed, count(yuan) AS filled, max(step) FILTER (yuan IS NOT NULL) AS step,
         joined(list({'k': part_no, 'x': money_text(yuan, money_unit)}) FILTER (yuan IS NOT NULL), ' + ') AS formula
  FROM listed_parts JOIN nearer USING (report_id, line_no, field) WHERE known OR with_others
  GROUP BY ALL
), form_sums AS (
  SELECT t.report_id, 'L' || t.line_no || '.' || t.field AS subject_key, t.label || '（' || t.field || '）' AS subject,
         t.yuan AS total, s.parts_yuan, t.step AS total_step, greatest(t.step, s.step) AS coarse_step, s.filled AS terms,
         t.step / money_factor(t.money_unit) AS step_in_unit, money_text(t.yuan, t.money_unit) AS reported,
         money_text(s.parts_yuan, t.money_unit) AS expected, money_text(abs(t.yuan - s.parts_yuan), t.money_unit) AS difference,
         s.formula || ' = ' || money_text(s.parts_yuan, t.money_unit) AS evidence, t.spot AS place, t.spot_location AS location
  FROM totals AS t JOIN parts AS s USING (report_id, line_no, field)
  -- A single 其中 line below the total need not be all of it.
  WHERE s.filled >= 1 AND (s.listed >= 2 OR s.parts_yuan > t.yuan)
), claims AS (
  SELECT report_id, subject, formula, stated, list_sum(terms) AS parts_yuan, len(terms) AS terms, unit, step, stated_step,
         joined_once(list(place)) AS place, min(location) AS location, min(text) AS sentence,
         figure_factor(unit, formula) AS factor
  FROM active.relations WHERE kind = 'sum' AND topic = 'fund_source' AND stated IS NOT NULL
  GROUP BY ALL
), text_sums AS (
  SELECT report_id, 'N' || left(md5(formula), 10) AS subject_key, subject, stated AS total, parts_yuan, stated_step AS total_step,
         step AS coarse_step, terms, stated_step / factor AS step_in_unit,
         figure_text(stated, unit, formula) AS reported, figure_text(parts_yuan, unit, formula) AS expected,
         figure_text(abs(stated - parts_yuan), unit, formula) AS difference, sentence AS evidence, place, location
  FROM claims
), compared AS (
  SELECT *, within_half_step(total, parts_yuan, total_step) AS same,
         has_cents(step_in_unit) AND within_sum_steps(total, parts_yuan, total_step, terms) AS rounding,
         within_half_step(total, parts_yuan, coarse_step) AS explained
  FROM (FROM form_sums UNION ALL BY NAME FROM text_sums)
)
SELECT report_id, subject_key, subject,
       NOT same AND (rounding OR NOT explained) AS failed,
       CASE WHEN rounding THEN 'info' END AS severity,
       reported AS reported_value, expected AS expected_value, difference, evidence, place, location,
       CASE WHEN rounding THEN '差额在四舍五入范围内，请核对尾数' ELSE '' END AS detail
FROM compared
