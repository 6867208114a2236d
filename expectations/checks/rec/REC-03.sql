/*
id: REC-03
version: 1
class: A
severity: major
needs: [report, roster]
title: 表式和年度符合要求
title_en: Right form and year
basis: 年度绩效自评通知规定的表式和评价年度
message: "{subject}：{detail}"
not_applicable: 没有需要核对的年度和表式
note: 只有文字没有表的见 CMP-01
*/
WITH matched AS (
  SELECT report_id, min(roster_unit_name) AS unit_name, min(roster_region) AS region
  FROM raw.unit_matches WHERE report_id IS NOT NULL GROUP BY report_id
), forms AS (
  SELECT m.unit_name, m.region, count(*) AS received, min(r.report_id) AS first_report
  FROM active.reports AS r JOIN matched AS m USING (report_id) WHERE r.kind = 'form' GROUP BY ALL
)
SELECT r.report_id, 'year' AS subject_key, '评价年度' AS subject,
       r.fiscal_year IS NULL AS failed,
       coalesce(r.fiscal_year::VARCHAR, '未写明') AS reported_value, coalesce(k.fiscal_year::VARCHAR, '写明年度') AS expected_value,
       NULL AS difference,
       CASE WHEN r.fiscal_year IS NULL THEN '报告和表格都没有写明评价年度' ELSE '' END AS detail,
       NULL AS evidence, r.place, r.location
FROM active.reports AS r CROSS JOIN judge.scope AS k
UNION ALL BY NAME
SELECT f.first_report AS report_id, 'forms' AS subject_key, '自评表份数' AS subject, f.received < o.expected_forms AS failed,
       f.received || '份' AS reported_value, o.expected_forms || '份' AS expected_value, (o.expected_forms - f.received) || '份' AS difference,
       '应报 ' || o.expected_forms || ' 份自评表，收到 ' || f.received || ' 份' AS detail, NULL AS evidence, r.place, r.location
FROM forms AS f
JOIN raw.roster AS o ON o.unit_name = f.unit_name AND o.region IS NOT DISTINCT FROM f.region
JOIN active.reports AS r ON r.report_id = f.first_report
WHERE o.expected_forms IS NOT NULL
