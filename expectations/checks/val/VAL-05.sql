/*
id: VAL-05
version: 2
class: A
severity: info
needs: [report]
title: 数值写明计量单位
title_en: Figures carry a unit
basis: 自评审核要点：定量指标应有明确的计量单位
message: "{count}处数值没有计量单位：{detail}"
not_applicable: 没有定量指标和金额
suppressed_by: [VAL-01]
group: true
*/
WITH listed AS (
  SELECT report_id, relation_no, unnest(statement_nos[2:]) AS statement_no FROM active.relations WHERE kind = 'sum' AND len(statement_nos) > 2
), parts AS (
  SELECT l.report_id, l.relation_no, s.statement_no, s.subject, trim(s.printed) AS printed, s.text, s.place, s.location, s.unit,
         regexp_full_match(trim(s.printed), '[\d.,，]+') AS bare
  FROM listed AS l JOIN active.statements AS s USING (report_id, statement_no)
  WHERE s.unit IS NOT NULL AND s.role = 'plain'
), mixed AS (
  SELECT report_id, relation_no FROM parts GROUP BY ALL HAVING bool_or(bare) AND bool_or(NOT bare)
)
SELECT report_id, 'R' || row_no AS subject_key, name AS subject,
       coalesce(unit, name_unit, target_unit, actual_unit) IS NULL
         AND NOT regexp_matches(name, words('names_with_their_unit'))
         AS failed,
       concat_ws(' / ', nullif(target_text, ''), nullif(actual_text, '')) AS reported_value, '有计量单位' AS expected_value, NULL AS difference,
       concat_ws(' | ', name, target_text, actual_text) AS evidence, coalesce(places.target, place) AS place, coalesce(locations.target, location) AS location,
       name || '（' || target_text || '）' AS detail
FROM active.indicators
WHERE row_kind = 'indicator' AND source = 'form' AND NOT is_placeholder AND target_kind = 'number'
UNION ALL BY NAME
SELECT report_id, 'T' || left(md5(printed || subject), 10) AS subject_key, coalesce(nullif(subject, ''), '正文金额') AS subject,
       bare AS failed, printed AS reported_value, '写明“万元”“亿元”' AS expected_value, NULL AS difference, min(text) AS evidence,
       joined_once(list(place)) AS place, min(location) AS location,
       coalesce(nullif(subject, '') || ' ', '') || printed AS detail
FROM (
  SELECT *, regexp_full_match(trim(printed), '.*\d\s*[万亿]') AND NOT contains(text, trim(printed) || '元') AS bare
  FROM active.statements
  WHERE quantity = 'amount' AND printed <> '' AND role NOT LIKE 'copy%'
)
GROUP BY report_id, printed, subject, bare
UNION ALL BY NAME
-- 工业用地750.31亩、居住用地653.64: a part without the unit that the parts beside it print.
SELECT report_id, 'P' || left(md5(printed || subject), 10) AS subject_key, coalesce(nullif(subject, ''), '分项') AS subject,
       TRUE AS failed, printed AS reported_value, '写明“' || any_value(unit ORDER BY statement_no) || '”' AS expected_value, NULL AS difference, min(text) AS evidence,
       string_agg(DISTINCT place, '、' ORDER BY place) AS place, min(location) AS location, subject || printed AS detail
FROM parts SEMI JOIN mixed USING (report_id, relation_no)
WHERE bare
GROUP BY report_id, printed, subject
