/*
id: IND-04
version: 2
class: B
severity: query
needs: [report]
title: 比较符号的方向与指标性质一致
title_en: The comparator points the right way
basis: 自评审核要点：成本、时限、投诉等反向指标应为“≤”，满意度、合格率等正向指标应为“≥”
message: "{subject}：目标值“{reported}”的方向疑与指标性质相反，{detail}"
not_applicable: 没有写明比较符号的指标
suppressed_by: [CMP-03]
group: false
*/
WITH copied AS (
  -- The form may print a bare number where the body's copy of the table has the comparator.
  SELECT report_id, indicator_row_no AS row_no, arg_min(comparator, statement_no) AS comparator, arg_min(printed, statement_no) AS printed,
         arg_min(place, statement_no) AS place, arg_min(location, statement_no) AS location
  FROM active.statements
  WHERE indicator_row_no IS NOT NULL AND role IN ('copy_target', 'target') AND comparator IN ('GE', 'GT', 'LE', 'LT') GROUP BY ALL
), targets AS (
  SELECT i.*, CASE WHEN i.comparator IN ('GE', 'GT', 'LE', 'LT') THEN i.comparator ELSE c.comparator END AS sign,
         CASE WHEN i.comparator IN ('GE', 'GT', 'LE', 'LT') THEN i.target_text ELSE c.printed END AS sign_text,
         CASE WHEN i.comparator IN ('GE', 'GT', 'LE', 'LT') THEN i.places.target ELSE c.place END AS sign_place,
         CASE WHEN i.comparator IN ('GE', 'GT', 'LE', 'LT') THEN i.locations.target ELSE c.location END AS sign_location
  FROM active.indicators AS i LEFT JOIN copied AS c USING (report_id, row_no)
  WHERE i.row_kind = 'indicator' AND NOT i.is_placeholder
)
SELECT report_id, 'R' || row_no AS subject_key, name AS subject, falling OR rising AS failed,
       sign_text AS reported_value, CASE WHEN falling THEN '≤' WHEN rising THEN '≥' ELSE sign_text END AS expected_value, NULL AS difference,
       concat_ws(' | ', level2, name, sign_text, actual_text) AS evidence, coalesce(sign_place, place) AS place, coalesce(sign_location, location) AS location,
       CASE WHEN falling THEN '成本、时限、投诉一类指标通常越低越好' WHEN rising THEN '满意度、合格率一类指标通常越高越好' ELSE '' END AS detail
FROM (
  SELECT *,
         sign IN ('GE', 'GT') AND (dimension = 'cost' OR level1_code = 'cost' OR regexp_matches(name, words('lower_is_better')))
           AND NOT regexp_matches(name, words('lower_is_better_unless')) AS falling,
         sign IN ('LE', 'LT') AND regexp_matches(name, words('higher_is_better'))
           AND NOT regexp_matches(name, words('higher_is_better_unless')) AS rising
  FROM targets WHERE sign IS NOT NULL
)
