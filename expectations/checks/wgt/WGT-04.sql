/*
id: WGT-04
version: 1
class: A
severity: minor
needs: [report]
title: 分值不为零，也不过分集中于一项
title_en: No zero weight, no weight concentrated on one row
basis: 财预〔2020〕10号：指标分值应与重要程度相称；自评系统校验分值大于零
message: "{subject}：分值 {reported}，{detail}"
not_applicable: 没有填报单项指标分值
suppressed_by: [CMP-03]
note: 单项占全部分值四成及以上为集中
*/
WITH totals AS (
  SELECT report_id, sum(max_score) AS total, count(*) AS items FROM judge.scored_items WHERE max_score IS NOT NULL GROUP BY report_id
), items AS (
  SELECT i.*, t.total, t.items FROM judge.scored_items AS i JOIN totals AS t USING (report_id)
  SEMI JOIN active.reports AS r ON r.report_id = i.report_id
  WHERE i.max_score IS NOT NULL AND i.kind IN ('indicator', 'merged')
), weighed AS (
  SELECT *, max_score <= 0 OR (items >= 3 AND max_score * 10 >= total * 4) AS failed FROM items
)
SELECT report_id, item_key AS subject_key, label AS subject, failed,
       plain(max_score) AS reported_value, CASE WHEN max_score <= 0 THEN '大于0' ELSE '低于全部分值的40%' END AS expected_value, NULL AS difference,
       -- The share is worked out for what is said only: exact quotients of every row cost more than all else.
       CASE WHEN NOT failed THEN '' WHEN max_score <= 0 THEN '该项不计分，请补填分值或说明'
            ELSE '占全部 ' || plain(total::DECIMAL(18,4)) || ' 分的 ' || percent(exact_ratio(max_score, total), 0) || '，过于集中' END AS detail,
       label AS evidence, place, location
FROM weighed
