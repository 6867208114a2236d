/*
id: EXE-02
version: 1
class: A
severity: minor
needs: [report]
title: 执行率等于执行数除以预算数，不提前取整
title_en: The rate is executed over budget, not rounded before scoring
basis: 财预〔2020〕10号：执行率＝全年执行数÷全年预算数；执行得分＝分值×执行率
message: "{subject}：{detail}"
not_applicable: 没有同时填报预算数、执行数和执行率（或执行得分）
suppressed_by: [EXE-08, CMP-04]
note: 印出的位数所能解释的差异不算问题（49.88% 印作 50%）；执行率先取整再计分、使得分改变的，列出差额
*/
WITH lines AS (
  SELECT b.report_id, b.line_no, b.label, b.executed_yuan, b.money_unit, b.reported_execution_rate, b.rate_step, b.texts, b.places, b.locations,
         b.place, b.location, b.reported_score, s.execution_rate, s.recomputed_score, s.exact_score, i.score_step, i.max_score,
         coalesce(b.adjusted_budget_yuan, b.initial_budget_yuan) AS budget_yuan
  FROM active.budget_lines AS b
  JOIN judge.budget_scores AS s USING (report_id, line_no)
  LEFT JOIN judge.scored_items AS i ON i.report_id = b.report_id AND i.item_key = 'L' || b.line_no
  WHERE s.execution_rate IS NOT NULL
)
SELECT report_id, 'L' || line_no AS subject_key, label AS subject,
       NOT within_half_step(reported_execution_rate, execution_rate, coalesce(rate_step, 0.0001)) AS failed,
       NULL AS severity,
       percent(reported_execution_rate) AS reported_value, percent(execution_rate, 2) AS expected_value,
       plain(half_up(abs(reported_execution_rate - execution_rate) * 100, 2)) || '个百分点' AS difference,
       '印出执行率 ' || percent(reported_execution_rate) || '，按 ' || money_text(executed_yuan, money_unit) || ' ÷ ' || money_text(budget_yuan, money_unit)
         || ' 应为 ' || percent(execution_rate, 2) || '，相差 ' || plain(half_up(abs(reported_execution_rate - execution_rate) * 100, 2)) || ' 个百分点' AS detail,
       concat_ws(' | ', label, texts.initial_budget, texts.adjusted_budget, texts.executed, texts.execution_rate) AS evidence, coalesce(places.execution_rate, place) AS place, coalesce(locations.execution_rate, location) AS location
FROM lines WHERE reported_execution_rate IS NOT NULL
UNION ALL BY NAME
SELECT report_id, 'L' || line_no || '.score' AS subject_key, label || '执行得分' AS subject,
       reported_score = recomputed_score AND NOT within_half_step(reported_score, exact_score, score_step) AS failed,
       NULL AS severity,
       plain(reported_score) AS reported_value, plain(half_up(exact_score, 2)) AS expected_value,
       plain(half_up(abs(reported_score - exact_score), 2)) AS difference,
       '得分 ' || plain(reported_score) || ' 按取整后的执行率' || coalesce(' ' || percent(reported_execution_rate), '') || ' 计算；按未取整的 '
         || percent(execution_rate, 2) || ' 应为 ' || plain(half_up(exact_score, 2)) || '，相差 ' || plain(half_up(abs(reported_score - exact_score), 2)) || ' 分' AS detail,
       concat_ws(' | ', label, texts.initial_budget, texts.adjusted_budget, texts.executed, texts.execution_rate, texts.reported_score) AS evidence, coalesce(places.reported_score, place) AS place, coalesce(locations.reported_score, location) AS location
FROM lines WHERE reported_score IS NOT NULL AND exact_score IS NOT NULL AND recomputed_score IS NOT NULL
