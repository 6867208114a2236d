/*
id: YOY-02
version: 3
class: A
severity: query
needs: [report, last_year]
title: 文字不是照抄上年
title_en: The text is not last year's
basis: 绩效自评复核要点：自评报告应反映当年情况，不得沿用上年文字
message: "与上年报告文字相同或基本相同：{subject}（{detail}），请核实是否反映当年情况"
not_applicable: 没有上年报告，或可比的部分文字太少
group: true
note: 数字和年份不计，一章的文字有九成以上与上年相同才列出；职能概况、预算数字一类本应相近的部分，以及通篇更新了数字的句子不算
*/
WITH compared AS (
  SELECT c.*, s.heading, s.kind, c.shared_characters - c.updated_characters AS unchanged
  FROM judge.similar_sections AS c JOIN active.sections AS s USING (report_id, section_no)
  WHERE c.relation = 'last_year' AND s.kind NOT IN ('overview', 'method', 'evidence', 'budget') AND c.characters >= 60
)
SELECT report_id, 'X' || section_no AS subject_key, heading AS subject, unchanged * 10 >= characters * 9 AS failed,
       characters || '字' AS reported_value, NULL AS expected_value, '相同文字占 ' || percent(exact_ratio(unchanged, characters), 1) AS difference,
       heading || ' ' || unchanged || '字，占 ' || percent(exact_ratio(unchanged, characters), 0) || coalesce('，上年在 ' || other_place, '') AS detail,
       left(text, 200) AS evidence, place, location
FROM compared
QUALIFY row_number() OVER (PARTITION BY report_id, section_no ORDER BY unchanged DESC, other_report_id) = 1
