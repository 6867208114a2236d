/*
id: FUN-06
version: 1
class: B
severity: query
needs: [report]
title: 资金来源与支出内容相符
title_en: Fund source fits the kind of spending
basis: 《国有土地使用权出让收支管理办法》：土地收储、征地拆迁支出由政府性基金预算安排；政府收支分类科目
message: "{count}笔土地收储、征地一类支出列在“{expected}”之下，政府性基金栏没有金额，请核实资金来源：{detail}"
not_applicable: 没有按资金来源列明的土地收储、征地支出
suppressed_by: []
group: true
*/
WITH funds AS (
  SELECT report_id, bool_or(fund = 'government_fund' AND coalesce(executed_yuan, adjusted_budget_yuan, initial_budget_yuan) > 0) AS has_fund_money
  FROM active.budget_lines GROUP BY report_id
), headed AS (
  -- The top heading a statement stands under: the nearest one that names the fund.
  SELECT report_id, heading, text FROM active.sections WHERE text <> ''
), general AS (
  SELECT report_id, min(heading) AS heading FROM active.sections WHERE regexp_matches(heading, '一般公共预算(支出|拨款)') GROUP BY report_id
), land AS (
  SELECT s.report_id, s.statement_no, s.subject, s.printed, s.text, s.place, s.location, s.section
  FROM active.statements AS s
  WHERE s.quantity = 'amount' AND s.value_yuan > 0 AND regexp_matches(s.subject, words('land_spending'))
    AND regexp_matches(s.section, 'budget|fund|problems') AND NOT regexp_matches(s.subject, words('land_income'))
)
SELECT l.report_id, 'T' || left(md5(l.subject), 10) AS subject_key, l.subject,
       NOT coalesce(f.has_fund_money, FALSE) AS failed, l.printed AS reported_value, trim(g.heading) AS expected_value, NULL AS difference,
       l.text AS evidence, l.place, l.location, l.subject || ' ' || l.printed AS detail
FROM land AS l
JOIN general AS g USING (report_id)
LEFT JOIN funds AS f USING (report_id)
QUALIFY row_number() OVER (PARTITION BY l.report_id, l.subject ORDER BY l.statement_no) = 1
