/*
id: WGT-03
version: 3
class: A
severity: minor
needs: [report]
title: 一级指标分值与规定一致，或说明了调整理由
title_en: Level-1 weights as prescribed, or a stated reason
basis: 财预〔2020〕10号：预算执行率10分、产出指标50分、效益指标30分、满意度指标10分，特殊情况可调整；各省规则见所用计分规则
message: "一级指标分值为 {reported}，规定为 {expected}，未见调整理由"
not_applicable: 没有填报分值，或所用规则不规定一级指标分值
suppressed_by: [CMP-03, EXT-05]
*/
WITH printed AS (
  SELECT report_id, CASE level1_code WHEN 'cost' THEN 'output' ELSE level1_code END AS level1_code, sum(max_score) AS weight
  FROM judge.scored_items SEMI JOIN active.reports USING (report_id) WHERE max_score IS NOT NULL GROUP BY ALL
), own_frame AS (
  -- Frameworks of their own (部门管理, 决策, 过程) weigh other things; where costs stand on the first level, the form's own split is 20 / 40 / 20 / 10.
  SELECT report_id FROM judge.scored_items SEMI JOIN active.reports USING (report_id) WHERE max_score IS NOT NULL
  GROUP BY report_id
  HAVING coalesce(sum(max_score) FILTER (level1_code IN ('management', 'other')), 0) > 0
      OR (sum(max_score) FILTER (level1_code = 'cost') = 20 AND sum(max_score) FILTER (level1_code = 'output') = 40
          AND sum(max_score) FILTER (level1_code = 'outcome') = 20 AND sum(max_score) FILTER (level1_code = 'satisfaction') = 10)
), of_the_country AS (
  -- The national form's own 10 / 50 / 30 / 10 stands against a province's rule that was not read again.
  SELECT p.report_id FROM printed AS p
  JOIN (SELECT unnest(level1_weights, recursive := true) FROM judge.profiles WHERE profile_id = 'national') AS n USING (level1_code)
  JOIN judge.report_profiles AS rp ON rp.report_id = p.report_id JOIN judge.profiles AS f USING (profile_id)
  WHERE NOT f.verified AND f.profile_id <> 'national'
  GROUP BY p.report_id HAVING count(*) >= 4 AND bool_and(p.weight = n.weight)
), named AS (
  SELECT rp.report_id, p.name, unnest(p.level1_weights, recursive := true)
  FROM judge.report_profiles AS rp JOIN judge.profiles AS p USING (profile_id) SEMI JOIN active.reports USING (report_id)
  WHERE p.weights_fixed AND len(p.level1_weights) > 0
), compared AS (
  SELECT n.report_id, min(n.name) AS profile_name,
         joined(list({'k': w.position, 'x': w.words || plain(coalesce(d.weight, 0)::DECIMAL(18,4))}) FILTER (d.weight IS NOT NULL OR n.level1_code <> 'execution'), '、') AS shown,
         joined(list({'k': w.position, 'x': w.words || plain(n.weight)}), '、') AS expected,
         -- a share the form does not print at all is another finding's matter
         bool_or(d.weight <> n.weight) FILTER (d.weight IS NOT NULL) AS differs, count(d.weight) AS found
  FROM named AS n
  JOIN (VALUES ('execution', '预算执行', 1), ('output', '产出', 2), ('outcome', '效益', 3), ('satisfaction', '满意度', 4)) AS w(level1_code, words, position) USING (level1_code)
  LEFT JOIN printed AS d ON d.report_id = n.report_id AND d.level1_code = n.level1_code
  GROUP BY n.report_id
)
SELECT c.report_id, 'weights' AS subject_key, '一级指标分值' AS subject,
       c.differs AND NOT CASE WHEN contains(r.narrative_text, '分值') OR contains(r.narrative_text, '权重')
                              THEN regexp_matches(r.narrative_text, '(分值|权重)[^。]{0,30}(调整|依据|理由|原因)|(调整|调剂)[^。]{0,20}(分值|权重)') ELSE FALSE END AS failed,
       c.shown AS reported_value, c.expected || '（' || c.profile_name || '）' AS expected_value, NULL AS difference,
       c.shown AS evidence, r.place, r.location
FROM compared AS c JOIN active.reports AS r USING (report_id)
WHERE c.found >= 2 AND c.report_id NOT IN (SELECT report_id FROM own_frame) AND c.report_id NOT IN (SELECT report_id FROM of_the_country)
