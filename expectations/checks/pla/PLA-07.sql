/*
id: PLA-07
version: 1
class: C
severity: query
needs: [report]
title: 评价性结论是否有依据
title_en: Is a judgement supported?
basis: 自评审核要点：“运行良好”“效果显著”等结论应有数据支持
message: "{subject}：{detail}"
not_applicable: 文字中没有评价性结论
suppressed_by: []
group: false
note: 下列判断是否有数据支持？所引数据能否得出该判断（例如资产负债率较高而称运行较好）？请看：正文各部分的结论性语句。同一句中有比率的，请核对比率与判断的方向是否一致
*/
-- A question for a person: every row is a point to look at in the dossier, none is a finding.
WITH points AS (
  SELECT report_id, section_no AS nth, 'S' || section_no || '-' || left(md5(sentence), 6) AS subject_key, heading AS subject, trim(sentence) AS evidence, place, location,
         '该判断是否有数据支持' AS detail
  FROM (SELECT report_id, section_no, heading, place, location,
               unnest(regexp_extract_all(text, '[^。；\n]*(?:' || words('praise') || ')[^。；\n]*')) AS sentence
        FROM active.sections WHERE text <> '')
)
SELECT report_id, subject_key, subject, TRUE AS failed, NULL AS reported_value, NULL AS expected_value, NULL AS difference, evidence, place, location, detail
FROM points
QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY nth, subject_key) <= 10
