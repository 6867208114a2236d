/*
id: YOY-02
version: 1
class: A
severity: query
needs: [report, last_year]
title: 文字不是照抄上年
title_en: The text is not last year's
basis: 绩效自评复核要点：自评报告应反映当年情况，不得沿用上年文字
message: "与上年报告文字相同：{subject}（{detail}），请核实是否反映当年情况"
not_applicable: 没有上年报告，或上年报告没有相同标题的部分
group: true
note: 去掉数字、年份和标点后整段相同才列出；职能概况一类本应不变的部分不比
*/
WITH texts AS (
  SELECT *, length(text) AS size,
         regexp_replace(heading, '[\s\d（）()、.．一二三四五六七八九十]', '', 'g') AS bare_heading,
         regexp_replace(text, '[\s\d，。、；：,.;:%％]', '', 'g') AS bare_text
  FROM (
    SELECT report_id, section_no, heading, kind, text, place, location FROM active.sections
    UNION ALL BY NAME SELECT last_report_id AS report_id, section_no, heading, kind, text FROM active.last_sections
  )
  WHERE kind NOT IN ('overview', 'method', 'evidence')
)
SELECT a.report_id, 'X' || a.section_no AS subject_key, a.heading AS subject, a.bare_text = b.bare_text AS failed,
       a.size || '字' AS reported_value, NULL AS expected_value, NULL AS difference,
       a.heading || ' ' || a.size || '字' AS detail, left(a.text, 200) AS evidence, a.place, a.location
FROM active.last_reports AS p
JOIN texts AS a ON a.report_id = p.report_id
JOIN texts AS b ON b.report_id = p.last_report_id AND b.bare_heading = a.bare_heading AND b.kind = a.kind
WHERE length(a.bare_text) >= 60 AND length(b.bare_text) >= 60
QUALIFY row_number() OVER (PARTITION BY a.report_id, a.section_no ORDER BY a.bare_text = b.bare_text DESC) = 1
