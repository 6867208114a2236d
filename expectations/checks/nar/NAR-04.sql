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
WITH claims AS (
  SELECT report_id, kind, topic, subject, formula, stated, terms, unit, step, stated_step,
         string_agg(DISTINCT place, '、' ORDER BY place) AS place, min(location) AS location, min(text) AS sentence
  FROM active.relations
  WHERE kind IN ('ratio', 'change') AND stated IS NOT NULL AND len(terms) = 2 AND terms[2] <> 0
  GROUP BY ALL
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
