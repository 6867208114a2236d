/*
id: EXT-05
version: 1
class: A
severity: major
needs: [report]
title: 写在名称和标题里的分值已读出
title_en: Weights printed in names and headings are read
basis: 各地自评表式样：分值可写在指标名称、一级指标标题或单独一栏
message: "{subject}：名称中写有分值“{reported}”，没有读出，请核对"
not_applicable: 没有分值写在名称里的指标
suppressed_by: []
group: false
*/
WITH printed_weights AS (
  SELECT report_id, 'R' || row_no AS subject_key, name AS subject, max_score, texts.name AS printed, coalesce(places.name, place) AS place,
         coalesce(locations.name, location) AS location, regexp_extract(texts.name, '[（(]\s*(\d{1,3}(\.\d+)?)\s*分\s*[）)]', 1) AS weight_text
  FROM active.indicators WHERE NOT is_placeholder AND row_kind IN ('indicator', 'category') AND source = 'form'
  UNION ALL
  SELECT report_id, 'G' || group_no, label, max_score, label, place, location, regexp_extract(label, '[（(]\s*(\d{1,3}(\.\d+)?)\s*分\s*[）)]', 1)
  FROM active.score_groups
)
SELECT report_id, subject_key, subject, max_score IS NULL AS failed, weight_text || '分' AS reported_value, plain(max_score) AS expected_value,
       NULL AS difference, printed AS evidence, place, location
FROM printed_weights WHERE weight_text <> ''
