/*
id: YOY-01
version: 1
class: A
severity: query
needs: [report, last_year]
title: 目标值不低于上年实际完成值
title_en: The target is not below last year's actual
basis: 财预〔2020〕10号：绩效目标应合理可行，参考历史完成情况；目标明显偏低的核减得分
message: "{subject}：目标值 {reported}，低于上年实际完成值 {expected}（差 {difference}），请说明理由"
not_applicable: 没有上年同名指标可比
*/
SELECT i.report_id, 'R' || i.row_no AS subject_key, i.name AS subject,
       CASE WHEN coalesce(i.comparator IN ('LE', 'LT'), FALSE) OR i.direction = 'down' THEN i.target_value > l.actual_value ELSE i.target_value < l.actual_value END AS failed,
       i.target_text AS reported_value, l.actual_text AS expected_value,
       CASE WHEN i.target_dimension = 'percent' THEN plain(abs(l.actual_value - i.target_value) * 100) || '个百分点' ELSE plain(abs(l.actual_value - i.target_value)) || coalesce(i.target_unit, '') END AS difference,
       last_year || '年：目标 ' || l.target_text || '，实际 ' || l.actual_text AS evidence,
       coalesce(i.places.target, i.place) AS place, coalesce(i.locations.target, i.location) AS location
FROM active.last_reports AS p
JOIN active.indicators AS i ON i.report_id = p.report_id
JOIN active.last_indicators AS l ON l.last_report_id = p.last_report_id AND mart.name_key(l.name) = mart.name_key(i.name)
  AND mart.name_key(coalesce(l.level2, i.level2)) = mart.name_key(i.level2)
WHERE i.target_kind = 'number' AND l.actual_kind = 'number' AND i.target_value IS NOT NULL AND l.actual_value IS NOT NULL
  AND i.target_dimension IS NOT DISTINCT FROM l.actual_dimension AND i.target_base IS NOT DISTINCT FROM l.actual_base
QUALIFY count(*) OVER (PARTITION BY i.report_id, i.row_no) = 1
