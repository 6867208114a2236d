/*
id: PLA-08
version: 1
class: B
severity: query
needs: [report]
title: 填报口径一致（本级与部门）
title_en: One reporting scope, bureau or whole department
basis: 自评范围要求：部门整体支出自评应包括本级和所属单位，口径应前后一致
message: "自评表填报单位为“{expected}”，正文资金为“{reported}”口径，请核实是否包括所属单位"
not_applicable: 没有写明本级或部门口径
suppressed_by: []
group: false
*/
WITH told AS (
  SELECT report_id, unit_name, place, location, regexp_extract(narrative_text, '[^。；，,\n]{0,16}[（(](局|委|厅|市|县|区|部门|机关)?本级[）)][^。；，,\n]{0,20}') AS words
  FROM active.reports
  WHERE unit_name IS NOT NULL AND scope = 'overall' AND (contains(narrative_text, '本级') OR contains(narrative_text, '单位'))
    AND regexp_matches(narrative_text, '[（(](局|委|厅|市|县|区|部门|机关)?本级[）)]|(所属|下属|二级)(预算|事业)?单位')
), sentences AS (
  SELECT report_id, text, min(place) AS place, min(location) AS location
  FROM active.statements WHERE contains(text, '本级') AND regexp_matches(text, '本级[）)]') GROUP BY ALL
), found AS (
  SELECT report_id, s.place AS sentence_place, s.location AS sentence_location, s.text
  FROM sentences AS s JOIN (FROM told WHERE words <> '') AS t USING (report_id)
  WHERE contains(s.text, t.words)
  QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY s.place, s.text, s.location) = 1
), placed AS (
  FROM told LEFT JOIN found USING (report_id)
)
SELECT report_id, 'report-scope' AS subject_key, '填报口径' AS subject, words <> '' AND NOT contains(unit_name, '本级') AS failed,
       nullif(trim(words), '') AS reported_value, unit_name AS expected_value, NULL AS difference, coalesce(text, words) AS evidence,
       coalesce(sentence_place, place) AS place, coalesce(sentence_location, location) AS location
FROM placed
