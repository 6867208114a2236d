/*
id: EXE-05
version: 1
class: A
severity: query
needs: [report]
title: 预算数与决算数逐项完全相同
title_en: Every budget figure equals its outturn
basis: 绩效自评复核要点：预算数与决算数逐项完全一致的，核实是否以决算数倒填预算数
message: "{reported}：{detail}，请核实是否以决算数倒填预算数"
not_applicable: 可比较的预算数与执行数不足两对
suppressed_by: [EXE-08]
group: true
*/
WITH form_pairs AS (
  SELECT report_id, count(*) AS pairs, count(*) FILTER (adjusted_budget_yuan = executed_yuan) AS equal,
         array_to_string(list(label || ' ' || money_text(executed_yuan, money_unit) ORDER BY line_no)[:6], '、') AS shown,
         arg_min(place, line_no) AS place, arg_min(location, line_no) AS location,
         bool_or(is_total AND initial_budget_yuan IS NOT NULL AND initial_budget_yuan <> executed_yuan) AS was_adjusted
  FROM active.budget_lines WHERE adjusted_budget_yuan > 0 AND executed_yuan IS NOT NULL GROUP BY report_id
), claims AS (
  SELECT report_id, relation_no, subject, text, place, location, formula, list_sort([stated] || terms) AS figures,
         regexp_matches(subject, '预算') AND NOT regexp_matches(subject, '决算|执行') AS is_budget,
         regexp_matches(subject, '决算|执行|实际支出') AS is_outturn
  FROM active.relations WHERE kind = 'sum' AND topic IN ('fund_source', 'nature') AND stated IS NOT NULL
), told_pairs AS (
  SELECT a.report_id, count(*) AS claims, sum(len(a.figures)) AS pairs, bool_and(a.figures = b.figures) AS all_equal,
         string_agg(b.formula, '；' ORDER BY b.relation_no) AS shown, arg_min(b.place, b.relation_no) AS place, arg_min(b.location, b.relation_no) AS location,
         arg_min(b.text, b.relation_no) AS text
  FROM claims AS a JOIN claims AS b ON b.report_id = a.report_id AND a.is_budget AND b.is_outturn
   AND regexp_matches(a.subject, '收入') = regexp_matches(b.subject, '收入') AND len(a.figures) = len(b.figures)
  GROUP BY a.report_id
), told_rates AS (
  SELECT report_id, count(*) AS pairs, bool_and(stated = 1 AND terms[1] = terms[2]) AS all_equal, string_agg(subject || ' ' || formula, '；' ORDER BY relation_no) AS shown,
         arg_min(place, relation_no) AS place, arg_min(location, relation_no) AS location, arg_min(text, relation_no) AS text
  FROM active.relations WHERE kind = 'ratio' AND topic = 'execution' AND len(terms) = 2 GROUP BY report_id
)
SELECT report_id, 'budget' AS subject_key, '预算执行' AS subject, equal = pairs AND NOT coalesce(was_adjusted, FALSE) AS failed,
       pairs || '对预算数与执行数' AS reported_value, NULL AS expected_value, NULL AS difference, '逐项相同（' || shown || '）' AS detail, shown AS evidence, place, location
FROM form_pairs WHERE pairs >= 2
UNION ALL BY NAME
SELECT t.report_id, 'told' AS subject_key, '文中预决算' AS subject, t.all_equal AS failed, t.pairs || '对预算数与决算数' AS reported_value, NULL AS expected_value,
       NULL AS difference, '逐项相同（' || t.shown || '）' AS detail, t.text AS evidence, t.place, t.location
FROM told_pairs AS t ANTI JOIN (FROM form_pairs WHERE pairs >= 2) AS f USING (report_id) WHERE t.pairs >= 2
UNION ALL BY NAME
SELECT t.report_id, 'rates' AS subject_key, '文中执行率' AS subject, t.all_equal AS failed, t.pairs || '项执行率' AS reported_value, NULL AS expected_value,
       NULL AS difference, '均为 100%（' || t.shown || '）' AS detail, t.text AS evidence, t.place, t.location
FROM told_rates AS t ANTI JOIN (FROM form_pairs WHERE pairs >= 2) AS f USING (report_id) ANTI JOIN (FROM told_pairs WHERE pairs >= 2) AS p USING (report_id)
WHERE t.pairs >= 2
