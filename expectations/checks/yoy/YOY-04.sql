/*
id: YOY-04
version: 1
class: A
severity: minor
needs: [report, last_year]
title: “三公”经费和人员控制率不上升
title_en: The three public expenses and the staff ratio do not rise
basis: 湖南省部门整体支出绩效评价指标：“三公经费”变动率≤0，在职人员控制率＝在职人员数÷编制数
message: "{subject}：本年 {reported}，上年 {expected}，上升 {difference}"
not_applicable: 没有上年可比的“三公”经费或人员编制数
*/
WITH last_reports AS (
  SELECT r.report_id, l.report_id AS last_report_id, l.fiscal_year AS last_year
  FROM active.reports AS r
  JOIN core.reports AS l ON l.unit_name = r.unit_name AND l.fiscal_year = r.fiscal_year - 1 AND l.scope = r.scope
   AND l.project_name IS NOT DISTINCT FROM r.project_name AND l.superseded_by IS NULL
), three_expenses AS (
  SELECT report_id, arg_min(value_yuan, statement_no) AS yuan, arg_min(printed, statement_no) AS printed_text, arg_min(text, statement_no) AS text,
         arg_min(s.place, statement_no) AS place, arg_min(s.location, statement_no) AS location
  FROM core.statements AS s JOIN core.reports AS r USING (report_id)
  WHERE regexp_matches(s.subject, '[“\"]?三公[”\"]?经费') AND NOT regexp_matches(s.subject || s.printed, '预算|下降|减少|增长|压减') AND s.quantity = 'amount' AND s.value_yuan IS NOT NULL
    AND (s.year IS NULL OR s.year = r.fiscal_year)
  GROUP BY report_id
), staff AS (
  SELECT s.report_id, max(value) FILTER (quantity = 'posts') AS posts, max(value) FILTER (quantity = 'staff' AND regexp_matches(subject, '在职|实有|在编')) AS staff,
         arg_min(text, statement_no) AS text, arg_min(place, statement_no) AS place, arg_min(location, statement_no) AS location
  FROM core.statements AS s WHERE quantity IN ('staff', 'posts') AND value IS NOT NULL GROUP BY s.report_id
)
SELECT p.report_id, 'three_expenses' AS subject_key, '“三公”经费' AS subject, a.yuan > b.yuan AS failed,
       wan(a.yuan) AS reported_value, wan(b.yuan) AS expected_value,
       CASE WHEN a.yuan > b.yuan THEN wan(a.yuan - b.yuan) || coalesce('（' || percent(exact_ratio(a.yuan - b.yuan, b.yuan), 2) || '）', '') END AS difference,
       a.text AS evidence, a.place, a.location
FROM last_reports AS p JOIN three_expenses AS a ON a.report_id = p.report_id JOIN three_expenses AS b ON b.report_id = p.last_report_id
UNION ALL BY NAME
SELECT p.report_id, 'staff' AS subject_key, '在职人员控制率' AS subject,
       exact_ratio(a.staff, a.posts) > exact_ratio(b.staff, b.posts) AS failed,
       percent(exact_ratio(a.staff, a.posts), 2) AS reported_value, percent(exact_ratio(b.staff, b.posts), 2) AS expected_value,
       plain(half_up((exact_ratio(a.staff, a.posts) - exact_ratio(b.staff, b.posts)) * 100, 2)) || '个百分点' AS difference, a.text AS evidence, a.place, a.location
FROM last_reports AS p JOIN staff AS a ON a.report_id = p.report_id JOIN staff AS b ON b.report_id = p.last_report_id
WHERE a.posts > 0 AND b.posts > 0 AND a.staff IS NOT NULL AND b.staff IS NOT NULL
