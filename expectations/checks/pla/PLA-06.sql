/*
id: PLA-06
version: 2
class: A
severity: query
needs: [report]
title: 货币资金与年度支出规模相称
title_en: Cash is not far above the year's spending
basis: 自评审核要点：年末货币资金、结余远大于年度支出的，应核实资金沉淀和预算编报是否完整
message: "年末货币资金 {reported}，为年度支出 {expected} 的 {difference}，请说明资金来源和未纳入预算的原因"
not_applicable: 没有写明年末货币资金或年度支出
suppressed_by: []
group: false
*/
WITH cash AS (
  SELECT report_id, min_by(value_yuan, (-value_yuan, statement_no)) AS yuan, min_by(printed, (-value_yuan, statement_no)) AS printed, min_by(text, (-value_yuan, statement_no)) AS sentence,
         min_by(place, (-value_yuan, statement_no)) AS place, min_by(location, (-value_yuan, statement_no)) AS location
  FROM active.statements WHERE quantity = 'amount' AND value_yuan > 0
    AND (regexp_matches(subject, '货币资金|银行存款')
         -- 流动资产主要是货币资金，年末为1343万元: the clause before says of what the year's end is told.
         OR (contains(text, '货币资金') OR contains(text, '银行存款'))
            AND regexp_matches(subject, '^(截至|截止|到)?(20\d\d年)?(年末|年底|期末|12月末|12月底|12月31日)(的)?(余额|数|结余|金额)?(共|合计)?(为|有|达)?$')
            AND regexp_matches(split_part(text, printed, 1), '(货币资金|银行存款)(余额)?[，,][^，,。；;0-9]*$'))
  GROUP BY report_id
), form_spent AS (
  SELECT report_id, max(executed_yuan) AS yuan FROM active.budget_lines WHERE is_total AND executed_yuan > 0 GROUP BY report_id
), told_spent AS (
  SELECT report_id, max(value_yuan) AS yuan FROM active.statements
  WHERE quantity = 'amount' AND value_yuan > 0 AND regexp_matches(subject, '支出决算|决算支出|实际支出|支出(全年)?执行数|全年执行数|支出合计|总支出') AND NOT regexp_matches(subject, '项目支出|基本支出')
  GROUP BY report_id
), spent AS (
  SELECT c.*, coalesce(f.yuan, t.yuan) AS spent FROM cash AS c LEFT JOIN form_spent AS f USING (report_id) LEFT JOIN told_spent AS t USING (report_id)
)
SELECT report_id, 'report-cash' AS subject_key, '货币资金' AS subject, yuan >= spent * 3 AS failed, printed AS reported_value, wan(spent) AS expected_value,
       plain(half_up(exact_ratio(yuan, spent), 2)) || ' 倍' AS difference, sentence AS evidence, place, location
FROM spent WHERE spent > 0
