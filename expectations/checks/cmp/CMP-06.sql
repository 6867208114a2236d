/*
id: CMP-06
version: 3
class: A
severity: major
needs: [report]
title: 计分的指标有实际完成值
title_en: A counted indicator has an actual value
basis: 财预〔2020〕10号：得分应以实际完成值为依据；没有完成值的指标不得计分
message: "{subject}：{detail}"
not_applicable: 没有计分或列举的指标
suppressed_by: [IND-02, SAT-02]
group: false
*/
WITH merged AS (
  -- One score over several rows counts each of them.
  SELECT report_id, score_group, max(reported_score) AS score FROM active.indicators WHERE score_group IS NOT NULL GROUP BY report_id, score_group
)
SELECT i.report_id, 'R' || i.row_no AS subject_key, i.name AS subject,
       NOT is_filled(i.actual_text) AND NOT says_none(i.name, i.actual_text) AND i.actual_kind IN ('blank', 'marker', 'placeholder') AS failed,
       or_blank(i.actual_text) AS reported_value, '有实际完成值' AS expected_value, NULL AS difference,
       concat_ws(' | ', i.level2, i.name, or_blank(i.target_text), or_blank(i.actual_text), plain(coalesce(i.reported_score, m.score))) AS evidence,
       coalesce(i.places.actual, i.place) AS place, coalesce(i.locations.actual, i.location) AS location,
       CASE WHEN i.source = 'narrative' THEN '已列入完成情况，但没有写明完成值'
            ELSE '实际完成值为' || or_blank(i.actual_text) || CASE WHEN i.score_group IS NULL THEN '，却计了 ' ELSE '，却与同组各项合计了 ' END || plain(coalesce(i.reported_score, m.score)) || ' 分' END AS detail
FROM active.indicators AS i LEFT JOIN merged AS m USING (report_id, score_group)
WHERE i.row_kind = 'indicator' AND NOT i.is_placeholder AND i.name <> ''
  AND ((i.source = 'form' AND coalesce(i.reported_score, m.score) > 0) OR i.source = 'narrative')
  -- A table of standards and scores has no column for actuals.
  AND NOT (i.source = 'form' AND i.target_text = '' AND i.actual_text = '' AND i.texts.target IS NULL AND i.texts.actual IS NULL)
