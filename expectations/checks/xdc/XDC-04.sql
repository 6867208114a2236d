/*
id: XDC-04
version: 1
class: B
severity: query
needs: [report]
across_reports: true
title: 各项目自评表的执行数之和不超过部门整体的项目支出
title_en: Project forms together do not exceed the department's project expenditure
basis: 财预〔2020〕10号：部门整体支出自评与所属项目自评口径一致，项目支出应包含各项目的支出
message: "{detail}执行数合计 {reported}，超过部门整体自评表的项目支出 {expected}，多 {difference}，请核实口径"
not_applicable: 没有同一单位同一年度的部门整体自评表和项目自评表
*/
WITH whole AS (
  SELECT r.report_id, u.unit_key, r.fiscal_year, b.line_no, b.label, b.executed_yuan, b.money_unit, b.money_step_yuan,
         coalesce(b.places.executed, b.place) AS place, coalesce(b.locations.executed, b.location) AS location
  FROM active.reports AS r
  JOIN mart.report_units AS u USING (report_id)
  JOIN active.budget_lines AS b USING (report_id)
  WHERE r.scope = 'overall' AND r.kind = 'form' AND b.role = 'nature_project' AND b.executed_yuan IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY r.report_id ORDER BY b.line_no) = 1
), projects AS (
  -- One figure a project: the same form in the body and in the annex counts once.
  SELECT u.unit_key, r.fiscal_year, r.project_name, max(b.executed_yuan) AS executed_yuan, max(b.money_step_yuan) AS step
  FROM active.reports AS r
  JOIN mart.report_units AS u USING (report_id)
  JOIN active.budget_lines AS b USING (report_id)
  WHERE r.scope = 'project' AND r.kind = 'form' AND r.project_name IS NOT NULL AND b.is_total AND b.executed_yuan IS NOT NULL
  GROUP BY ALL
), sums AS (
  SELECT unit_key, fiscal_year, count(*) AS projects, sum(executed_yuan) AS executed_yuan, max(step) AS step,
         string_agg(project_name || ' ' || wan(executed_yuan), '；' ORDER BY executed_yuan DESC, project_name) AS listed
  FROM projects GROUP BY ALL
)
SELECT w.report_id, 'L' || w.line_no || '.projects' AS subject_key, w.label AS subject,
       s.executed_yuan > w.executed_yuan AND NOT within_sum_steps(s.executed_yuan, w.executed_yuan, greatest(s.step, w.money_step_yuan), s.projects) AS failed,
       money_text(s.executed_yuan, w.money_unit) AS reported_value, money_text(w.executed_yuan, w.money_unit) AS expected_value,
       money_text(s.executed_yuan - w.executed_yuan, w.money_unit) AS difference,
       s.projects || '个项目自评表的' AS detail, s.listed AS evidence, w.place, w.location
FROM whole AS w JOIN sums AS s USING (unit_key, fiscal_year)
