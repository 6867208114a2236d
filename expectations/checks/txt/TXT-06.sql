/*
id: TXT-06
version: 2
class: A
severity: major
needs: [report]
across_reports: true
title: 文字不照搬其他单位的报告
title_en: The text is not copied from another unit
basis: 自评审核要点：自评报告应反映本单位实际，不得照搬其他单位的文字和数字
message: "正文有 {reported}与“{detail}"
not_applicable: 没有文字报告，或库中没有其他单位的报告
suppressed_by: []
group: false
note: 比较前去掉单位名称、把数字看作同一个符号；标题、通知要求写的话和许多单位共用的句子是模板，不计入。候选由字组指纹（MinHash）找出，再逐句核对，所列数字都是实数。数字也相同的，或占三成以上的，为“重要”，其余待核实
*/
WITH chapters AS (
  SELECT c.report_id, c.other_report_id, arg_max(n.heading, (c.shared_characters, -c.section_no)) AS heading
  FROM judge.similar_sections AS c JOIN active.sections AS n USING (report_id, section_no)
  WHERE c.relation = 'other_unit' AND n.kind NOT IN ('method', 'publication', 'evidence')
    AND c.characters >= 120 AND c.shared_characters >= 0.85 * c.characters
  GROUP BY c.report_id, c.other_report_id
), copies AS (
  SELECT s.*, c.heading AS whole_chapter, coalesce(o.unit_name, f.file_name) AS other_unit, f.file_name AS other_file, o.fiscal_year AS other_year, r.fiscal_year
  FROM judge.similar_texts AS s
  JOIN core.reports AS o ON o.report_id = s.other_report_id
  JOIN raw.submissions AS f USING (submission_id)
  JOIN active.reports AS r ON r.report_id = s.report_id
  LEFT JOIN chapters AS c ON c.report_id = s.report_id AND c.other_report_id = s.other_report_id
  WHERE s.relation = 'other_unit'
), judged AS (
  SELECT *,
         -- The figures give a copy away; words alone may come from one outline, unless they are many, or most of the text.
         shared_sentences >= 3 AND shared_characters >= 90 AND (
           same_figures >= 1 AND share >= 0.15
           OR share >= 0.4
           OR whole_chapter IS NOT NULL
           OR own_words >= 180 AND shared_sentences >= 5
           OR own_words >= 120 AND names_other_unit) AS is_copy
  FROM copies
), nearest AS (
  FROM judged QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY is_copy DESC, shared_characters DESC, other_report_id) = 1
)
SELECT r.report_id, 'report-copied' AS subject_key, '正文' AS subject, coalesce(n.is_copy, FALSE) AS failed,
       CASE WHEN n.same_figures >= 1 OR n.share >= 0.3 THEN 'major' ELSE 'query' END AS severity,
       coalesce(n.shared_sentences || '句', '0句') AS reported_value, '本单位自己的文字（现与“' || n.other_unit || '”相同）' AS expected_value, '占本报告文字的 ' || percent(n.share, 1) AS difference,
       array_to_string(list_transform(n.passages[:3], lambda p: p.text || '〔' || coalesce(p.place, '') || '；对方 ' || coalesce(p.other_place, '') || '，相似 ' || percent(p.similarity, 0) || '〕'), '；')
         || CASE WHEN len(n.passages) > 3 THEN '；另有 ' || (n.shared_sentences - 3) || ' 句' ELSE '' END AS evidence,
       n.passages[1].place AS place, n.passages[1].location AS location,
       n.other_unit || '”的报告相同或基本相同（占本报告文字的 ' || percent(n.share, 1) || '）：如“' || left(n.passages[1].text, 60) || '”，对方（' || n.other_file || CASE WHEN n.other_year IS DISTINCT FROM n.fiscal_year THEN '，' || coalesce(n.other_year || '年度', '年度不明') ELSE '' END || ' '
         || coalesce(n.passages[1].other_place, '') || '）为“' || left(n.passages[1].other_text, 60) || '”'
         || CASE WHEN n.same_figures >= 1 THEN '；其中 ' || n.same_figures || ' 句数字也相同' ELSE '' END
         || coalesce('；“' || n.whole_chapter || '”一章几乎全部相同', '')
         || CASE WHEN n.names_other_unit THEN '；本报告文中写有对方单位的名称' ELSE '' END AS detail
FROM active.reports AS r
LEFT JOIN nearest AS n USING (report_id)
WHERE (n.report_id IS NOT NULL OR length(r.narrative_text) >= 200)
  AND (SELECT count(DISTINCT coalesce(unit_name, report_id)) FROM active.reports) >= 2
