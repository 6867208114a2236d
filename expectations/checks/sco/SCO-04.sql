/*
id: SCO-04
version: 1
class: A
severity: major
needs: [report]
title: 小计、总分等于各项得分之和
title_en: Sub-totals and total add up
basis: 自评表得分逐级汇总，总分为各项得分之和
message: "{subject}：填报 {reported} 分，各项得分之和为 {expected} 分（{detail}），相差 {difference} 分"
not_applicable: 没有填报小计或总分，或部分得分空白
suppressed_by: [CMP-03, SCO-06]
note: 总分印出的位数所能解释的差异不算问题（94.92 印作 95）
*/
WITH groups AS (
  SELECT g.report_id, g.group_no, g.kind, g.label, g.reported_score, g.members, g.reported_score_text, coalesce(g.reported_score_place, g.place) AS place, g.location
  FROM active.score_groups AS g WHERE g.kind IN ('level1', 'level2', 'indicators') AND g.reported_score IS NOT NULL AND len(coalesce(g.members, [])) > 0
), members AS (
  SELECT m.report_id, m.group_no, count(*) AS row_count,
         count(i.reported_score) FILTER (i.score_group IS NULL) + count(*) FILTER (i.score_group IS NOT NULL) AS scored,
         sum(i.reported_score)::DECIMAL(18,4) AS total,
         array_to_string(texts_in_order(list({'k': i.row_no, 'x': plain(i.reported_score)}) FILTER (i.reported_score IS NOT NULL))[:20], '＋')
           || CASE WHEN count(i.reported_score) > 20 THEN '＋…共 ' || count(i.reported_score) || ' 项' ELSE '' END AS shown
  FROM (SELECT report_id, group_no, unnest(members) AS row_no FROM groups) AS m
  JOIN active.indicators AS i USING (report_id, row_no)
  WHERE NOT i.is_placeholder
  GROUP BY m.report_id, m.group_no
), totals AS (
  SELECT report_id, count(*) AS items, count(reported_score) AS scored, sum(reported_score)::DECIMAL(18,4) AS total,
         bool_or(level1_code = 'execution') AS has_execution,
         array_to_string(texts_in_order(list({'k': (length(item_key), item_key), 'x': plain(reported_score)}))[:20], '＋')
           || CASE WHEN count(*) > 20 THEN '＋…共 ' || count(*) || ' 项' ELSE '' END AS shown
  FROM judge.scored_items SEMI JOIN active.reports USING (report_id)
  -- A group that has a weight only: its points stand at its rows, and rows without any are told of below.
  WHERE NOT (kind = 'group' AND reported_score IS NULL)
  GROUP BY report_id
), unscored_rows AS (
  SELECT i.report_id FROM active.indicators AS i
  ANTI JOIN (SELECT report_id, unnest(rows_covered) AS row_no FROM judge.scored_items WHERE reported_score IS NOT NULL) AS c USING (report_id, row_no)
  ANTI JOIN (SELECT report_id, score_group FROM active.indicators WHERE score_group IS NOT NULL AND reported_score IS NOT NULL) AS s USING (report_id, score_group)
  WHERE i.source = 'form' AND i.row_kind = 'indicator' AND NOT i.is_placeholder AND i.name <> ''
  GROUP BY i.report_id
), printed_totals AS (
  SELECT r.report_id, r.reported_score_total, coalesce(g.text, plain(r.reported_score_total)) AS text, coalesce(g.place, r.place) AS place, coalesce(g.location, r.location) AS location
  FROM active.reports AS r
  LEFT JOIN (SELECT report_id, arg_min(reported_score_text, group_no) AS text, arg_min(coalesce(reported_score_place, place), group_no) AS place, arg_min(location, group_no) AS location
             FROM active.score_groups WHERE kind = 'total' AND reported_score IS NOT NULL GROUP BY report_id) AS g USING (report_id)
  WHERE r.reported_score_total IS NOT NULL
), compared AS (
  SELECT g.report_id, 'G' || g.group_no AS subject_key, g.label AS subject, g.reported_score AS printed_total, m.total, m.shown,
         coalesce(g.reported_score_text, plain(g.reported_score)) AS text, g.place, g.location
  FROM groups AS g JOIN members AS m USING (report_id, group_no) WHERE m.scored = m.row_count AND m.total IS NOT NULL
  UNION ALL
  SELECT p.report_id, 'total', '总分', p.reported_score_total, t.total, t.shown, p.text, p.place, p.location
  FROM printed_totals AS p JOIN totals AS t USING (report_id) ANTI JOIN unscored_rows AS u ON u.report_id = p.report_id
  JOIN judge.report_profiles AS rp ON rp.report_id = p.report_id JOIN judge.profiles AS f USING (profile_id)
  -- a total that is higher by what a blank execution score may be worth is that blank's matter
  WHERE t.items >= 2 AND t.scored = t.items
    AND (t.has_execution OR p.reported_score_total - t.total NOT BETWEEN 0.0001 AND f.execution_weight)
)
SELECT report_id, subject_key, subject,
       NOT within_half_step(printed_total, total, 1 / power_of_ten(length(split_part(plain(printed_total), '.', 2)))::DECIMAL(18,4)) AS failed,
       plain(printed_total) AS reported_value, plain(total) AS expected_value, plain(abs(printed_total - total)) AS difference,
       shown AS detail, text AS evidence, place, location
FROM compared
