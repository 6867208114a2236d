/*
id: XDC-01
version: 1
class: A
severity: blocker
needs: [report, budget]
title: 目标值与批复的目标值一致
title_en: The target equals the approved one
basis: 财预〔2020〕10号：自评以批复（调整）的绩效目标为准，不得自行调整
message: "{subject}：自评表目标值 {reported}，批复目标值 {expected}"
not_applicable: 未提供该单位批复的绩效目标
*/
WITH approved AS (
  SELECT *, regexp_replace(name, '[\s　（）()“”"、，,]|指标\d+[：:]', '', 'g') AS bare_name, regexp_replace(target_text, '[\s　]', '', 'g') AS bare_text FROM raw.approved_targets
), reported AS (
  SELECT i.*, r.unit_name, r.fiscal_year, r.project_name, regexp_replace(i.name, '[\s　（）()“”"、，,]|指标\d+[：:]', '', 'g') AS bare_name,
         regexp_replace(i.target_text, '[\s　]', '', 'g') AS bare_text
  FROM active.indicators AS i JOIN active.reports AS r USING (report_id) WHERE i.source = 'form' AND NOT i.is_placeholder AND i.target_text <> ''
)
SELECT i.report_id, 'R' || i.row_no AS subject_key, i.name AS subject,
       i.bare_text <> a.bare_text AND NOT coalesce(i.target_value = a.target_value, FALSE) AS failed,
       i.target_text AS reported_value, a.target_text AS expected_value,
       plain(abs(i.target_value - a.target_value)) AS difference, coalesce(a.source_row, a.target_text) AS evidence,
       coalesce(i.places.target, i.place) AS place, coalesce(i.locations.target, i.location) AS location
FROM reported AS i
JOIN approved AS a ON a.unit_name = i.unit_name AND a.fiscal_year = i.fiscal_year AND a.project_name IS NOT DISTINCT FROM i.project_name AND a.bare_name = i.bare_name
