/*
id: XDC-03
version: 4
class: A
severity: major
needs: [report, budget]
title: 指标没有比批复增删
title_en: No indicator was deleted or added since approval
basis: 财预〔2020〕10号：自评以批复（调整）的绩效目标为准，不得自行增删指标
message: "与批复的绩效目标相比，{detail} {count} 项指标：{subject}"
not_applicable: 未提供该单位批复的绩效目标
group: false
*/
WITH approved AS (
  SELECT report_id, name, target_text, source_row, indicator_key(name) AS bare_name FROM active.approved_targets
  QUALIFY row_number() OVER (PARTITION BY report_id, bare_name ORDER BY source_row, target_text, name) = 1
), reports AS (
  SELECT r.* FROM active.reports AS r SEMI JOIN approved USING (report_id) WHERE r.kind = 'form'
), reported AS (
  SELECT i.report_id, i.row_no, i.name, i.place, i.location, i.target_text, indicator_key(i.name) AS bare_name
  FROM active.indicators AS i SEMI JOIN reports USING (report_id) WHERE i.source = 'form' AND i.row_kind = 'indicator' AND NOT i.is_placeholder
)
SELECT r.report_id, CASE WHEN i.report_id IS NULL THEN 'deleted' ELSE 'kept:' || a.bare_name END AS subject_key, a.name AS subject, i.report_id IS NULL AS failed,
       CASE WHEN i.report_id IS NULL THEN '无' ELSE i.name || ' ' || i.target_text END AS reported_value, a.name || ' ' || a.target_text AS expected_value, NULL AS difference,
       '缺少' AS detail,
       a.source_row AS evidence, coalesce(i.place, r.place) AS place, coalesce(i.location, r.location) AS location
FROM reports AS r
JOIN approved AS a USING (report_id)
LEFT JOIN (FROM reported QUALIFY row_number() OVER (PARTITION BY report_id, bare_name ORDER BY row_no) = 1) AS i ON i.report_id = a.report_id AND i.bare_name = a.bare_name
UNION ALL BY NAME
SELECT i.report_id, 'added' AS subject_key, i.name AS subject, TRUE AS failed, concat_ws(' ', i.name, i.target_text) AS reported_value, '无' AS expected_value, NULL AS difference,
       '多出' AS detail, concat_ws(' | ', i.name, i.target_text) AS evidence, i.place, i.location
FROM reported AS i
ANTI JOIN approved AS a ON a.report_id = i.report_id AND a.bare_name = i.bare_name
