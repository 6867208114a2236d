/*
id: NAR-04
version: 1
class: A
severity: major
needs: [report]
title: 文字中的比率可由所列数字算出
title_en: A stated ratio recomputes from its figures
basis: 自评报告数据应真实、可复算；完成率、执行率、占比、增长率=分子÷分母
message: "{subject}：所述 {reported}，按文中数字计算为 {expected}（{detail}），相差 {difference}"
not_applicable: 文字中没有可复算的比率
suppressed_by: []
group: false
*/
WITH relations AS (
  SELECT report_id, kind, topic, subject, formula, stated, terms, unit, step, stated_step,
         string_agg(DISTINCT place, '、' ORDER BY place) AS place, min(location) AS location, min(text) AS sentence
  FROM active.relations
  WHERE kind IN ('ratio', 'change') AND stated IS NOT NULL AND len(terms) = 2 AND terms[2] <> 0
  GROUP BY ALL
), told AS (
  -- 抽查251处，合格250处，抽查合格率93.26%: read here, too, because the figures beside it may be what is wrong.
  SELECT report_id, place, location, unnest(regexp_extract_all(text, '[^。；\n]*率[^。；\n]*')) AS sentence
  FROM active.sections WHERE regexp_matches(text, '\d[^。；\n]*率(为|达到|达|是)?\s*\d')
), read AS (
  SELECT report_id, place, location, trim(sentence) AS sentence,
         regexp_extract(sentence, '(\d+)\s*(?:件次|人次|户次|件|处|次|户|人|份|个|宗|笔|批|家|项|台|块|条|名|场)[，,](?:其中|已|实际|全部|成功)?([一-龥]{2,6}?)(\d+)\s*(?:件次|人次|户次|件|处|次|户|人|份|个|宗|笔|批|家|项|台|块|条|名|场)[，,]([一-龥]{2,10})率(?:为|达到|达|是)?\s*(\d+(?:\.\d+)?)\s*[%％]', ['whole', 'verb', 'part', 'rate', 'percentage']) AS found
  FROM told
), counted AS (
  SELECT report_id, 'ratio' AS kind, 'achievement' AS topic, found.rate || '率' AS subject, found.part || ' / ' || found.whole AS formula,
         TRY_CAST(found.percentage AS DECIMAL(18, 6)) * 0.01 AS stated, [TRY_CAST(found.part AS DECIMAL(38, 8)), TRY_CAST(found.whole AS DECIMAL(38, 8))] AS terms,
         NULL AS unit, 1 AS step, CASE length(regexp_extract(found.percentage, '\.(\d+)', 1)) WHEN 0 THEN 0.01 WHEN 1 THEN 0.001 ELSE 0.0001 END AS stated_step,
         place, location, sentence
  FROM read WHERE found.part <> '' AND right(found.verb, 2) = right(found.rate, 2)
), claims AS (
  FROM relations
  UNION ALL BY NAME
  SELECT c.* FROM counted AS c
  WHERE terms[1] IS NOT NULL AND terms[2] > 0 AND stated IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM relations AS r WHERE r.report_id = c.report_id AND r.stated = c.stated AND r.terms[1] = c.terms[1] AND r.terms[2] = c.terms[2])
), computed AS (
  SELECT *, exact_ratio(terms[1], terms[2]) - CASE WHEN kind = 'change' THEN 1 ELSE 0 END AS quotient,
         -- Whole numbers of things are exact; scaled or decimal figures carry half of their last digit.
         CASE WHEN step <> 1 AND step > stated_step THEN coalesce(exact_ratio(TRY(step * (1 + abs(stated))), 2 * abs(terms[2])), 0) ELSE 0 END AS blur
  FROM claims
), compared AS (
  SELECT *, CASE WHEN kind = 'change' AND (stated < 0) = (quotient < 0) OR kind = 'change' AND stated > 0 AND regexp_matches(sentence, '下降|减少|降低|压减|核减|调减')
                 THEN abs(abs(stated) - abs(quotient)) ELSE abs(stated - quotient) END AS gap
  FROM computed WHERE quotient IS NOT NULL
)
SELECT report_id, 'N' || left(md5(kind || subject || formula || plain(stated)), 10) AS subject_key, subject,
       NOT coalesce(2 * (gap - blur) <= stated_step, FALSE) AS failed,
       percent(stated) AS reported_value, percent(quotient, 2) AS expected_value,
       plain(half_up(gap * 100, 2)) || '个百分点' AS difference, sentence AS evidence, place, location, formula AS detail
FROM compared
