/*
id: SCO-08
version: 3
class: A
severity: query
needs: [report]
title: 得分有据可循
title_en: Scores can be explained
basis: 财预〔2020〕10号：得分应有评分依据；自评得分与完成情况不能对应的须补充说明
message: "{count}项得分无法按规则复算，请说明计分依据：{detail}"
not_applicable: 没有填报得分，或得分均可复算
suppressed_by: [VAL-01, VAL-02, VAL-08, CMP-03, CMP-05, CMP-06, SAT-02]
group: true
*/
SELECT i.report_id, 'R' || i.row_no AS subject_key, i.name AS subject,
       s.low IS NULL AND p.positive_rule <> 'none' AND s.rule NOT IN ('category', 'placeholder', 'blank_actual', 'blank_target', 'open_words')
         AND NOT (s.outcome = 'met' AND i.reported_score = i.max_score)
         -- Full marks for a target in words are a person's judgement, not a calculation.
         AND NOT (i.target_kind = 'qualitative' AND i.reported_score = i.max_score) AS failed,
       plain(i.reported_score) AS reported_value, NULL AS expected_value, NULL AS difference,
       i.name || '：' || s.explanation AS detail, concat_ws(' | ', i.target_text, i.actual_text, plain(i.reported_score)) AS evidence,
       coalesce(i.places.reported_score, i.place) AS place, coalesce(i.locations.reported_score, i.location) AS location
FROM active.indicators AS i
JOIN judge.indicator_scores AS s USING (report_id, row_no)
JOIN judge.report_profiles AS rp USING (report_id)
JOIN judge.profiles AS p USING (profile_id)
WHERE i.reported_score IS NOT NULL AND i.max_score IS NOT NULL AND i.score_group IS NULL AND NOT i.is_placeholder
