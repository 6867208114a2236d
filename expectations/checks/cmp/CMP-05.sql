/*
id: CMP-05
version: 2
class: A
severity: major
needs: [report]
title: 每项指标都有目标值
title_en: Every indicator has a target
basis: 财预〔2020〕10号：绩效指标应有年度指标值；自评系统必录项（年度指标值）
message: "{count}项指标没有年度指标值：{subject}"
not_applicable: 没有可逐项核对的指标
suppressed_by: [CMP-08]
group: true
*/
SELECT report_id, 'R' || row_no AS subject_key, name AS subject,
       NOT is_filled(target_text) AND NOT says_none(name, target_text) AND target_kind IN ('blank', 'marker') AS failed,
       or_blank(target_text) AS reported_value, '有目标值' AS expected_value, NULL AS difference,
       concat_ws(' | ', level2, name, or_blank(target_text), or_blank(left(actual_text, 120))) AS evidence,
       coalesce(places.target, place) AS place, coalesce(locations.target, location) AS location
FROM active.indicators
WHERE row_kind = 'indicator' AND NOT is_placeholder AND name <> ''
  -- A named row with nothing in it at all is CMP-03's.
  AND (source = 'narrative' OR is_filled(target_text) OR is_filled(actual_text) OR reported_score IS NOT NULL)
  -- A table of standards and scores has no column for targets.
  AND NOT (source = 'form' AND reported_score IS NOT NULL AND target_text = '' AND actual_text = '' AND texts.target IS NULL AND texts.actual IS NULL)
