/*
id: PLA-05
version: 1
class: B
severity: query
needs: [report]
title: 单位成本合理
title_en: Cost per unit is plausible
basis: 自评审核要点：总支出除以服务人数、户数、次数所得的单位成本应合理
message: "{subject}：支出 {expected}，完成 {reported}，折合{difference}，请核实"
not_applicable: 不是项目自评，或没有以人、户、人次计的产出
suppressed_by: [VAL-01, CMP-03]
group: false
*/
WITH spent AS (
  SELECT b.report_id, max(b.executed_yuan) AS executed
  FROM active.budget_lines AS b JOIN active.reports AS r USING (report_id)
  WHERE r.scope = 'project' AND b.is_total AND b.executed_yuan > 0 GROUP BY b.report_id
), outputs AS (
  SELECT i.report_id, i.row_no, i.name, i.actual_text, i.actual_value, i.actual_unit, i.place, i.location, i.places, i.locations,
         count(*) OVER (PARTITION BY i.report_id) AS rows_there, s.executed, exact_ratio(s.executed, i.actual_value) AS each
  FROM active.indicators AS i JOIN spent AS s USING (report_id)
  WHERE i.row_kind = 'indicator' AND i.dimension = 'quantity' AND i.actual_kind = 'number' AND i.actual_value > 0
    AND i.actual_unit IN ('人', '名', '人次', '户')
)
SELECT report_id, 'R' || row_no AS subject_key, name AS subject,
       -- Only where the project has this one output to spend on.
       rows_there = 1 AND (each < 2 OR each > 2000000) AS failed, actual_text AS reported_value, wan(executed) AS expected_value,
       '每' || actual_unit || ' ' || plain(half_up(each, 2)) || '元' AS difference, concat_ws(' | ', name, actual_text, wan(executed)) AS evidence,
       coalesce(places.actual, place) AS place, coalesce(locations.actual, location) AS location, actual_unit AS detail
FROM outputs
