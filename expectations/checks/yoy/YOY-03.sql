/*
id: YOY-03
version: 1
class: A
severity: query
needs: [report, last_year]
title: 上年核实的问题说明了整改情况
title_en: Last year's findings are said to be closed
basis: 财预〔2020〕10号：绩效评价结果应用，及时整改；未按要求整改的核减预算
message: "上年核实的 {reported} 条问题（{detail}），本年报告未说明整改情况"
not_applicable: 上年没有经复核人认定或退回的问题
*/
WITH last_reports AS (
  SELECT r.report_id, l.report_id AS last_report_id, l.fiscal_year AS last_year
  FROM active.reports AS r
  JOIN core.reports AS l ON l.unit_name = r.unit_name AND l.fiscal_year = r.fiscal_year - 1 AND l.scope = r.scope
   AND l.project_name IS NOT DISTINCT FROM r.project_name AND l.superseded_by IS NULL
), decided AS (
  SELECT f.report_id, count(*) AS findings, array_to_string(list(f.check_id || ' ' || f.subject ORDER BY f.check_id, f.subject)[:5], '、') AS shown
  FROM judge.findings AS f
  JOIN (SELECT finding_id, arg_max(decision, decided_at) AS decision FROM judge.decisions GROUP BY finding_id) AS d USING (finding_id)
  WHERE d.decision IN ('accept', 'return') AND f.severity IN ('blocker', 'major', 'minor')
  GROUP BY f.report_id
)
SELECT p.report_id, 'closed' AS subject_key, '上年问题整改' AS subject,
       NOT coalesce(regexp_matches(r.narrative_text, '整改|(上年|上一年|去年)[^。]{0,30}问题'), FALSE) AS failed,
       d.findings::VARCHAR AS reported_value, '说明整改情况' AS expected_value, NULL AS difference, d.shown AS detail, d.shown AS evidence, r.place, r.location
FROM last_reports AS p
JOIN decided AS d ON d.report_id = p.last_report_id
JOIN active.reports AS r ON r.report_id = p.report_id
