-- Scores of single rows: low and high agree where the printed values leave no doubt. Every score says its rule and
-- figures. Rows of a merged score cell are scored one by one only where each prints its own weight.
CREATE OR REPLACE TEMP MACRO share(weight, numerator, denominator, digits) AS
  -- least and greatest skip NULL: a row without a weight of its own has no score to recompute, not a score of 0
  CASE WHEN weight IS NOT NULL THEN least(greatest(weighted_share(weight, numerator, denominator, digits), 0), weight) END;

CREATE OR REPLACE TEMP TABLE merged_weights AS
SELECT report_id, score_group FROM active.indicators
WHERE score_group IS NOT NULL GROUP BY ALL HAVING count(*) > 1 AND count(max_score) <= 1;

-- The narrative's finer figure for the same fact, where it gives one.
CREATE OR REPLACE TEMP TABLE exact_actuals AS
SELECT s.report_id, s.indicator_row_no AS row_no, arg_min(s.value, (s.step, s.statement_no)) AS exact_value
FROM active.statements AS s
JOIN comparisons AS c ON c.report_id = s.report_id AND c.row_no = s.indicator_row_no
WHERE s.role IN ('actual', 'copy_actual') AND s.value IS NOT NULL AND s.step < c.actual_step
  AND c.both_figures AND c.a_low = c.a_high AND NOT coalesce(c.rescale, FALSE)
  AND within_half_step(s.value, c.a_low, c.actual_step)
GROUP BY ALL;

INSERT INTO judge.indicator_scores
WITH figures AS (
  SELECT f.report_id, f.row_no, f.outcome, f.rule, f.target_text, f.actual_text, f.is_up, f.way,
         CASE WHEN m.report_id IS NULL THEN f.weight END AS weight, m.report_id IS NOT NULL AS is_merged,
         p.score_digits AS digits, p.positive_rule, p.reverse_rule, p.over_limit,
         CASE WHEN f.is_up THEN p.positive_rule ELSE p.reverse_rule END AS formula,
         f.t_low, f.t_high, f.sure_low, f.sure_high, f.a_low, f.a_high, f.lost_above, f.lost_below, f.comparator, e.exact_value,
         -- 超过300 and exactly 300: not met, while the proportion gives the full weight; no rule says what is then taken off.
         coalesce(f.outcome = 'unmet' AND f.comparator IN ('GT', 'LT') AND f.a_low = f.a_high AND f.a_low = CASE WHEN f.is_up THEN f.t_low ELSE f.t_high END, FALSE) AS is_on_bound,
         CASE WHEN f.rule = 'magnitude' THEN NULL
              WHEN f.t_low < f.t_high AND f.a_low >= f.t_low AND f.a_high <= f.t_high THEN 1
              WHEN f.is_up THEN exact_ratio(f.a_low, CASE WHEN f.a_low > f.t_high THEN f.t_high ELSE f.t_low END)
              ELSE exact_ratio(CASE WHEN f.a_high < f.t_low THEN f.t_low ELSE f.t_high END, f.a_high) END AS achievement
  FROM figure_outcomes AS f
  JOIN judge.profiles AS p USING (profile_id)
  LEFT JOIN merged_weights AS m ON m.report_id = f.report_id AND m.score_group = f.score_group
  LEFT JOIN exact_actuals AS e ON e.report_id = f.report_id AND e.row_no = f.row_no
), scored_figures AS (
  SELECT *,
         CASE WHEN formula = 'none' OR rule = 'zero_target' THEN NULL
              WHEN outcome = 'met' THEN weight
              WHEN rule = 'magnitude' THEN NULL
              WHEN formula = 'all_or_nothing' OR is_on_bound THEN CASE WHEN weight IS NOT NULL THEN 0 END
              WHEN is_up THEN CASE WHEN t_high > 0 THEN share(weight, coalesce(sure_low, 0), t_high, digits) END
              WHEN coalesce(sure_high, 0) <= 0 THEN CASE WHEN sure_high IS NULL THEN 0 END
              WHEN formula = 'linear_excess' THEN CASE WHEN t_low <= 0 THEN 0 ELSE share(weight, (2 * t_low - sure_high), t_low, digits) END
              ELSE share(weight, t_low, sure_high, digits) END AS low,
         CASE WHEN formula = 'none' OR rule = 'zero_target' THEN NULL
              WHEN outcome = 'met' OR rule = 'approximate' THEN weight
              WHEN rule = 'magnitude' THEN NULL
              WHEN formula = 'all_or_nothing' THEN CASE WHEN outcome = 'unmet' AND weight IS NOT NULL THEN 0 ELSE weight END
              WHEN is_on_bound THEN weight
              WHEN is_up THEN CASE WHEN sure_high IS NULL THEN weight WHEN t_low > 0 THEN share(weight, sure_high, t_low, digits) END
              WHEN sure_low IS NULL THEN weight
              WHEN sure_low <= 0 THEN NULL
              WHEN formula = 'linear_excess' THEN CASE WHEN t_high <= 0 THEN 0 ELSE share(weight, (2 * t_high - sure_low), t_high, digits) END
              ELSE share(weight, t_high, sure_low, digits) END AS high,
         CASE WHEN exact_value IS NULL OR is_on_bound OR rule NOT IN ('positive', 'reverse') OR formula NOT IN ('ratio', 'inverse_ratio') THEN NULL
              WHEN is_up THEN share(weight, exact_value, t_low, NULL) ELSE share(weight, t_high, exact_value, NULL) END AS exact_score
  FROM figures
), explained_figures AS (
  SELECT report_id, row_no, outcome, achievement, low, high, exact_score, rule,
         CASE rule
           WHEN 'magnitude' THEN '目标值 ' || target_text || ' 与完成值 ' || actual_text || ' 相差悬殊，疑有一方少写或多写“万”“亿”'
                || CASE WHEN outcome = 'met' THEN '；两种读法都已达到目标' || CASE WHEN low IS NOT NULL THEN '，得满分 ' || plain(weight) ELSE '' END
                        ELSE '，不按字面计分' END
           WHEN 'zero_target' THEN '目标值为 0，方向不明，不能按比例计分'
           ELSE '目标值 ' || target_text || '，完成值 ' || actual_text
                || CASE outcome WHEN 'met' THEN '，已达到' WHEN 'unmet' THEN '，未达到' ELSE '，不能判定是否达到' END
                || CASE rule WHEN 'range' THEN '（目标是区间，未写明以哪一端计分）' WHEN 'approximate' THEN '（目标为约数，相差在一成以内）'
                             WHEN 'bound_in_actual' THEN '（完成值带有比较符号，只知界限）' WHEN 'range_in_actual' THEN '（完成值是区间）' ELSE '' END
                || CASE WHEN is_on_bound THEN '（恰在界限上，目标不含界限，而按比例为满分，扣多少由复核人判断）' ELSE '' END
                || CASE WHEN way = 'assumed_up' AND outcome <> 'met' THEN '（未写明方向，按正向指标）' ELSE '' END
                || CASE WHEN is_merged THEN '；分值与相邻各行合并，合并计分'
                        WHEN weight IS NULL THEN '；没有分值，不计分'
                        WHEN formula = 'none' THEN '；所用规则按扣分点计分，不复算'
                        WHEN outcome = 'met' THEN '，得满分 ' || plain(weight)
                        WHEN low IS NULL OR high IS NULL THEN '；不能按比例计分'
                        WHEN low = high THEN CASE formula
                             WHEN 'ratio' THEN '；得分 = ' || plain(weight) || ' × ' || plain(a_low) || ' ÷ ' || plain(t_low) || ' = ' || plain(low)
                             WHEN 'inverse_ratio' THEN '；得分 = ' || plain(weight) || ' × ' || plain(t_high) || ' ÷ ' || plain(a_high) || ' = ' || plain(low)
                             WHEN 'linear_excess' THEN '；得分 = ' || plain(weight) || ' ×（1 − 超出比例）= ' || plain(low)
                             ELSE '；得 ' || plain(low) || ' 分' END
                        ELSE '；得分在 ' || plain(low) || ' 至 ' || plain(high) || ' 之间' END
                || CASE WHEN outcome = 'met' AND is_up AND achievement >= over_limit THEN '（完成目标的 ' || percent(achievement, 0) || '，须说明原因）' ELSE '' END
         END AS explanation
  FROM scored_figures
), dates AS (
  SELECT d.report_id, d.row_no, d.outcome, NULL::DECIMAL(38,8) AS achievement,
         CASE WHEN m.report_id IS NOT NULL OR p.positive_rule = 'none' THEN NULL WHEN d.outcome = 'met' THEN d.weight WHEN d.weight IS NOT NULL THEN 0 END AS low,
         CASE WHEN m.report_id IS NULL AND p.positive_rule <> 'none' THEN d.weight END AS high, NULL::DECIMAL(18,4) AS exact_score, d.rule,
         '目标时间 ' || d.target_text || '，实际 ' || d.actual_text
           || CASE d.outcome WHEN 'met' THEN '，按时' WHEN 'unmet' THEN '，逾期；逾期如何扣分没有比例规则' ELSE '，界限日期是否算按时不明' END AS explanation
  FROM date_outcomes AS d JOIN judge.profiles AS p USING (profile_id)
  LEFT JOIN merged_weights AS m ON m.report_id = d.report_id AND m.score_group = d.score_group
), words AS (
  SELECT w.report_id, w.row_no, CASE tier WHEN 'high' THEN 'met' WHEN 'middle' THEN 'unmet' WHEN 'low' THEN 'unmet' ELSE 'not_computable' END AS outcome,
         NULL::DECIMAL(38,8) AS achievement,
         CASE WHEN m.report_id IS NOT NULL OR p.positive_rule = 'none' THEN NULL ELSE (w.weight * CASE tier WHEN 'high' THEN p.tier_high_low WHEN 'middle' THEN p.tier_middle_low WHEN 'low' THEN 0 END)::DECIMAL(18,4) END AS low,
         CASE WHEN m.report_id IS NOT NULL OR p.positive_rule = 'none' THEN NULL ELSE (w.weight * CASE tier WHEN 'high' THEN 1 WHEN 'middle' THEN p.tier_high_low WHEN 'low' THEN p.tier_middle_low END)::DECIMAL(18,4) END AS high,
         NULL::DECIMAL(18,4) AS exact_score,
         CASE WHEN tier IS NULL THEN 'open_words' WHEN is_same_text THEN 'words_as_target' ELSE 'words_of_tier' END AS rule,
         CASE WHEN tier IS NULL THEN '目标“' || left(target_text, 40) || '”与完成情况“' || left(actual_text, 40) || '”为文字表述，档次由复核人判断'
              ELSE CASE WHEN is_same_text THEN '完成情况与目标表述相同' ELSE '完成情况为“' || left(actual_text, 40) || '”' END
                   || '，按' || CASE tier WHEN 'high' THEN '第一档 ' || percent(p.tier_high_low) || '–100%'
                                          WHEN 'middle' THEN '第二档 ' || percent(p.tier_middle_low) || '–' || percent(p.tier_high_low)
                                          ELSE '第三档 0–' || percent(p.tier_middle_low) END
                   || CASE WHEN p.positive_rule = 'none' THEN '；所用规则按扣分点计分，不复算' WHEN w.weight IS NULL OR m.report_id IS NOT NULL THEN '' ELSE '，即 ' || plain((w.weight * CASE tier WHEN 'high' THEN p.tier_high_low WHEN 'middle' THEN p.tier_middle_low ELSE 0 END)::DECIMAL(18,4))
                        || '–' || plain((w.weight * CASE tier WHEN 'high' THEN 1 WHEN 'middle' THEN p.tier_high_low ELSE p.tier_middle_low END)::DECIMAL(18,4)) || ' 分' END END AS explanation
  FROM word_outcomes AS w JOIN judge.profiles AS p USING (profile_id)
  LEFT JOIN merged_weights AS m ON m.report_id = w.report_id AND m.score_group = w.score_group
), unlike_rows AS (
  SELECT report_id, row_no, 'not_computable' AS outcome, NULL::DECIMAL(38,8) AS achievement, NULL::DECIMAL(18,4) AS low, NULL::DECIMAL(18,4) AS high,
         NULL::DECIMAL(18,4) AS exact_score, unlike AS rule,
         CASE unlike WHEN 'placeholder' THEN '未填写的提示行' WHEN 'category' THEN '整类计分，没有单项目标值和完成值'
                     WHEN 'blank_actual' THEN '完成值为空' WHEN 'blank_target' THEN '目标值为空' WHEN 'compound' THEN '一格内有多个数值，不能对应'
                     WHEN 'out_of_range' THEN '数值过大，疑为识别错误，不计算'
                     WHEN 'actual_not_a_figure' THEN '目标值 ' || left(target_text, 40) || ' 为数值，完成值“' || left(actual_text, 40) || '”不是数值'
                     WHEN 'target_not_a_figure' THEN '完成值 ' || left(actual_text, 40) || ' 为数值，目标值“' || left(target_text, 40) || '”不是数值'
                     WHEN 'percent_sign_missing' THEN '目标值 ' || target_text || ' 与完成值 ' || actual_text || ' 一方缺少百分号，不能比较'
                     ELSE '目标值 ' || left(target_text, 40) || ' 与完成值 ' || left(actual_text, 40) || ' 单位不同，不能比较' END AS explanation
  FROM comparisons WHERE unlike IS NOT NULL
)
FROM explained_figures UNION ALL FROM dates UNION ALL FROM words UNION ALL FROM unlike_rows;
