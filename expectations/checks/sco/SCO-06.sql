/*
id: SCO-06
version: 1
class: A
severity: blocker
needs: [report]
title: 填报总分和等级
title_en: Total and grade are given
basis: 财预〔2020〕10号：自评结果以总分和等级反映
message: "{subject}未填报{detail}"
not_applicable: 表式不设分值和得分
note: 没有等级栏的表不要求等级；整张表未填的由其他检查列出
*/
WITH scored AS (
  SELECT report_id, count(*) AS items, count(reported_score) AS scores, sum(max_score)::DECIMAL(18,4) AS weights, sum(reported_score)::DECIMAL(18,4) AS total
  FROM judge.scored_items SEMI JOIN active.reports USING (report_id) GROUP BY report_id
), filled AS (
  SELECT report_id FROM active.budget_lines WHERE executed_yuan IS NOT NULL
  UNION SELECT report_id FROM active.indicators WHERE is_filled(actual_text)
), total_cells AS (
  SELECT report_id, arg_min(coalesce(reported_score_place, place), group_no) AS place, arg_min(location, group_no) AS location
  FROM active.score_groups WHERE kind = 'total' GROUP BY report_id
), grade_cells AS (
  SELECT report_id, min(place) AS place, min(location) AS location FROM active.header_fields WHERE regexp_matches(field, 'grade') GROUP BY report_id
)
SELECT r.report_id, 'total' AS subject_key, '自评总分' AS subject, r.reported_score_total IS NULL AS failed, NULL AS severity,
       coalesce(plain(r.reported_score_total), '空白') AS reported_value, '总分' AS expected_value, NULL AS difference,
       CASE WHEN r.reported_score_total IS NULL AND s.scores > 0 THEN '（印出的 ' || s.scores || ' 项得分合计 ' || plain(s.total) || '）' ELSE '' END AS detail,
       NULL AS evidence, coalesce(t.place, r.place) AS place, coalesce(t.location, r.location) AS location
FROM active.reports AS r
JOIN scored AS s USING (report_id)
LEFT JOIN total_cells AS t USING (report_id)
WHERE s.items >= 2 AND (s.scores > 0 OR r.report_id IN (SELECT report_id FROM filled))
UNION ALL BY NAME
SELECT r.report_id, 'grade' AS subject_key, '自评等级' AS subject, NOT is_filled(r.reported_grade) AS failed, 'minor' AS severity,
       or_blank(r.reported_grade) AS reported_value, '等级' AS expected_value, NULL AS difference, '' AS detail, NULL AS evidence,
       coalesce(g.place, r.place) AS place, coalesce(g.location, r.location) AS location
FROM active.reports AS r
JOIN grade_cells AS g USING (report_id)
WHERE r.reported_score_total IS NOT NULL
