/*
id: IND-03
version: 2
class: A
severity: minor
needs: [report]
title: 定性指标的完成值不是照抄目标值
title_en: A qualitative actual does not repeat its target
basis: 财预〔2020〕10号：定性指标应说明完成情况并按达成程度分档计分，照抄目标值无法判断达成程度
message: "{count}项定性指标的完成值照抄目标值，没有说明实际做到什么程度：{detail}"
not_applicable: 没有目标值和完成值均为文字的指标
suppressed_by: []
group: true
*/
WITH qualitative AS (
  SELECT *, regexp_replace(target_text, '[\s　。，,；;、：:“”"]', '', 'g') AS target_plain, regexp_replace(actual_text, '[\s　。，,；;、：:“”"]', '', 'g') AS actual_plain
  FROM active.indicators
  WHERE row_kind = 'indicator' AND NOT is_placeholder AND target_kind = 'qualitative' AND actual_kind = 'qualitative'
)
SELECT report_id, 'R' || row_no AS subject_key, name AS subject,
       target_plain = actual_plain AND NOT regexp_matches(target_plain, '[0-9０-９]')
         -- 合格, 达标, 无 answer the question by themselves.
         AND NOT regexp_full_match(target_plain, words('answers_in_one_word'))
         -- 全年无事故, 不发生安全事件 can only be told again.
         AND NOT regexp_matches(target_plain, '(无|零|未发生|不发生|不出现|未出现|杜绝|没有)[\x{4e00}-\x{9fff}]{0,8}(' || words('events_that_did_not_happen') || ')') AS failed,
       actual_text AS reported_value, '实际完成的情况' AS expected_value, NULL AS difference,
       concat_ws(' | ', name, target_text, actual_text, plain(reported_score)) AS evidence,
       coalesce(places.actual, place) AS place, coalesce(locations.actual, location) AS location,
       name || '（' || left(actual_text, 40) || '）' AS detail
FROM qualitative
