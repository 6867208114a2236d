/*
id: VAL-07
version: 2
class: A
severity: minor
needs: [report]
title: 实际完成值是确定的数，不带比较符号
title_en: No comparator inside an actual
basis: 自评审核要点：实际完成值应填写实际达到的数值，“≥”“以上”等属目标值写法
message: "{subject}：实际完成值“{reported}”带有比较符号或范围用语，应填写确切数值"
not_applicable: 没有定量的实际完成值
suppressed_by: [CMP-03]
group: false
*/
SELECT report_id, 'R' || row_no AS subject_key, name AS subject,
       coalesce(actual_comparator, '') IN ('GE', 'GT', 'LE', 'LT')
         AND regexp_matches(actual_text, '[≥≧⩾>＞≤≦⩽<＜]|不少于|不低于|不超过|不高于|不多于|不小于|不大于|以上|以下|以内|之内|大于|小于|多于|少于|超过|至少|至多|最多|控制在') AS failed,
       actual_text AS reported_value, '确切数值' AS expected_value, NULL AS difference,
       concat_ws(' | ', name, target_text, actual_text) AS evidence, coalesce(places.actual, place) AS place, coalesce(locations.actual, location) AS location
FROM active.indicators
WHERE row_kind = 'indicator' AND source = 'form' AND NOT is_placeholder AND actual_kind IN ('number', 'range', 'ratio', 'duration', 'date')
  AND actual_text <> ''
