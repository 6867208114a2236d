/*
id: VAL-08
version: 1
class: A
severity: major
needs: [report]
title: 定量目标有定量的完成值
title_en: A quantitative target has a quantitative actual
basis: 财预〔2020〕10号：定量指标按完成比例计分，实际完成值应为数值
message: "{subject}：目标值“{expected}”是定量的，实际完成值只写“{reported}”，请填写数值"
not_applicable: 没有定量目标的指标，或完成值未填
suppressed_by: [CMP-03]
group: false
*/
SELECT report_id, 'R' || row_no AS subject_key, name AS subject,
       actual_kind = 'qualitative' AND NOT regexp_matches(actual_text, '[0-9０-９]|[一二两三四五六七八九十百千]+(个|次|份|项|家|人|场|宗|处|条|部|期|名|户|天|月|亩|件|批)') AS failed,
       -- 全覆盖, 全部完成 say 100 % in words: ask, do not refuse.
       CASE WHEN target_value = 1 AND target_dimension = 'percent' AND regexp_matches(actual_text, '全') THEN 'query' END AS severity,
       actual_text AS reported_value, target_text AS expected_value, NULL AS difference,
       concat_ws(' | ', name, target_text, actual_text) AS evidence, coalesce(places.actual, place) AS place, coalesce(locations.actual, location) AS location
FROM active.indicators
WHERE row_kind = 'indicator' AND source = 'form' AND NOT is_placeholder AND target_kind IN ('number', 'range', 'ratio', 'duration')
  AND is_filled(actual_text)
