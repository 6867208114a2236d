/*
id: VAL-06
version: 1
class: A
severity: info
needs: [report]
title: 资金栏小数位数一致
title_en: One precision within the budget block
basis: 自评表填报规范：同一表内金额保留相同的小数位数
message: "{subject}：小数位数不一致（{reported}）"
not_applicable: 资金栏没有两个以上带小数的金额
suppressed_by: []
group: false
*/
WITH cells AS (
  SELECT report_id, line_no, money_unit, place, location,
         unnest([{'amount': texts.initial_budget, 'spot': places.initial_budget}, {'amount': texts.adjusted_budget, 'spot': places.adjusted_budget},
                 {'amount': texts.executed, 'spot': places.executed},
                 -- 项目支出：16678.3, the amount inside the label.
                 {'amount': CASE WHEN coalesce(texts.initial_budget, texts.adjusted_budget, texts.executed) IS NULL THEN texts.label END, 'spot': places.label}], recursive := true)
  FROM active.budget_lines
), decimals AS (
  SELECT *, regexp_extract(amount, '(\d[\d,，]*\.(\d+))', 1) AS figure, length(regexp_extract(amount, '\d\.(\d+)', 1)) AS digits
  FROM cells WHERE regexp_matches(amount, '\d\.\d')
)
SELECT report_id, 'report' || '-' || coalesce(money_unit, '') AS subject_key, '资金栏' AS subject, count(DISTINCT digits) > 1 AS failed,
       array_to_string(list(DISTINCT figure ORDER BY figure)[:6], '、') AS reported_value, '相同的小数位数' AS expected_value, NULL AS difference,
       array_to_string(list(DISTINCT amount ORDER BY amount)[:6], ' | ') AS evidence,
       min_by(coalesce(spot, place), (digits, line_no)) AS place, min_by(location, (digits, line_no)) AS location
FROM decimals
GROUP BY report_id, money_unit
HAVING count(*) >= 2
