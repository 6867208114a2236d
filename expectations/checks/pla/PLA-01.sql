/*
id: PLA-01
version: 1
class: B
severity: query
needs: [report]
title: 资金已支出而核心产出为零
title_en: Money spent, core output zero
basis: 自评审核要点：预算执行与产出应匹配，执行率高而核心产出为零的应核实资金去向
message: "{count}项产出为零而资金已支出，请核实相关资金使用情况：{detail}"
not_applicable: 没有产出指标的目标值和完成值
suppressed_by: [CMP-03]
group: true
*/
WITH spent AS (
  SELECT b.report_id, min_by(b.executed_yuan, b.line_no) AS executed, min_by(s.execution_rate, b.line_no) AS rate
  FROM active.budget_lines AS b LEFT JOIN judge.budget_scores AS s USING (report_id, line_no)
  WHERE b.is_total AND b.executed_yuan > 0 GROUP BY b.report_id
), told AS (
  SELECT report_id, max(value_yuan) AS executed FROM active.statements
  WHERE quantity = 'amount' AND value_yuan > 0 AND regexp_matches(subject, '支出决算|决算支出|实际支出|执行数|总支出') AND NOT regexp_matches(subject, '项目支出|基本支出')
  GROUP BY report_id
)
SELECT i.report_id, 'R' || i.row_no AS subject_key, i.name AS subject,
       i.actual_value = 0 AND coalesce(i.target_value, i.target_low, 0) > 0 AS failed,
       i.actual_text AS reported_value, i.target_text AS expected_value,
       coalesce('已支出 ' || wan(coalesce(s.executed, t.executed)) || coalesce('（执行率 ' || percent(s.rate, 2) || '）', ''), '支出未写明') AS difference,
       concat_ws(' | ', i.level2, i.name, i.target_text, i.actual_text) AS evidence, coalesce(i.places.actual, i.place) AS place, coalesce(i.locations.actual, i.location) AS location,
       i.name || '（目标 ' || i.target_text || '，完成 ' || i.actual_text || '；资金'
         || coalesce('已支出 ' || wan(coalesce(s.executed, t.executed)) || coalesce('，执行率 ' || percent(s.rate, 2), ''), '支出未写明') || '）' AS detail
FROM active.indicators AS i LEFT JOIN spent AS s USING (report_id) LEFT JOIN told AS t USING (report_id)
WHERE i.row_kind = 'indicator' AND NOT i.is_placeholder AND i.level1_code = 'output' AND i.direction <> 'down'
  AND i.dimension IN ('quantity', 'quality') AND coalesce(i.comparator, 'EQ') NOT IN ('LE', 'LT')
  AND i.target_kind IN ('number', 'range') AND i.actual_kind = 'number'
  AND NOT regexp_matches(i.name, words('bad_events'))
