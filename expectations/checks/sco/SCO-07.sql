/*
id: SCO-07
version: 1
class: A
severity: minor
needs: [report]
title: 等级与总分相符
title_en: The grade agrees with the total
basis: 财预〔2020〕10号：90分（含）以上为优、80分（含）至90分为良、60分（含）至80分为中、60分以下为差
message: "总分 {detail}，等级应为“{expected}”，填报为“{reported}”"
not_applicable: 没有同时填报总分和等级
suppressed_by: [SCO-06]
*/
WITH graded AS (
  SELECT r.report_id, r.reported_score_total, r.reported_grade, r.place, r.location,
         list_filter(p.grade_edges, lambda e: r.reported_score_total >= e.at_least)[1].grade AS expected,
         CASE WHEN regexp_matches(r.reported_grade, '优') THEN '优' WHEN regexp_matches(r.reported_grade, '良') THEN '良'
              WHEN regexp_matches(r.reported_grade, '中') THEN '中' WHEN regexp_matches(r.reported_grade, '差') THEN '差' END AS printed
  FROM active.reports AS r
  JOIN judge.report_profiles AS rp USING (report_id)
  JOIN judge.profiles AS p USING (profile_id)
  WHERE r.reported_score_total IS NOT NULL AND is_filled(r.reported_grade) AND coalesce(r.max_score_total, 100) = 100
)
SELECT g.report_id, 'grade' AS subject_key, '等级' AS subject, g.printed <> g.expected AS failed,
       g.reported_grade AS reported_value, g.expected AS expected_value, NULL AS difference, plain(g.reported_score_total) AS detail,
       g.reported_grade AS evidence, coalesce(h.place, g.place) AS place, coalesce(h.location, g.location) AS location
FROM graded AS g
LEFT JOIN (SELECT report_id, min(place) AS place, min(location) AS location FROM active.header_fields WHERE regexp_matches(field, 'grade') GROUP BY report_id) AS h USING (report_id)
WHERE g.printed IS NOT NULL AND g.expected IS NOT NULL
