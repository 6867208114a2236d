/*
id: NAR-07
version: 1
class: A
severity: minor
needs: [report]
title: 指标名称前后一致
title_en: Indicator names do not drift
basis: 自评表、自评报告和批复的绩效目标应使用同一指标名称
message: "{count}项指标名称前后不一：{detail}"
not_applicable: 文字或正文表格中没有与自评表对应的指标
suppressed_by: []
group: true
*/
WITH names AS (
  SELECT s.report_id, s.indicator_row_no AS row_no, i.name, s.subject, s.place, s.location, s.text, i.place AS form_place,
         regexp_replace(regexp_replace(i.name, '[（(][^（）()]*[）)]', '', 'g'), '[\s　“”"‘’《》、，,.。:：★*]', '', 'g') AS form_name,
         regexp_replace(regexp_replace(s.subject, '[（(][^（）()]*[）)]', '', 'g'), '[\s　“”"‘’《》、，,.。:：★*]', '', 'g') AS told_name
  FROM active.statements AS s JOIN active.indicators AS i ON i.report_id = s.report_id AND i.row_no = s.indicator_row_no
  WHERE i.source = 'form' AND s.role IN ('copy_target', 'copy_actual')
), pairs AS (
  SELECT report_id, row_no, any_value(name) AS name, form_name, told_name, string_agg(DISTINCT place, '、' ORDER BY place) AS place,
         min(location) AS location, min(subject) AS subject, min(form_place) AS form_place
  FROM names WHERE told_name <> '' GROUP BY report_id, row_no, form_name, told_name
)
SELECT report_id, 'R' || row_no AS subject_key, name AS subject, form_name <> told_name AS failed,
       subject AS reported_value, name AS expected_value, NULL AS difference, '自评表“' || name || '”，正文“' || subject || '”' AS evidence,
       place, location, '自评表为“' || name || '”，正文为“' || subject || '”' AS detail
FROM pairs
QUALIFY row_number() OVER (PARTITION BY report_id, row_no, form_name <> told_name ORDER BY told_name) = 1
