/*
id: WGT-01
version: 1
class: A
severity: major
needs: [report]
title: 各项分值之和为100
title_en: All weights sum to 100
basis: 财预〔2020〕10号：自评总分为100分；自评系统分值合计校验
message: "各项分值之和为 {reported} 分，应为 {expected} 分，相差 {difference} 分（{detail}）"
not_applicable: 没有填报分值，或部分指标没有分值（另列）
suppressed_by: [CMP-03, EXT-05]
*/
WITH unweighted AS (
  SELECT i.report_id FROM active.indicators AS i
  ANTI JOIN (SELECT report_id, unnest(rows_covered) AS row_no FROM judge.scored_items WHERE max_score IS NOT NULL) AS c USING (report_id, row_no)
  WHERE i.source = 'form' AND i.row_kind = 'indicator' AND NOT i.is_placeholder AND i.name <> ''
  GROUP BY i.report_id
), parts AS (
  SELECT report_id, CASE level1_code WHEN 'execution' THEN '预算执行' WHEN 'output' THEN '产出' WHEN 'outcome' THEN '效益' WHEN 'satisfaction' THEN '满意度'
           WHEN 'cost' THEN '成本' WHEN 'management' THEN '管理' ELSE '其他' END AS part,
         min(CASE level1_code WHEN 'execution' THEN 0 WHEN 'cost' THEN 1 WHEN 'output' THEN 2 WHEN 'outcome' THEN 3 WHEN 'satisfaction' THEN 4 ELSE 5 END) AS part_order,
         sum(max_score) AS weight, count(*) AS items
  FROM judge.scored_items SEMI JOIN active.reports USING (report_id) WHERE max_score IS NOT NULL GROUP BY ALL
), sums AS (
  SELECT report_id, sum(weight)::DECIMAL(18,4) AS total, sum(items) AS items, bool_or(part = '预算执行') AS has_execution,
         string_agg(part || plain(weight::DECIMAL(18,4)), '、' ORDER BY part_order, part) AS shown
  FROM parts GROUP BY report_id
)
SELECT s.report_id, 'weights' AS subject_key, '分值' AS subject,
       -- nine tenths for the indicators and the rest for execution, which the form need not print
       s.total <> 100 AND (s.has_execution OR s.total + p.execution_weight <> 100) AS failed,
       plain(s.total) AS reported_value, '100' AS expected_value, plain(abs(s.total - 100)) AS difference,
       s.shown || CASE WHEN s.has_execution OR s.total = 100 THEN '' WHEN s.total + p.execution_weight = 100 THEN '；预算执行未写明分值'
                       WHEN p.execution_weight > 0 THEN '；预算执行未写明分值，连同通常的 ' || plain(p.execution_weight) || ' 分为 ' || plain((s.total + p.execution_weight)::DECIMAL(18,4)) ELSE '' END AS detail,
       s.shown AS evidence, r.place, r.location
FROM sums AS s
JOIN active.reports AS r USING (report_id)
JOIN judge.report_profiles AS rp USING (report_id)
JOIN judge.profiles AS p USING (profile_id)
ANTI JOIN unweighted AS u ON u.report_id = s.report_id
WHERE s.items >= 2
