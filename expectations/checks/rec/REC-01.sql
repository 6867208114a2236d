/*
id: REC-01
version: 1
class: A
severity: blocker
needs: [report, roster]
across_reports: true
title: 单位在名册之内，每单位每年度只有一份自评
title_en: The unit is on the roster and hands in one report a year
basis: 年度绩效自评通知：名册内单位每年度报送一份部门整体支出绩效自评
message: "{subject}：{detail}"
not_applicable: 未提供单位名册
note: 应报未报的单位没有报告可挂，列在汇总的覆盖情况里
*/
WITH matched AS (
  SELECT report_id, min(roster_unit_name) AS roster_unit FROM raw.unit_matches WHERE report_id IS NOT NULL GROUP BY report_id
), whole AS MATERIALIZED (
  SELECT r.report_id, m.roster_unit, r.fiscal_year, r.submission_id
  FROM active.reports AS r JOIN matched AS m USING (report_id)
  WHERE r.scope = 'overall' AND r.kind = 'form'
), received AS (
  SELECT roster_unit, fiscal_year, count(DISTINCT submission_id) AS files FROM whole GROUP BY ALL
), counted AS (
  SELECT w.report_id, n.files
  FROM whole AS w JOIN received AS n ON n.roster_unit = w.roster_unit AND n.fiscal_year IS NOT DISTINCT FROM w.fiscal_year
)
SELECT r.report_id, 'unit' AS subject_key, coalesce(r.unit_name, '未写明单位') AS subject,
       m.roster_unit IS NULL OR coalesce(n.files, 1) > 1 AS failed,
       CASE WHEN m.roster_unit IS NULL THEN coalesce(r.unit_name, '未写明') ELSE coalesce(n.files, 1) || '份' END AS reported_value,
       CASE WHEN m.roster_unit IS NULL THEN '名册内单位' ELSE '1份' END AS expected_value,
       CASE WHEN n.files > 1 THEN (n.files - 1) || '份' END AS difference,
       CASE WHEN m.roster_unit IS NULL THEN '不在单位名册内，请核对单位名称或补充名册'
            WHEN n.files > 1 THEN '同一年度收到 ' || n.files || ' 份内容不同的部门整体自评，请确认以哪一份为准' ELSE '' END AS detail,
       r.unit_name AS evidence, r.place, r.location
FROM active.reports AS r
LEFT JOIN matched AS m USING (report_id)
LEFT JOIN counted AS n USING (report_id)
WHERE EXISTS (FROM raw.roster)
