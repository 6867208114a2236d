/*
id: WGT-02
version: 1
class: A
severity: major
needs: [report]
title: 下级分值之和等于上级分值
title_en: Weights of the parts sum to their group's
basis: 自评表分值逐级汇总；自评系统分值合计校验
message: "{subject}：分值 {expected}，下级各项之和为 {reported}，相差 {difference}（{detail}）"
not_applicable: 没有印出上级分值，或下级指标没有全部填报分值
suppressed_by: [CMP-03, EXT-05]
*/
WITH groups AS (
  SELECT report_id, group_no, kind, label, max_score, members, max_score_text, coalesce(max_score_place, place) AS place, location
  FROM active.score_groups WHERE kind IN ('level1', 'level2', 'indicators') AND max_score IS NOT NULL AND len(coalesce(members, [])) > 0
), lowest AS (
  SELECT g.report_id, g.group_no, count(*) AS row_count,
         -- in a merged cell the first row carries the weight of all
         count(i.max_score) FILTER (i.score_group IS NULL) + count(*) FILTER (i.score_group IS NOT NULL) AS weighted,
         sum(i.max_score) AS total,
         array_to_string(texts_in_order(list({'k': i.row_no, 'x': plain(i.max_score)}) FILTER (i.max_score IS NOT NULL))[:20], '＋') AS shown
  FROM (SELECT report_id, group_no, unnest(members) AS row_no FROM groups) AS g
  JOIN active.indicators AS i USING (report_id, row_no)
  WHERE NOT i.is_placeholder
  GROUP BY g.report_id, g.group_no
  HAVING weighted = row_count AND sum(i.max_score) IS NOT NULL
), level2 AS (
  SELECT a.report_id, a.group_no, count(*) AS row_count, sum(b.max_score) AS total,
         list_sort(flatten(list(b.members))) = list_sort(min(a.members)) AS covers,
         joined(list({'k': b.group_no, 'x': b.label || plain(b.max_score)}), '＋') AS shown
  FROM groups AS a JOIN groups AS b ON b.report_id = a.report_id AND a.kind = 'level1' AND b.kind = 'level2' AND list_has_all(a.members, b.members)
  GROUP BY a.report_id, a.group_no
), compared AS (
  SELECT g.*, coalesce(l.total, t.total)::DECIMAL(18,4) AS total, coalesce(l.shown, t.shown) AS shown
  FROM groups AS g
  LEFT JOIN lowest AS l USING (report_id, group_no)
  LEFT JOIN (FROM level2 WHERE covers) AS t USING (report_id, group_no)
)
SELECT report_id, 'G' || group_no AS subject_key, label AS subject, total <> max_score AS failed,
       plain(total) AS reported_value, plain(max_score) AS expected_value, plain(abs(total - max_score)) AS difference,
       shown AS detail, coalesce(max_score_text, label) AS evidence, place, location
FROM compared WHERE total IS NOT NULL
