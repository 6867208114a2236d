/*
id: AGG-02
version: 1
class: A
severity: major
needs: [report, roster]
across_reports: true
title: 部门汇总的单位收齐，未收齐的列明
title_en: A department's rollup covers all of its units
basis: 财预〔2020〕10号：主管部门汇总所属单位自评结果；汇总须说明覆盖范围和未纳入的单位
message: "{subject}：所属 {expected} 家单位收到 {reported} 家，缺 {difference} 家（{detail}），汇总结果不完整"
not_applicable: 未提供单位名册，或名册中没有该单位的下级单位
*/
WITH matched AS (
  SELECT m.report_id, min(m.roster_unit_name) AS unit_name, min(m.roster_region) AS region FROM raw.unit_matches AS m WHERE m.report_id IS NOT NULL GROUP BY m.report_id
), received AS (
  SELECT DISTINCT m.unit_name, m.region, r.fiscal_year FROM active.reports AS r JOIN matched AS m USING (report_id)
), heads AS (
  SELECT r.report_id, r.fiscal_year, r.place, r.location, m.unit_name, m.region
  FROM active.reports AS r JOIN matched AS m USING (report_id) WHERE r.scope = 'overall'
  QUALIFY row_number() OVER (PARTITION BY m.unit_name, m.region, r.fiscal_year ORDER BY r.report_id) = 1
)
SELECT h.report_id, 'coverage' AS subject_key, h.unit_name AS subject,
       count(*) > count(r.unit_name) AS failed,
       count(r.unit_name)::VARCHAR AS reported_value, count(*)::VARCHAR AS expected_value, (count(*) - count(r.unit_name))::VARCHAR AS difference,
       coalesce(array_to_string(list(o.unit_name ORDER BY o.unit_name) FILTER (r.unit_name IS NULL)[:10], '、'), '') AS detail,
       NULL AS evidence, min(h.place) AS place, min(h.location) AS location
FROM heads AS h
JOIN raw.roster AS o ON o.parent_name = h.unit_name AND o.unit_name <> h.unit_name
LEFT JOIN received AS r ON r.unit_name = o.unit_name AND r.region IS NOT DISTINCT FROM o.region AND r.fiscal_year IS NOT DISTINCT FROM h.fiscal_year
GROUP BY h.report_id, h.unit_name
