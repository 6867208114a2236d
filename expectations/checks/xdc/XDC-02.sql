/*
id: XDC-02
version: 1
class: B
severity: query
needs: [report]
title: 目标值与年度工作计划一致
title_en: The target equals that of the annual work plan
basis: 财预〔2020〕10号：绩效目标应与部门职责、年度工作计划相符
message: "{subject}：自评表目标值 {reported}，文中年度工作目标为 {expected}，请核实以哪一个为准"
not_applicable: 文中没有能与指标对应的年度工作目标
suppressed_by: [NAR-02, VAL-01]
*/
WITH planned AS (
  SELECT s.report_id, s.indicator_row_no AS row_no, s.value, s.unit, s.printed, s.text, s.place, s.location, s.statement_no
  FROM active.statements AS s JOIN active.reports AS r USING (report_id)
  WHERE s.section = 'goals' AND s.role IN ('target', 'plain') AND s.indicator_row_no IS NOT NULL AND s.match_score >= 0.9 AND s.value IS NOT NULL
    AND s.quantity IN ('count', 'rate', 'area') AND (s.year IS NULL OR s.year = r.fiscal_year)
)
SELECT p.report_id, 'R' || p.row_no AS subject_key, i.name AS subject,
       p.value NOT BETWEEN coalesce(i.target_low, i.target_value) AND coalesce(i.target_high, i.target_value) AS failed,
       i.target_text AS reported_value, p.printed AS expected_value, NULL AS difference, p.text AS evidence,
       coalesce(i.places.target, i.place) AS place, coalesce(i.locations.target, i.location) AS location
FROM planned AS p JOIN active.indicators AS i USING (report_id, row_no)
WHERE i.source = 'form' AND i.target_kind IN ('number', 'range') AND coalesce(p.unit, '') = coalesce(i.target_unit, '')
QUALIFY row_number() OVER (PARTITION BY p.report_id, p.row_no ORDER BY p.statement_no) = 1
