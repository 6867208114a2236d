/*
id: SCO-05
version: 1
class: A
severity: major
needs: [report]
title: 未完成的指标不得满分
title_en: An unmet indicator does not get full marks
basis: 财预〔2020〕10号：未完成年度目标的按完成比例计分
message: "{subject}：目标 {expected}，实际 {reported}，未完成却得满分 {evidence} 分。{detail}"
not_applicable: 没有能判定未完成的指标
suppressed_by: [VAL-01, SCO-01]
*/
SELECT i.report_id, 'R' || i.row_no AS subject_key, i.name AS subject,
       s.outcome = 'unmet' AND i.reported_score >= i.max_score AND coalesce(s.achievement, 0) < 1 AND i.max_score > 0 AS failed,
       or_blank(left(i.actual_text, 40)) AS reported_value, or_blank(left(i.target_text, 40)) AS expected_value,
       CASE WHEN s.high < i.reported_score THEN plain(i.reported_score - s.high) END AS difference,
       s.explanation AS detail, plain(i.reported_score) AS evidence,
       coalesce(i.places.reported_score, i.place) AS place, coalesce(i.locations.reported_score, i.location) AS location
FROM active.indicators AS i
JOIN judge.indicator_scores AS s USING (report_id, row_no)
WHERE s.outcome IN ('met', 'unmet') AND i.max_score IS NOT NULL AND i.reported_score IS NOT NULL AND i.score_group IS NULL
