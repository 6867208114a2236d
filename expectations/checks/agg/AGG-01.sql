/*
id: AGG-01
version: 1
class: A
severity: major
needs: [report]
across_reports: true
title: 同一指标在主管部门内单位一致，可以汇总
title_en: An indicator has one unit within a department, so it can be rolled up
basis: 湖北省自评表备注：绝对值直接累加，相对值按资金额度加权平均；单位不同的完成值不得累加
message: "{subject}：本单位以“{reported}”计，同一主管部门多数单位以“{expected}”计，不能汇总"
not_applicable: 同一主管部门内没有可汇总的同名指标
*/
WITH matched AS (
  SELECT report_id, min(roster_unit_name) AS unit_name, min(roster_region) AS region FROM raw.unit_matches WHERE report_id IS NOT NULL GROUP BY report_id
), departments AS (
  SELECT r.report_id, coalesce(o.department, o.parent_name, r.supervisor) AS department, r.unit_name, r.fiscal_year
  FROM active.reports AS r LEFT JOIN matched AS m USING (report_id)
  LEFT JOIN raw.roster AS o ON o.unit_name = m.unit_name AND o.region IS NOT DISTINCT FROM m.region
), measured AS (
  SELECT i.report_id, i.row_no, d.department,
         -- 养护长度（公里） and 养护长度（处） are one indicator in two units.
         CASE WHEN i.name_unit IS NULL THEN i.name ELSE regexp_replace(i.name, '\s*[（(][^（(）)]*[）)]\s*$', '') END AS name, d.fiscal_year, i.actual_dimension AS dimension, coalesce(i.unit, i.actual_unit) AS unit, i.actual_text,
         coalesce(i.places.actual, i.place) AS place, coalesce(i.locations.actual, i.location) AS location, d.unit_name
  FROM active.indicators AS i JOIN departments AS d USING (report_id)
  WHERE d.department IS NOT NULL AND i.actual_kind = 'number' AND i.actual_dimension IS NOT NULL AND coalesce(i.unit, i.actual_unit) IS NOT NULL
), usual AS (
  SELECT department, fiscal_year, name, arg_max(dimension, n) AS dimension, arg_max(unit, n) AS unit, sum(n) AS all_rows, max(n) AS most
  FROM (SELECT department, fiscal_year, name, dimension, min(unit) AS unit, count(*) AS n FROM measured GROUP BY department, fiscal_year, name, dimension)
  GROUP BY department, fiscal_year, name
)
SELECT m.report_id, 'R' || m.row_no AS subject_key, m.name AS subject, m.dimension <> u.dimension AS failed,
       m.unit AS reported_value, u.unit AS expected_value, NULL AS difference, m.actual_text AS evidence, m.place, m.location
FROM measured AS m JOIN usual AS u ON u.department = m.department AND u.fiscal_year IS NOT DISTINCT FROM m.fiscal_year AND u.name = m.name
-- a majority, not a draw
WHERE u.all_rows >= 3 AND u.most * 2 > u.all_rows
