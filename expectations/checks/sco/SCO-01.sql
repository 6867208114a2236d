/*
id: SCO-01
version: 3
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
), over AS (
  SELECT report_id, row_no, reported_score - max_score AS points FROM active.indicators WHERE reported_score > max_score
  UNION ALL
  SELECT report_id, NULL, reported_score - max_score FROM active.budget_lines WHERE is_total AND reported_score > max_score
), excess AS (
  -- One cause, one finding: what its own rows are over by is not told again of a group; the total has all rows, and so may a group whose rows are
  -- not known.
  SELECT g.report_id, 'G' || g.group_no AS subject_key, sum(o.points) AS of_rows
  FROM active.score_groups AS g
  JOIN over AS o ON o.report_id = g.report_id AND (g.kind = 'total' OR len(coalesce(g.members, [])) = 0 OR list_contains(g.members, o.row_no))
  WHERE g.reported_score > g.max_score
  GROUP BY g.report_id, g.group_no
)
SELECT report_id, subject_key, subject,
       (reported_score > max_score AND reported_score - max_score > coalesce(of_rows, 0)) OR reported_score < 0 AS failed,
       plain(reported_score) AS reported_value,
       plain(max_score) AS expected_value,
       CASE WHEN reported_score > max_score THEN plain(reported_score - max_score)
            WHEN reported_score < 0 THEN plain(reported_score) END AS difference,
       CASE WHEN reported_score > max_score THEN '超过分值 ' || plain(reported_score - max_score) || ' 分'
            WHEN reported_score < 0 THEN '为负数' END AS detail,
       evidence, place, location
FROM scored LEFT JOIN excess USING (report_id, subject_key)
WHERE max_score IS NOT NULL AND reported_score IS NOT NULL
