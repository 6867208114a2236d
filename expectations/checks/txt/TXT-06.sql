/*
id: TXT-06
version: 1
class: A
severity: major
needs: [report]
title: 文字不照搬其他单位的报告
title_en: The text is not copied from another unit
basis: 自评审核要点：自评报告应反映本单位实际，不得照搬其他单位的文字和数字
message: "正文有 {reported} 与“{expected}”的报告相同：{detail}"
not_applicable: 没有文字报告，或库中没有其他单位的报告
suppressed_by: []
group: false
note: 比较去掉单位名称后的长句（20字以上）；三个以上单位共用的句子视为通用提纲或政策原文，不计入。用字组指纹取样（MinHash 的思路），先找候选再逐句核对
*/
WITH sentences AS (
  SELECT s.report_id, s.place, s.location, r.unit_name, r.submission_id,
         unnest(regexp_split_to_array(replace(s.text, coalesce(r.unit_name, chr(0)), ''), '[。；;！!\n]')) AS sentence
  FROM active.sections AS s JOIN active.reports AS r USING (report_id)
  WHERE length(s.text) >= 20
), plain_sentences AS (
  SELECT report_id, place, location, unit_name, submission_id, trim(sentence) AS sentence,
         regexp_replace(sentence, '[\s　，,、：:“”"（）()《》]', '', 'g') AS plain_text
  FROM sentences WHERE length(sentence) >= 24
), marked AS (
  -- One number stands for a sentence: equal sentences meet on it without comparing each with each.
  SELECT report_id, place, location, unit_name, submission_id, sentence, hash(plain_text) AS mark
  FROM plain_sentences WHERE length(plain_text) >= 20
  QUALIFY row_number() OVER (PARTITION BY report_id, hash(plain_text) ORDER BY place) = 1
), sizes AS (
  SELECT report_id, count(*) AS long_sentences FROM marked GROUP BY report_id
), rare AS (
  -- What many units write is the common outline or the text of a regulation.
  SELECT mark FROM marked GROUP BY mark
  HAVING count(DISTINCT coalesce(unit_name, report_id)) BETWEEN 2 AND 3
), shared AS (
  SELECT a.report_id, b.report_id AS other_id, b.unit_name AS other_unit, a.sentence, a.place, a.location, b.place AS other_place
  FROM marked AS a SEMI JOIN rare USING (mark)
  JOIN marked AS b ON b.mark = a.mark AND b.report_id <> a.report_id AND b.submission_id <> a.submission_id
                  AND coalesce(b.unit_name, b.report_id) <> coalesce(a.unit_name, a.report_id)
), pairs AS (
  SELECT report_id, other_id, any_value(other_unit) AS other_unit, count(*) AS common, count(*) FILTER (regexp_matches(regexp_replace(sentence, '20\d\d年', '', 'g'), '\d')) AS with_figures,
         list(sentence ORDER BY length(sentence) DESC, sentence) AS sentences, arg_max(place, length(sentence)) AS place,
         arg_max(location, length(sentence)) AS location, arg_max(other_place, length(sentence)) AS other_place
  FROM shared GROUP BY report_id, other_id
), nearest AS (
  SELECT * FROM pairs QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY common DESC, other_id) = 1
)
SELECT z.report_id, 'report-copied' AS subject_key, '正文' AS subject,
       -- Copied figures give a copy away; words alone may come from the same outline, unless half of the text is the same.
       coalesce(n.common >= 3 AND (n.with_figures >= 1 AND n.common * 5 >= z.long_sentences OR n.common * 2 >= z.long_sentences), FALSE) AS failed,
       coalesce(n.common, 0) || '句（共' || z.long_sentences || '句长句）' AS reported_value, coalesce(n.other_unit, n.other_id) AS expected_value,
       percent(exact_ratio(n.common, z.long_sentences), 1) AS difference,
       array_to_string(n.sentences[:3], '；') AS evidence, n.place, n.location,
       '如“' || left(n.sentences[1], 60) || '”（对方报告 ' || coalesce(n.other_place, '') || '）' AS detail
FROM sizes AS z LEFT JOIN nearest AS n USING (report_id)
WHERE z.long_sentences >= 5 AND (SELECT count(DISTINCT coalesce(unit_name, report_id)) FROM active.reports) >= 2
