/*
id: EXT-05
version: 3
class: A
severity: major
needs: [report]
title: 写在名称和标题里的分值已读出，且与分值栏一致
title_en: Weights printed in names and headings are read and agree with the column of weights
basis: 各地自评表式样：分值可写在指标名称、一级指标标题或单独一栏；同一指标的分值只有一个
message: "{subject}：名称中写有分值“{reported}”，{detail}"
not_applicable: 没有分值写在名称里的指标
suppressed_by: []
group: false
note: 名称统一印作（100分）、另有权重栏折算的，不作比较；标题所印分值与下级分值之和由 WGT-02 核对
*/
WITH printed_weights AS (
  -- （分值4分）may be broken over two lines of its cell.
  SELECT report_id, 'R' || row_no AS subject_key, name AS subject, max_score, texts.name AS printed, coalesce(places.name, place) AS place,
         coalesce(locations.name, location) AS location, row_kind = 'indicator' AND score_group IS NULL AS compared,
         regexp_extract(regexp_replace(texts.name, '\s+', '', 'g'), '[（(【〔\[]\s*(?:(?:满分|权重|分值|标准分|本项|共|计)\s*[:：]?\s*(\d{1,3}(?:\.\d+)?)\s*分?|(\d{1,3}(?:\.\d+)?)\s*分)\s*[）)】〕\]]\s*$', ['own', 'bare']) AS found
  FROM active.indicators
  WHERE NOT is_placeholder AND row_kind IN ('indicator', 'category') AND source = 'form' AND (contains(texts.name, '分') OR contains(texts.name, '权重'))
  UNION ALL
  SELECT report_id, 'G' || group_no, label, max_score, label, place, location, FALSE, {'own': '', 'bare': regexp_extract(label, '[（(]\s*(\d{1,3}(\.\d+)?)\s*分\s*[）)]', 1)}
  FROM active.score_groups
), weighted AS (
  SELECT *, coalesce(nullif(found.own, ''), found.bare) AS weight_text FROM printed_weights WHERE found.own <> '' OR found.bare <> ''
), told AS (
  SELECT *, weight_text::DECIMAL(18,4) AS weight, bool_and(max_score IS NOT NULL) OVER (PARTITION BY report_id) AS all_read FROM weighted
)
SELECT report_id, subject_key, subject,
       -- Where some row has no weight at all, one cell of weights may be merged over several names.
       max_score IS NULL OR (compared AND all_read AND weight <> max_score AND weight <> 100) AS failed,
       weight_text || '分' AS reported_value, plain(max_score) AS expected_value,
       plain(abs(weight - max_score)) AS difference,
       CASE WHEN max_score IS NULL THEN '没有读出，请核对' ELSE '分值栏为 ' || plain(max_score) || ' 分，请核对' END AS detail,
       printed AS evidence, place, location
FROM told
