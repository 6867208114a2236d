/*
id: SAT-03
version: 2
class: A
severity: major
needs: [report]
title: 不以“无投诉”代替满意度
title_en: No complaints is not satisfaction
basis: 自评审核要点：满意度应通过问卷、访谈等方式取得，“零投诉”不能等同于满意
message: "{subject}：以“{reported}”作为满意度依据，应以问卷、访谈等调查结果为准"
not_applicable: 没有设满意度指标
suppressed_by: [CMP-03]
group: false
*/
WITH told AS (
  SELECT report_id, list_filter(regexp_extract_all(narrative_text, '[^。；;！\n]*满意[^。；;！\n]*'),
           lambda s: no_complaints(s)) AS sentences
  FROM active.reports WHERE contains(narrative_text, '投诉') AND contains(narrative_text, '满意')
)
SELECT i.report_id, 'R' || i.row_no AS subject_key, i.name AS subject,
       by_row OR len(coalesce(t.sentences, [])) > 0 AS failed,
       CASE WHEN by_row THEN concat_ws(' ', i.name, i.actual_text) ELSE trim(t.sentences[1]) END AS reported_value, '满意度调查结果' AS expected_value,
       NULL AS difference, CASE WHEN by_row THEN concat_ws(' | ', i.name, i.target_text, i.actual_text) ELSE trim(t.sentences[1]) END AS evidence,
       coalesce(i.places.actual, i.place) AS place, coalesce(i.locations.actual, i.location) AS location
FROM (
  SELECT *, no_complaints(actual_text || '。' || variance_reason)
              OR (regexp_matches(name, '投诉') AND NOT regexp_matches(name, '满意|办结|处理|回复')) AS by_row,
         row_number() OVER (PARTITION BY report_id ORDER BY row_no) AS nth
  FROM active.indicators
  WHERE (dimension = 'satisfaction' OR level1_code = 'satisfaction') AND NOT is_placeholder AND row_kind = 'indicator' AND is_filled(actual_text)
) AS i LEFT JOIN told AS t USING (report_id)
-- A sentence of the narrative is one finding, on the first satisfaction row.
WHERE by_row OR nth = 1
