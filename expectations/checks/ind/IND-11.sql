/*
id: IND-11
version: 2
class: B
severity: query
needs: [report]
across_reports: true
title: 指标不照搬其他单位
title_en: Indicators are not copied from another unit
basis: 自评审核要点：指标应反映本单位职能，不得照搬其他单位的指标和数值
message: "{reported} 与“{expected}”的名称、目标值、完成值完全相同（{difference}），请核实：{detail}"
not_applicable: 库中没有其他单位的报告，或指标少于5项
suppressed_by: []
group: false
note: 只比完成值为具体数量的指标，名称去掉单位名称；百分比、定性的完成值和三个以上单位都有的指标不算。表式规定的名称和目标值相同、完成值不同的，不算照搬
*/
WITH marked AS MATERIALIZED (
  -- Rates of 100 % and words are alike everywhere; figures of one's own are not.
  SELECT i.report_id, r.unit_name, r.submission_id, i.row_no, i.name, i.actual_text, coalesce(i.places.actual, i.place) AS place,
         coalesce(i.locations.actual, i.location) AS location,
         hash(regexp_replace(replace(i.name, r.unit_name, '') || '|' || i.target_text || '|' || i.actual_text, '[\s　]', '', 'g')) AS mark
  FROM active.indicators AS i JOIN active.reports AS r USING (report_id)
  WHERE i.row_kind = 'indicator' AND NOT i.is_placeholder AND i.actual_kind = 'number' AND r.unit_name IS NOT NULL
    AND coalesce(i.actual_dimension, '') <> 'percent' AND i.actual_value > 10
), sizes AS (
  SELECT report_id, count(*) AS rows_there FROM marked GROUP BY report_id HAVING count(*) >= 5
), rare AS MATERIALIZED (
  -- What more units have is a form's own row; it never meets anything.
  SELECT mark FROM (SELECT DISTINCT mark, unit_name FROM marked) GROUP BY mark HAVING count(*) BETWEEN 2 AND 3
), own AS MATERIALIZED (
  FROM marked SEMI JOIN rare USING (mark)
), others AS MATERIALIZED (
  -- A unit's first row of a mark, and its first in another file: one of the two is never in the file it is compared with.
  FROM (FROM own QUALIFY row_number() OVER (PARTITION BY mark, unit_name, submission_id ORDER BY report_id, row_no) = 1)
  QUALIFY row_number() OVER (PARTITION BY mark, unit_name ORDER BY report_id, row_no) <= 2
), shared AS MATERIALIZED (
  -- The unit's own indicator meets the other's once, though either may stand in several forms.
  SELECT a.report_id, a.row_no, a.name, a.actual_text, a.place, a.location, b.unit_name AS other_unit, b.submission_id AS other_submission, b.place AS other_place
  FROM own AS a JOIN others AS b ON b.mark = a.mark AND b.unit_name <> a.unit_name AND b.submission_id <> a.submission_id
  QUALIFY row_number() OVER (PARTITION BY a.report_id, a.row_no, b.unit_name ORDER BY b.report_id, b.row_no) = 1
), closest AS MATERIALIZED (
  SELECT report_id, other_unit, count(*) AS common FROM shared GROUP BY report_id, other_unit
  QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY common DESC, other_unit) = 1
), worded AS (
  SELECT s.report_id, s.other_unit, any_value(c.common) AS common,
         list(s.name || ' ' || s.actual_text || '〔' || s.place || '；对方 ' || f.file_name || ' ' || s.other_place || '〕' ORDER BY s.row_no) AS shown,
         min_by(s.place, s.row_no) AS place, min_by(s.location, s.row_no) AS location
  FROM shared AS s JOIN closest AS c USING (report_id, other_unit)
  JOIN raw.submissions AS f ON f.submission_id = s.other_submission
  GROUP BY s.report_id, s.other_unit
)
SELECT s.report_id, 'report-indicators' AS subject_key, '指标' AS subject, coalesce(p.common >= 3 AND p.common * 2 >= s.rows_there, FALSE) AS failed,
       coalesce(p.common, 0) || '项指标' AS reported_value, p.other_unit AS expected_value, '占可比指标的 ' || percent(exact_ratio(p.common, s.rows_there), 1) AS difference,
       array_to_string(p.shown[:8], '；') AS evidence, p.place, p.location, array_to_string(p.shown[:3], '、') AS detail
FROM sizes AS s LEFT JOIN worded AS p USING (report_id)
WHERE (SELECT count(DISTINCT unit_name) FROM active.reports) >= 2
