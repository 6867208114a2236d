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
not_applicable: 正文表格中没有与自评表对应的指标
suppressed_by: []
group: true
*/
WITH form_rows AS (
  SELECT report_id, row_no, name, place, regexp_replace(target_text, '\s', '', 'g') AS target_plain, regexp_replace(actual_text, '\s', '', 'g') AS actual_plain,
         regexp_replace(regexp_replace(name, '[（(][^（）()]*[）)]', '', 'g'), '[\s　“”"‘’《》、，,.。:：★*]', '', 'g') AS form_name
  FROM active.indicators WHERE source = 'form' AND row_kind = 'indicator' AND NOT is_placeholder
), copies AS (
  SELECT report_id, subject, indicator_row_no, min(place) AS place, min(location) AS location,
         min_by(regexp_replace(printed, '\s', '', 'g'), statement_no) FILTER (role = 'copy_target') AS target_plain,
         min_by(regexp_replace(printed, '\s', '', 'g'), statement_no) FILTER (role = 'copy_actual') AS actual_plain,
         regexp_replace(regexp_replace(subject, '[（(][^（）()]*[）)]', '', 'g'), '[\s　“”"‘’《》、，,.。:：★*]', '', 'g') AS told_name
  FROM active.statements WHERE role IN ('copy_target', 'copy_actual') AND subject <> ''
  GROUP BY report_id, subject, indicator_row_no
), matched AS (
  SELECT c.*, f.row_no, f.name, f.form_name
  FROM copies AS c JOIN form_rows AS f ON f.report_id = c.report_id AND f.row_no = c.indicator_row_no
  UNION ALL
  -- A copy whose name was too far off to be matched, but whose target and actual are those of the one row left without a copy.
  SELECT c.*, f.row_no, f.name, f.form_name
  FROM copies AS c
  JOIN form_rows AS f ON f.report_id = c.report_id AND f.target_plain = c.target_plain AND f.actual_plain = c.actual_plain
  WHERE c.indicator_row_no IS NULL AND c.target_plain <> '' AND c.actual_plain <> ''
    AND left(f.form_name, 2) = left(c.told_name, 2) AND jaro_winkler_similarity(f.form_name, c.told_name) >= 0.7
    AND NOT EXISTS (SELECT 1 FROM copies AS o WHERE o.report_id = f.report_id AND o.indicator_row_no = f.row_no)
  QUALIFY count(*) OVER (PARTITION BY c.report_id, c.subject) = 1
)
SELECT report_id, 'R' || row_no AS subject_key, name AS subject, form_name <> told_name AS failed,
       subject AS reported_value, name AS expected_value, NULL AS difference, '自评表“' || name || '”，正文“' || subject || '”' AS evidence,
       place, location, '自评表为“' || name || '”，正文为“' || subject || '”' AS detail
FROM matched
QUALIFY row_number() OVER (PARTITION BY report_id, row_no, form_name <> told_name ORDER BY told_name, subject, place, location) = 1
