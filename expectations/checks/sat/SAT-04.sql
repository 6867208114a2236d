/*
id: SAT-04
version: 2
class: A
severity: query
needs: [report]
title: 满意度调查的样本和回收率可信
title_en: A credible sample and return rate
basis: 自评审核要点：样本量过小（少于 30）、回收率 100% 的问卷调查应核实原始资料
message: "满意度调查{detail}，请提供问卷原件或汇总表"
not_applicable: 没有写明问卷发放和收回数
suppressed_by: []
group: false
*/
WITH told AS (
  SELECT report_id, place AS report_place, unnest(regexp_extract_all(narrative_text, '[^。！\n]*(?:问卷|满意)[^。！\n]*')) AS sentence
  FROM active.reports WHERE contains(narrative_text, '问卷') OR contains(narrative_text, '满意')
), counted AS (
  SELECT report_id, report_place, trim(sentence) AS sentence,
         TRY_CAST(regexp_extract(sentence, '(发放|发出|下发|投放|派发|填写)[^0-9。，,；;]{0,14}?(\d{1,7})\s*余?\s*(份|张|分|人|户|个|套)', 2) AS INTEGER) AS sent,
         TRY_CAST(regexp_extract(sentence, '(收回|回收|收到|返回)[^0-9。，,；;]{0,10}?(\d{1,7})\s*余?\s*(份|张|分|人|户|个|套)', 2) AS INTEGER) AS returned,
         TRY_CAST(regexp_extract(sentence, '(随机)?(抽取|抽查|调查|访问|访谈|走访)了?[^0-9。，,；;]{0,8}?(\d{1,7})\s*余?\s*(人|名|户|位)', 3) AS INTEGER) AS asked
  FROM told WHERE regexp_matches(sentence, '\d')
), returned_all AS (
  SELECT * REPLACE (CASE WHEN returned IS NULL AND regexp_matches(sentence, '(全部|全数|均已|如数)(收回|回收|返回)|(收回|回收)率(为|达到?)?\s*100\s*[%％]') THEN sent ELSE returned END AS returned)
  FROM counted
), surveys AS (
  FROM returned_all WHERE sent IS NOT NULL OR returned IS NOT NULL OR asked IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY report_id, sentence ORDER BY sent, returned, asked) = 1
), statements AS (
  SELECT report_id, text, min(place) AS place, min(location) AS location FROM active.statements
  WHERE length(text) > 10 AND (contains(text, '问卷') OR contains(text, '满意')) GROUP BY ALL
), found AS (
  SELECT report_id, c.sentence, s.place, s.location
  FROM surveys AS c JOIN statements AS s USING (report_id)
  WHERE contains(s.text, c.sentence) OR contains(c.sentence, s.text)
  QUALIFY row_number() OVER (PARTITION BY report_id, c.sentence ORDER BY s.place NULLS LAST, s.text, s.location) = 1
), placed AS (
  FROM surveys LEFT JOIN found USING (report_id, sentence)
)
SELECT report_id, 'Q' || left(md5(sentence), 10) AS subject_key, '满意度调查' AS subject,
       coalesce(sent = returned AND sent > 0, FALSE) OR coalesce(returned, sent, asked) < 30 AS failed,
       concat_ws('，', '发放 ' || sent, '收回 ' || returned, '调查 ' || asked) AS reported_value, '样本不少于30，回收率合理' AS expected_value,
       CASE WHEN sent > 0 AND returned IS NOT NULL THEN '回收率 ' || percent(exact_ratio(returned, sent), 2) END AS difference,
       sentence AS evidence, coalesce(place, report_place) AS place, location,
       concat_ws('，', CASE WHEN sent = returned THEN '发放 ' || sent || '、收回 ' || returned || '，回收率 100%' END,
                 CASE WHEN coalesce(returned, sent, asked) < 30 THEN '样本仅 ' || coalesce(returned, sent, asked) END,
                 CASE WHEN coalesce(returned, sent, asked) % 100 = 0 AND sent = returned THEN '样本为整百数' END) AS detail
FROM placed
