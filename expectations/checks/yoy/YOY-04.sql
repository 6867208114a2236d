/*
id: YOY-04
version: 2
class: A
severity: minor
needs: [report, last_year]
title: “三公”经费和人员控制率不上升
title_en: The three public expenses and the staff ratio do not rise
basis: 湖南省部门整体支出绩效评价指标：“三公经费”变动率≤0，在职人员控制率＝在职人员数÷编制数
message: "{subject}：本年 {reported}，上年 {expected}，上升 {difference}"
not_applicable: 没有上年可比的“三公”经费或人员编制数
*/
WITH figures AS (
  SELECT s.report_id, r.fiscal_year, s.statement_no, s.subject, s.quantity, s.value, s.value_yuan, s.year, s.printed, s.text, s.place, s.location
  FROM active.statements AS s JOIN active.reports AS r USING (report_id)
  UNION ALL BY NAME
  SELECT l.last_report_id AS report_id, l.last_year AS fiscal_year, s.* EXCLUDE (last_report_id)
  FROM (SELECT DISTINCT last_report_id, last_year FROM active.last_reports) AS l JOIN active.last_statements AS s USING (last_report_id)
), three_expenses AS (
  SELECT report_id, arg_min(value_yuan, statement_no) AS yuan, arg_min(text, statement_no) AS text,
         arg_min(place, statement_no) AS place, arg_min(location, statement_no) AS location
  FROM figures
  -- Looked at closely only where the word stands at all.
  WHERE (contains(subject, '三公') OR contains(text, '三公')) AND (regexp_matches(subject, '[“\"]?三公[”\"]?经费')
         -- 严控“三公”经费，全年共支出12万元: the sentence begins with what was spent.
         OR regexp_full_match(subject, '(全年|本年|年度|当年|决算)?(共|实际|累计|合计)?(支出|使用)(合计)?') AND regexp_matches(text, '^[^0-9。；]{0,12}三公[”"]?经费[^。；]*$|^[^0-9。；]{0,12}三公[”"]?经费[^。；]*。$'))
    AND NOT regexp_matches(replace(subject, '一般公共预算', '') || printed, '预算|下降|减少|增长|压减') AND quantity = 'amount' AND value_yuan IS NOT NULL
    AND (year IS NULL OR year = fiscal_year)
  GROUP BY report_id
), staff AS (
  SELECT report_id, max(value) FILTER (quantity = 'posts') AS posts, max(value) FILTER (quantity = 'staff' AND regexp_matches(subject, '在职|实有|在编')) AS staff,
         arg_min(text, statement_no) AS text, arg_min(place, statement_no) AS place, arg_min(location, statement_no) AS location
  FROM figures WHERE quantity IN ('staff', 'posts') AND value IS NOT NULL GROUP BY report_id
)
SELECT p.report_id, 'three_expenses' AS subject_key, '“三公”经费' AS subject, a.yuan > b.yuan AS failed,
       wan(a.yuan) AS reported_value, wan(b.yuan) AS expected_value,
       CASE WHEN a.yuan > b.yuan THEN wan(a.yuan - b.yuan) || coalesce('（' || percent(exact_ratio(a.yuan - b.yuan, b.yuan), 2) || '）', '') END AS difference,
       a.text AS evidence, a.place, a.location
FROM active.last_reports AS p JOIN three_expenses AS a ON a.report_id = p.report_id JOIN three_expenses AS b ON b.report_id = p.last_report_id
UNION ALL BY NAME
SELECT p.report_id, 'staff' AS subject_key, '在职人员控制率' AS subject,
       exact_ratio(a.staff, a.posts) > exact_ratio(b.staff, b.posts) AS failed,
       percent(exact_ratio(a.staff, a.posts), 2) AS reported_value, percent(exact_ratio(b.staff, b.posts), 2) AS expected_value,
       plain(half_up((exact_ratio(a.staff, a.posts) - exact_ratio(b.staff, b.posts)) * 100, 2)) || '个百分点' AS difference, a.text AS evidence, a.place, a.location
FROM active.last_reports AS p JOIN staff AS a ON a.report_id = p.report_id JOIN staff AS b ON b.report_id = p.last_report_id
WHERE a.posts > 0 AND b.posts > 0 AND a.staff IS NOT NULL AND b.staff IS NOT NULL
