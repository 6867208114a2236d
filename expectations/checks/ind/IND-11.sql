/*
id: IND-11
version: 1
class: B
severity: query
needs: [report]
across_reports: true
title: 指标不照搬其他单位
title_en: Indicators are not copied from another unit
basis: 自评审核要点：指标应反映本单位职能，不得照搬其他单位的指标和数值
message: "{reported} 与“{expected}”的名称、目标值、完成值完全相同，请核实：{detail}"
not_applicable: 库中没有其他单位的报告，或指标少于5项
suppressed_by: []
group: false
*/
WITH marked AS (
  -- Rates of 100 % and words are alike everywhere; figures of one's own are not.
  SELECT i.report_id, r.unit_name, r.submission_id, i.row_no, i.name, i.actual_text, i.place, i.location,
         hash(regexp_replace(i.name || '|' || i.target_text || '|' || i.actual_text, '\s', '', 'g')) AS mark
  FROM active.indicators AS i JOIN active.reports AS r USING (report_id)
  WHERE i.row_kind = 'indicator' AND NOT i.is_placeholder AND i.actual_kind = 'number' AND r.unit_name IS NOT NULL
    AND coalesce(i.actual_dimension, '') <> 'percent' AND i.actual_value > 10
), sizes AS (
  SELECT report_id, count(*) AS rows_there FROM marked GROUP BY report_id HAVING count(*) >= 5
), rare AS (
  SELECT mark FROM marked GROUP BY mark HAVING count(DISTINCT unit_name) BETWEEN 2 AND 3
), pairs AS (
  SELECT a.report_id, b.unit_name AS other_unit, count(*) AS common, list(a.name || ' ' || a.actual_text ORDER BY a.row_no) AS names,
         min_by(a.place, a.row_no) AS place, min_by(a.location, a.row_no) AS location
  FROM marked AS a SEMI JOIN rare USING (mark)
  JOIN marked AS b ON b.mark = a.mark AND b.unit_name <> a.unit_name AND b.submission_id <> a.submission_id
  GROUP BY a.report_id, b.unit_name
)
SELECT s.report_id, 'report-indicators' AS subject_key, '指标' AS subject, coalesce(p.common >= 3 AND p.common * 2 >= s.rows_there, FALSE) AS failed,
       coalesce(p.common, 0) || '项指标' AS reported_value, p.other_unit AS expected_value, NULL AS difference,
       array_to_string(p.names[:8], '；') AS evidence, p.place, p.location, array_to_string(p.names[:5], '、') AS detail
FROM sizes AS s
LEFT JOIN (FROM pairs QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY common DESC, other_unit) = 1) AS p USING (report_id)
WHERE (SELECT count(DISTINCT unit_name) FROM active.reports) >= 2
