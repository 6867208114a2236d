/*
id: DEV-05
version: 5
class: A
severity: query
needs: [report]
title: 已完成的指标不应再填偏差原因
title_en: A reason is given although the target was met
basis: 自评审核要点：偏差原因应与未完成或偏差较大的指标对应
message: "{subject}：目标值 {expected}，完成值 {reported}，已完成且得满分，却填写了偏差原因“{detail}”，请核实"
not_applicable: 没有填写偏差原因
suppressed_by: [CMP-03]
group: false
*/
SELECT i.report_id, 'R' || i.row_no AS subject_key, i.name AS subject,
       s.outcome = 'met' AND (i.max_score IS NULL OR i.reported_score IS NULL OR i.reported_score >= i.max_score)
         -- 已完成, 无偏差 in the reason column is no reason; why a target is far exceeded is asked for.
         AND CASE WHEN regexp_matches(i.variance_reason, '(未|没有|没能|难以)能?(够)?(按期|按时|如期|全部|全面|完全|充分|及时)?(完成|达到|达标|实现|达成|开展|到位)|完成率不足|滞后|延误|推迟|受阻|缓慢|流标')
                  THEN coalesce(s.achievement, 1) < 1.3 OR NOT regexp_matches(i.variance_reason, '超|增加|新增|上年|上一年|去年|结转|跨年|提高|调整|偏低|较低')
                  ELSE coalesce(s.achievement, 1) < 1.3
                    AND NOT regexp_matches(i.variance_reason, '无偏差|没有偏差|已(经)?(全部)?(按(时|期))?(完成|达标|实现)|完成(目标|任务|年度)|达到(预期|目标)|达成|超额|继续|保持|不存在|正常|无$|^\s*(详见|见附|参见|备查)') END AS failed,
       i.actual_text AS reported_value, i.target_text AS expected_value, NULL AS difference,
       concat_ws(' | ', i.name, i.target_text, i.actual_text, plain(i.reported_score), i.variance_reason) AS evidence,
       coalesce(i.places.variance_reason, i.place) AS place, coalesce(i.locations.variance_reason, i.location) AS location,
       left(i.variance_reason, 60) AS detail
-- A printed cell breaks its words over lines anywhere: 未 and 完成 below it are one word.
FROM (SELECT * REPLACE (regexp_replace(variance_reason, '\s+', '', 'g') AS variance_reason) FROM active.indicators WHERE is_filled(variance_reason)) AS i
JOIN judge.indicator_scores AS s USING (report_id, row_no)
WHERE i.row_kind = 'indicator' AND i.source = 'form' AND NOT i.is_placeholder AND s.outcome IN ('met', 'unmet')
