/*
id: PLA-02
version: 1
class: A
severity: query
needs: [report]
title: 不是全部指标满分
title_en: Not every indicator at full marks
basis: 自评审核要点：全部指标均得满分的自评结果应重点复核
message: "全部 {reported} 项指标均得满分，请重点复核目标是否偏低、完成值是否属实"
not_applicable: 计分的指标少于5项
suppressed_by: []
group: false
*/
SELECT report_id, 'report-full' AS subject_key, '自评得分' AS subject, count(*) = count(*) FILTER (reported_score >= max_score) AS failed,
       count(*) FILTER (reported_score >= max_score)::VARCHAR AS reported_value, count(*)::VARCHAR || '项计分' AS expected_value, NULL AS difference,
       '得分 ' || plain(sum(reported_score)) || '，分值 ' || plain(sum(max_score)) AS evidence,
       min_by(coalesce(places.reported_score, place), row_no) AS place, min_by(coalesce(locations.reported_score, location), row_no) AS location
FROM active.indicators
WHERE row_kind = 'indicator' AND NOT is_placeholder AND max_score > 0 AND reported_score IS NOT NULL
GROUP BY report_id
HAVING count(*) >= 5
