/*
id: NAR-04
version: 3
class: A
severity: major
needs: [report]
title: 文字中的比率、平均数、增减额可由所列数字算出
title_en: A stated ratio, average or difference recomputes from its figures
basis: 自评报告数据应真实、可复算；完成率、执行率、占比、增长率=分子÷分母，户均、人均=总额÷户数、人数，增减额、节约额=两数之差
message: "{subject}：所述 {reported}，按文中数字计算为 {expected}（{detail}），相差 {difference}"
not_applicable: 文字中没有可复算的比率、平均数或增减额
suppressed_by: []
group: false
*/
WITH relations AS (
  SELECT report_id, kind, topic, subject, formula, stated, terms, unit, step, stated_step,
         joined_once(list(place)) AS place, min(location) AS location, min(text) AS sentence
  FROM active.relations
  WHERE kind IN ('ratio', 'change', 'difference', 'quotient') AND stated IS NOT NULL AND len(terms) = 2 AND terms[2] <> 0
  GROUP BY ALL
), differences AS (
  -- Whole things, points of a score and yuan are exact; a coarser figure among the three carries half of its last digit.
  SELECT *, list_sum(terms) AS computed,
         within_half_step(stated, list_sum(terms), CASE WHEN unit IN ('元', '%') OR step > 1 THEN step ELSE stated_step END)
           OR coalesce(unit = '元' AND has_cents(stated_step / figure_factor(unit, formula)) AND within_sum_steps(stated, list_sum(terms), stated_step, 2), FALSE) AS agrees
  FROM relations WHERE kind = 'difference'
), quotients AS (
  -- 户均1200元: step is what the printed digits of the amount and of the number leave open in it.
  SELECT *, exact_ratio(terms[1], terms[2]) AS quotient, split_part(unit, '/', 1) AS told_in FROM relations WHERE kind = 'quotient'
), computed AS (
  SELECT *, exact_ratio(terms[1], terms[2]) - CASE WHEN kind = 'change' THEN 1 ELSE 0 END AS quotient,
         -- Whole numbers of things are exact; scaled or decimal figures carry half of their last digit.
         CASE WHEN step <> 1 AND step > stated_step THEN coalesce(exact_ratio(TRY(step * (1 + abs(stated))), 2 * abs(terms[2])), 0) ELSE 0 END AS blur
  FROM relations WHERE kind IN ('ratio', 'change')
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
UNION ALL BY NAME
SELECT report_id, 'D' || left(md5(formula || plain(stated)), 10) AS subject_key, subject, NOT agrees AS failed,
       CASE unit WHEN '%' THEN plain(stated * 100) || '个百分点' ELSE figure_text(stated, unit, formula) END AS reported_value,
       CASE unit WHEN '%' THEN plain(computed * 100) || '个百分点' ELSE figure_text(computed, unit, formula) END AS expected_value,
       CASE unit WHEN '%' THEN plain(abs(stated - computed) * 100) || '个百分点' ELSE figure_text(abs(stated - computed), unit, formula) END AS difference,
       sentence AS evidence, place, location, formula AS detail
FROM differences
UNION ALL BY NAME
SELECT report_id, 'Q' || left(md5(formula || plain(stated)), 10) AS subject_key, subject, NOT coalesce(2 * abs(stated - quotient) <= stated_step + step, FALSE) AS failed,
       plain(stated) || told_in AS reported_value, plain(half_up(quotient, 2)) || told_in AS expected_value,
       plain(half_up(abs(stated - quotient), 2)) || told_in AS difference, sentence AS evidence, place, location, formula AS detail
FROM quotients
WHERE quotient IS NOT NULL
