/*
id: SCO-03
version: 1
class: A
severity: major
needs: [report]
title: 定性指标得分在所属档次之内
title_en: A qualitative score lies inside its tier
basis: 财预〔2020〕10号：定性指标分三档 100-80%（含80%）、80-60%（含60%）、60-0%；湖北省为 100-80%、80-50%、50-0%
message: "{subject}：自评得分 {reported}，{detail}，应在 {expected} 分之间"
not_applicable: 没有能判定档次的定性指标得分
suppressed_by: [SCO-01, CMP-03]
note: 第二、三档上端不含
*/
SELECT i.report_id, i.item_key AS subject_key, i.label AS subject,
       NOT (2 * i.reported_score BETWEEN 2 * i.low - i.score_step AND 2 * i.high + i.score_step)
         OR (s.outcome = 'unmet' AND i.reported_score >= i.high AND i.high > i.low) AS failed,
       plain(i.reported_score) AS reported_value, plain(i.low) || '–' || plain(i.high) AS expected_value,
       CASE WHEN i.reported_score > i.high THEN plain(i.reported_score - i.high) WHEN i.reported_score < i.low THEN plain(i.low - i.reported_score) ELSE '0' END AS difference,
       s.explanation AS detail, coalesce(i.text, plain(i.reported_score)) AS evidence, i.place, i.location
FROM judge.scored_items AS i
JOIN judge.indicator_scores AS s ON s.report_id = i.report_id AND s.row_no = i.rows_covered[1] AND i.kind IN ('indicator', 'execution', 'category') AND i.item_key[1] = 'R'
SEMI JOIN active.reports AS r ON r.report_id = i.report_id
WHERE s.rule IN ('words_as_target', 'words_of_tier') AND i.reported_score IS NOT NULL AND i.low IS NOT NULL AND i.high IS NOT NULL
