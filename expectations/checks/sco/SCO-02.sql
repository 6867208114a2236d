/*
id: SCO-02
version: 1
class: A
severity: major
needs: [report]
title: 得分按计分规则可以复算
title_en: The score reproduces by the profile's rule
basis: 财预〔2020〕10号：完成的得满分，未完成的按完成比例计分，不突破分值；各省计分规则见所用规则
message: "{subject}：自评得分 {reported}，按规则应为 {expected}，相差 {difference}。{detail}"
not_applicable: 没有可按数值复算的得分
suppressed_by: [SCO-01, SCO-05, VAL-01, VAL-08, EXE-03, CMP-03]
note: 得分印出的位数所能解释的差异不算问题；文字指标见 SCO-03
*/
WITH scored AS (
  SELECT i.report_id, i.item_key, i.label, i.reported_score, i.low, i.high, i.score_step, i.text, i.place, i.location, s.explanation, NULL AS exact_score
  FROM judge.scored_items AS i
  JOIN judge.indicator_scores AS s ON s.report_id = i.report_id AND s.row_no = i.rows_covered[1] AND i.kind IN ('indicator', 'execution', 'category') AND i.item_key[1] = 'R'
  SEMI JOIN active.reports AS r ON r.report_id = i.report_id
  WHERE s.rule NOT IN ('words_as_target', 'words_of_tier', 'open_words')
  UNION ALL
  SELECT i.report_id, i.item_key, i.label, i.reported_score, i.low, i.high, i.score_step, i.text, i.place, i.location,
         '合并计分的各项完成情况见明细', NULL
  FROM judge.scored_items AS i SEMI JOIN active.reports AS r ON r.report_id = i.report_id WHERE i.kind = 'merged'
  UNION ALL
  SELECT i.report_id, i.item_key, i.label, i.reported_score, i.low, i.high, i.score_step, i.text, i.place, i.location, b.explanation, b.exact_score
  FROM judge.scored_items AS i
  JOIN judge.budget_scores AS b ON b.report_id = i.report_id AND i.item_key = 'L' || b.line_no
  SEMI JOIN active.reports AS r ON r.report_id = i.report_id
)
SELECT report_id, item_key AS subject_key, label AS subject,
       NOT (2 * reported_score BETWEEN 2 * low - score_step AND 2 * high + score_step
            OR coalesce(within_half_step(reported_score, exact_score, score_step), FALSE)) AS failed,
       plain(reported_score) AS reported_value,
       CASE WHEN low = high THEN plain(low) ELSE plain(low) || '–' || plain(high) END AS expected_value,
       CASE WHEN reported_score > high THEN plain(reported_score - high) WHEN reported_score < low THEN plain(low - reported_score) ELSE '0' END AS difference,
       explanation AS detail, coalesce(text, plain(reported_score)) AS evidence, place, location
FROM scored
WHERE reported_score IS NOT NULL AND low IS NOT NULL AND high IS NOT NULL
