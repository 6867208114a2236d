/*
id: EXE-07
version: 1
class: A
severity: query
needs: [report]
title: 指标得分率与执行率相称
title_en: Achievement does not run far ahead of execution
basis: 省级预算绩效管理系统自评预警：（指标得分率−执行得分率）÷指标得分率超过5%；川财绩〔2025〕10号：目标进度与执行进度相差超过10%预警
message: "指标得分率 {reported}，预算执行率 {expected}，相差 {difference}：钱没有花完而目标基本完成，请核实目标或预算是否偏宽"
not_applicable: 没有同时填报指标得分和执行率
suppressed_by: [EXE-03, EXE-08, CMP-03]
note: 相差超过 10 个百分点并超过指标得分率的 5% 才提示
*/
WITH indicators AS (
  SELECT report_id, sum(reported_score) AS score, sum(max_score) AS weight, count(*) FILTER (reported_score IS NULL OR max_score IS NULL) AS open_items
  FROM judge.scored_items SEMI JOIN active.reports USING (report_id) WHERE kind <> 'execution' GROUP BY report_id
), compared AS (
  SELECT b.report_id, b.line_no, b.label, b.places, b.place, b.locations, b.location, s.execution_rate, exact_ratio(i.score, i.weight) AS share
  FROM active.budget_lines AS b
  JOIN judge.budget_scores AS s USING (report_id, line_no)
  JOIN indicators AS i USING (report_id)
  WHERE b.is_total AND s.execution_rate BETWEEN 0 AND 1 AND i.open_items = 0 AND i.weight > 0
  QUALIFY row_number() OVER (PARTITION BY b.report_id ORDER BY b.line_no) = 1
)
SELECT report_id, 'L' || line_no AS subject_key, label AS subject,
       share - execution_rate > 0.1 AND (share - execution_rate) * 20 > share AS failed,
       percent(share, 2) AS reported_value, percent(execution_rate, 2) AS expected_value,
       plain(half_up((share - execution_rate) * 100, 2)) || '个百分点' AS difference,
       NULL AS evidence, coalesce(places.execution_rate, place) AS place, coalesce(locations.execution_rate, location) AS location
FROM compared
