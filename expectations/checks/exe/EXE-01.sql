/*
id: EXE-01
version: 2
class: A
severity: major
needs: [report]
title: 填报预算执行率和执行得分
title_en: Execution rate and its score are reported
basis: 财预〔2020〕10号：自评应反映预算执行情况，执行率及得分为自评表固定内容
message: "{subject}未填报{detail}"
not_applicable: 没有预算执行内容，或表式不设执行率和得分
suppressed_by: [CMP-04, CMP-03, CMP-02]
*/
WITH form_lines AS (
  SELECT b.report_id, b.line_no, b.label, b.place, b.location,
         b.reported_execution_rate IS NOT NULL OR is_filled(b.texts.execution_rate) AS has_rate, b.texts.execution_rate IS NULL AS no_rate_cell,
         b.texts.reported_score IS NULL AND g.report_id IS NULL AS no_score_cell,
         b.reported_score IS NOT NULL OR g.reported_score IS NOT NULL AS has_score,
         b.max_score IS NOT NULL OR g.report_id IS NOT NULL OR b.texts.reported_score IS NOT NULL AS is_scored
  FROM active.budget_lines AS b
  JOIN active.reports AS r USING (report_id)
  LEFT JOIN (SELECT report_id, max(reported_score) AS reported_score FROM active.score_groups WHERE kind = 'execution' GROUP BY report_id) AS g USING (report_id)
  WHERE r.kind = 'form' AND b.is_total AND b.executed_yuan IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY b.report_id ORDER BY b.line_no) = 1
), told AS (
  SELECT report_id, bool_or(quantity = 'rate' AND regexp_matches(subject || text, '执行率|支出进度|执行进度')) AS has_rate,
         bool_or(role = 'score' AND regexp_matches(subject, '执行')) AS has_score,
         bool_or(quantity = 'amount' AND regexp_matches(text, '预算') AND regexp_matches(text, '执行|决算|支出')) AS has_amounts,
         arg_min(place, statement_no) FILTER (quantity = 'amount' AND regexp_matches(text, '预算')) AS place,
         arg_min(location, statement_no) FILTER (quantity = 'amount' AND regexp_matches(text, '预算')) AS location,
         arg_min(text, statement_no) FILTER (quantity = 'amount' AND regexp_matches(text, '预算')) AS evidence
  FROM active.statements SEMI JOIN (SELECT report_id FROM active.reports WHERE kind = 'narrative') USING (report_id) GROUP BY report_id
)
SELECT report_id, 'L' || line_no AS subject_key, label AS subject,
       NOT (has_rate OR no_rate_cell) OR (is_scored AND NOT has_score AND NOT no_score_cell) AS failed,
       CASE WHEN has_rate AND (has_score OR NOT is_scored) THEN '已填报' ELSE '空白' END AS reported_value, '执行率和得分' AS expected_value, NULL AS difference,
       concat_ws('、', CASE WHEN NOT (has_rate OR no_rate_cell) THEN '执行率' END, CASE WHEN is_scored AND NOT has_score AND NOT no_score_cell THEN '执行得分' END) AS detail,
       label AS evidence, place, location
FROM form_lines
UNION ALL BY NAME
SELECT r.report_id, 'execution' AS subject_key, '预算执行情况' AS subject, NOT (t.has_rate AND t.has_score) AS failed,
       CASE WHEN t.has_rate THEN '有执行率' ELSE '无执行率' END || CASE WHEN t.has_score THEN '、有得分' ELSE '、无得分' END AS reported_value,
       '执行率和得分' AS expected_value, NULL AS difference,
       concat_ws('、', CASE WHEN NOT t.has_rate THEN '执行率' END, CASE WHEN NOT t.has_score THEN '执行得分' END) AS detail,
       t.evidence, coalesce(t.place, r.place) AS place, coalesce(t.location, r.location) AS location
FROM active.reports AS r JOIN told AS t USING (report_id)
WHERE r.kind = 'narrative' AND t.has_amounts
