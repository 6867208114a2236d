/*
id: SCO-01
version: 2
class: A
severity: major
needs: [report]
title: 得分不小于零且不超过分值
title_en: A score lies between zero and its weight
basis: 财预〔2020〕10号：得分最高不超过该项指标分值
message: "{subject}：得分 {reported} {detail}（分值 {expected}）"
not_applicable: 没有同时填报分值和得分的指标
*/
WITH scored AS (
  SELECT report_id, 'R' || row_no AS subject_key, name AS subject, max_score, reported_score,
         concat_ws(' | ', name, nullif(target_text, ''), nullif(actual_text, ''), plain(max_score), texts.reported_score) AS evidence, coalesce(places.reported_score, place) AS place, coalesce(locations.reported_score, location) AS location
  FROM active.indicators
  UNION ALL
  SELECT report_id, 'L' || line_no, label, max_score, reported_score,
         concat_ws(' | ', label, plain(max_score), texts.reported_score), coalesce(places.reported_score, place), coalesce(locations.reported_score, location)
  FROM active.budget_lines WHERE is_total
  UNION ALL
  SELECT report_id, 'G' || group_no, label, max_score, reported_score, concat_ws(' | ', label, plain(max_score), reported_score_text), coalesce(reported_score_place, place), location
  FROM active.score_groups
), excess AS (
  -- One cause, one finding: what the rows are over by is not told again of the total above them.
  SELECT report_id, sum(over) AS of_rows
  FROM (SELECT report_id, reported_score - max_score AS over FROM active.indicators WHERE reported_score > max_score
        UNION ALL SELECT report_id, reported_score - max_score FROM active.budget_lines WHERE is_total AND reported_score > max_score)
  GROUP BY report_id
)
SELECT report_id, subject_key, subject,
       (reported_score > max_score AND NOT (starts_with(subject_key, 'G') AND reported_score - max_score <= coalesce(of_rows, 0))) OR reported_score < 0 AS failed,
       plain(reported_score) AS reported_value,
       plain(max_score) AS expected_value,
       CASE WHEN reported_score > max_score THEN plain(reported_score - max_score)
            WHEN reported_score < 0 THEN plain(reported_score) END AS difference,
       CASE WHEN reported_score > max_score THEN '超过分值 ' || plain(reported_score - max_score) || ' 分'
            WHEN reported_score < 0 THEN '为负数' END AS detail,
       evidence, place, location
FROM scored LEFT JOIN excess USING (report_id)
WHERE max_score IS NOT NULL AND reported_score IS NOT NULL
