/*
id: REC-05
version: 2
class: A
severity: major
needs: [report, roster]
title: 单位名称、主管部门与名册一致
title_en: Unit and supervising department as on the roster
basis: 绩效自评复核：主体一致（单位名称、主管部门与预算单位名册一致）
message: "{subject}写作“{reported}”，名册为“{expected}”"
not_applicable: 未提供单位名册，或报告未能与名册对应
suppressed_by: [REC-01]
*/
WITH matched AS (
  SELECT m.report_id, min(m.roster_unit_name) AS unit_name, min(m.roster_region) AS region, min(m.how) AS how
  FROM raw.unit_matches AS m WHERE m.report_id IS NOT NULL GROUP BY m.report_id
), pairs AS (
  SELECT r.report_id, r.place, r.location, r.unit_name, r.supervisor, m.how, o.unit_name AS roster_unit, o.parent_name, o.aliases,
         regexp_replace(coalesce(r.supervisor, ''), '[\s　（）()]', '', 'g') AS printed_parent,
         regexp_replace(coalesce(o.parent_name, ''), '[\s　（）()]', '', 'g') AS roster_parent,
         regexp_replace(o.unit_name, '[\s　（）()]', '', 'g') AS roster_name
  FROM active.reports AS r JOIN matched AS m USING (report_id)
  JOIN raw.roster AS o ON o.unit_name = m.unit_name AND o.region IS NOT DISTINCT FROM m.region
)
SELECT report_id, 'name' AS subject_key, '单位名称' AS subject, how IN ('fuzzy', 'file_name') AS failed,
       unit_name AS reported_value, roster_unit AS expected_value, NULL AS difference, unit_name AS evidence, place, location
FROM pairs WHERE unit_name IS NOT NULL
UNION ALL BY NAME
SELECT report_id, 'parent' AS subject_key, '主管部门' AS subject,
       NOT (contains(roster_parent, printed_parent) OR contains(printed_parent, roster_parent)
            -- A budget department supervises its own projects: above it stands no department, but the government.
            OR (printed_parent = roster_name AND regexp_matches(roster_parent, words('bodies_above_departments')))) AS failed,
       supervisor AS reported_value, parent_name AS expected_value, NULL AS difference, supervisor AS evidence, place, location
FROM pairs WHERE is_filled(supervisor) AND is_filled(parent_name)
