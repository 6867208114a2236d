/*
id: FUN-08
version: 1
class: A
severity: info
needs: [report]
title: 同一金额使用同一计量单位
title_en: One unit per figure family
basis: 自评表填报规范：全文金额统一以万元为单位
message: "同一金额前后单位不一：{reported}，建议统一为万元"
not_applicable: 没有重复出现的金额
suppressed_by: []
group: true
*/
WITH printed AS (
  SELECT report_id, executed_yuan AS yuan, money_unit AS unit, TRUE AS in_form, NULL AS printed, coalesce(places.executed, place) AS place, location
  FROM active.budget_lines WHERE executed_yuan > 0
  UNION ALL
  SELECT report_id, adjusted_budget_yuan, money_unit, TRUE, NULL, coalesce(places.adjusted_budget, place), location
  FROM active.budget_lines WHERE adjusted_budget_yuan > 0
  UNION ALL
  SELECT report_id, value_yuan, unit, FALSE, printed, place, location
  FROM active.statements WHERE quantity = 'amount' AND value_yuan > 0 AND unit IN ('元', '万元', '亿元')
), families AS (
  -- The same amount to the cent of a 万元; what was written in 亿元 is compared where it is exact.
  SELECT report_id, round(yuan / 100) AS amount, min(unit) <> max(unit) AS differ
  FROM printed WHERE unit IS NOT NULL GROUP BY report_id, amount HAVING count(*) >= 2 AND min(yuan) >= 10000
), worded AS (
  -- Words only for what is printed more than once.
  SELECT f.report_id, f.amount, f.differ, p.place, p.location,
         CASE WHEN p.in_form THEN money_text(p.yuan, p.unit) WHEN ends_with(p.printed, p.unit) THEN p.printed ELSE p.printed || p.unit END AS words
  FROM families AS f JOIN (SELECT *, round(yuan / 100) AS amount FROM printed WHERE unit IS NOT NULL) AS p USING (report_id, amount)
), described AS (
  SELECT report_id, amount, differ, array_to_string(list_sort(list_distinct(list(words)))[:4], '、') AS words,
         joined_once(list(place)) AS place, min(location) AS location
  FROM worded GROUP BY report_id, amount, differ
)
SELECT report_id, 'M' || amount::BIGINT AS subject_key, '金额' AS subject, differ AS failed, words AS reported_value, '同一单位' AS expected_value,
       NULL AS difference, words AS evidence, place, location
FROM described
