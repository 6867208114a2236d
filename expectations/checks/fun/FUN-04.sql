/*
id: FUN-04
version: 1
class: A
severity: major
needs: [report]
title: 基本支出与项目支出之和等于支出总额
title_en: Basic plus project expenditure equals the total
basis: 部门整体支出绩效自评表填报要求：支出总额=基本支出+项目支出；部门预算管理支出分类
message: "{subject}：支出总额 {reported}，基本支出与项目支出之和 {expected}，相差 {difference}。{detail}"
not_applicable: 未按基本支出、项目支出分列
suppressed_by: []
group: false
*/
WITH amounts AS (
  SELECT report_id, line_no, role, is_total, label, money_unit, coalesce(money_step_yuan, 0) AS step,
         unnest([
           {'field': '年初预算数', 'yuan': initial_budget_yuan, 'spot': places.initial_budget, 'spot_location': locations.initial_budget},
           {'field': '全年预算数', 'yuan': adjusted_budget_yuan, 'spot': places.adjusted_budget, 'spot_location': locations.adjusted_budget},
           {'field': '全年执行数', 'yuan': executed_yuan, 'spot': places.executed, 'spot_location': locations.executed}
         ], recursive := true)
  FROM active.budget_lines
), natures AS (
  SELECT report_id, field,
         min_by(yuan, line_no) FILTER (role = 'nature_basic') AS basic, min_by(yuan, line_no) FILTER (role = 'nature_project') AS project,
         max(step) FILTER (role IN ('nature_basic', 'nature_project')) AS step
  FROM amounts WHERE yuan IS NOT NULL GROUP BY ALL
), form_sums AS (
  SELECT t.report_id, 'L' || t.line_no || '.' || t.field AS subject_key, t.label || '（' || t.field || '）' AS subject,
         t.yuan AS total, n.basic + n.project AS parts, greatest(t.step, n.step) AS step, t.step / money_factor(t.money_unit) AS step_in_unit,
         money_text(t.yuan, t.money_unit) AS reported, money_text(n.basic + n.project, t.money_unit) AS expected,
         money_text(abs(t.yuan - n.basic - n.project), t.money_unit) AS difference,
         '基本支出 ' || money_text(n.basic, t.money_unit) || ' + 项目支出 ' || money_text(n.project, t.money_unit) AS formula,
         NULL AS evidence, t.spot AS place, t.spot_location AS location
  FROM amounts AS t JOIN natures AS n USING (report_id, field)
  WHERE t.is_total AND t.yuan IS NOT NULL AND n.basic IS NOT NULL AND n.project IS NOT NULL
), claims AS (
  SELECT report_id, subject, formula, stated, list_sum(terms) AS parts, unit, step, stated_step,
         joined_once(list(place)) AS place, min(location) AS location, min(text) AS sentence,
         figure_factor(unit, formula) AS factor
  FROM active.relations WHERE kind = 'sum' AND topic = 'nature' AND len(terms) = 2 AND stated IS NOT NULL
  GROUP BY ALL
), text_sums AS (
  SELECT report_id, 'N' || left(md5(formula), 10) AS subject_key, subject, stated AS total, parts, step, stated_step / factor AS step_in_unit,
         figure_text(stated, unit, formula) AS reported, figure_text(parts, unit, formula) AS expected,
         figure_text(abs(stated - parts), unit, formula) AS difference, formula, sentence AS evidence, place, location
  FROM claims
)
SELECT report_id, subject_key, subject,
       -- Two rounded parts of a rounded total may miss it by a cent and a half; without decimals they may not.
       NOT (within_half_step(total, parts, step) OR (has_cents(step_in_unit) AND within_sum_steps(total, parts, step, 2))) AS failed,
       reported AS reported_value, expected AS expected_value, difference, coalesce(evidence, formula) AS evidence, place, location,
       formula AS detail
FROM (FROM form_sums UNION ALL BY NAME FROM text_sums)
