-- Execution rate of every budget line and the score of the annual total. Above 100 %, and on a zero or blank
-- denominator, there is no score: a finding says why (EXE-03, EXE-08, CMP-04).
INSERT INTO judge.budget_scores
WITH execution_weights AS (
  SELECT report_id, arg_min(max_score, group_no) AS max_score FROM active.score_groups
  WHERE kind = 'execution' AND max_score IS NOT NULL GROUP BY report_id
), lines AS (
  SELECT b.*, p.execution_rule, p.execution_rate_digits, p.score_digits, t.line_no IS NOT NULL AS is_scored_line,
         CASE WHEN p.execution_denominator = 'initial' THEN b.initial_budget_yuan ELSE coalesce(b.adjusted_budget_yuan,
              CASE WHEN b.texts.adjusted_budget IS NULL THEN b.initial_budget_yuan END) END AS denominator,
         coalesce(b.max_score, w.max_score, CASE WHEN b.reported_score IS NOT NULL THEN p.execution_weight END) AS weight
  FROM active.budget_lines AS b
  JOIN judge.report_profiles AS r USING (report_id)
  JOIN judge.profiles AS p USING (profile_id)
  LEFT JOIN total_lines AS t ON t.report_id = b.report_id AND t.line_no = b.line_no
  LEFT JOIN execution_weights AS w ON w.report_id = b.report_id
), rated AS (
  SELECT *, CASE WHEN denominator > 0 AND executed_yuan IS NOT NULL THEN exact_ratio(executed_yuan, denominator) END AS rate
  FROM lines
), scored_rates AS (
  -- The printed rate where it is the recomputed one in fewer digits, else the rate rounded as the profile says.
  SELECT *, CASE WHEN rate > 1 THEN NULL
                 WHEN reported_execution_rate <= 1 AND within_half_step(reported_execution_rate, rate, rate_step)
                 THEN reported_execution_rate::DECIMAL(38,8)
                 WHEN execution_rate_digits IS NULL THEN rate
                 ELSE half_up(rate, execution_rate_digits + 2) END AS scoring_rate
  FROM rated
)
SELECT report_id, line_no, TRY_CAST(rate AS DECIMAL(18,8)),
       CASE WHEN NOT is_scored_line OR rate > 1 THEN NULL
            WHEN execution_rule = 'proportional' THEN weighted_share(weight, scoring_rate, 1, score_digits)
            WHEN execution_rule = 'steps' AND rate = 1 THEN weight END,
       CASE WHEN NOT is_scored_line OR rate > 1 THEN NULL
            WHEN execution_rule = 'proportional' THEN weighted_share(weight, rate, 1, NULL)
            WHEN execution_rule = 'steps' AND rate = 1 THEN weight END,
       CASE WHEN executed_yuan IS NULL OR denominator IS NULL THEN 'blank_amount'
            WHEN denominator = 0 THEN 'zero_budget' WHEN denominator < 0 THEN 'negative_budget'
            WHEN rate IS NULL THEN 'not_computable' WHEN rate > 1 THEN 'over_full_execution'
            WHEN NOT is_scored_line THEN 'part_line' WHEN weight IS NULL THEN 'no_weight'
            WHEN execution_rule = 'none' THEN 'not_scored' ELSE execution_rule END,
       CASE WHEN executed_yuan IS NULL THEN '执行数为空，无法计算执行率'
            WHEN denominator IS NULL THEN '预算数为空，无法计算执行率'
            WHEN denominator <= 0 THEN '预算数为 ' || money_text(denominator, money_unit) || '，执行率不可计算，不计分'
            WHEN rate IS NULL THEN '执行率不可计算'
            ELSE '执行率 = ' || money_text(executed_yuan, money_unit) || ' ÷ ' || money_text(denominator, money_unit) || ' = ' || percent(rate, 2)
                 || CASE WHEN rate > 1 THEN '，超过 100%，不计分，须先核实预算数'
                         WHEN NOT is_scored_line THEN ''
                         WHEN weight IS NULL THEN '；未见预算执行分值，不计分'
                         WHEN execution_rule = 'none' THEN '；所用规则对执行率不单独计分'
                         WHEN execution_rule = 'steps' AND rate = 1 THEN '；得满分 ' || plain(weight)
                         WHEN execution_rule = 'steps' THEN '；所用规则按档扣分，档内如何扣由复核人判断'
                         ELSE '；得分 = ' || plain(weight) || ' × ' || percent(scoring_rate) || ' = '
                              || plain(weighted_share(weight, scoring_rate, 1, score_digits))
                              || CASE WHEN scoring_rate <> rate THEN '（按印出的或先取整的执行率；按未舍入的执行率为 '
                                      || plain(weighted_share(weight, rate, 1, 2)) || '）' ELSE '' END END END
FROM scored_rates;
