-- What each report's points consist of, each point once. Scores merged over several rows are one item; 其中 lines
-- repeat the total's score and are none; a printed group counts only where nothing below it carries points.
CREATE OR REPLACE TEMP TABLE execution_rows AS
SELECT report_id, sum(max_score) AS max_score FROM active.indicators
WHERE row_kind = 'execution' AND max_score IS NOT NULL AND NOT is_placeholder GROUP BY report_id;

CREATE OR REPLACE TEMP TABLE total_lines AS
SELECT b.report_id, min(b.line_no) AS line_no FROM active.budget_lines AS b WHERE b.is_total GROUP BY b.report_id;

CREATE OR REPLACE TEMP TABLE items_of_rows AS
SELECT report_id,
       CASE WHEN score_group IS NULL THEN 'R' || row_no ELSE 'M' || score_group END AS item_key,
       CASE WHEN score_group IS NOT NULL THEN 'merged' WHEN row_kind = 'indicator' THEN 'indicator'
            ELSE row_kind END AS kind,
       arg_min(name, row_no) || CASE WHEN count(*) > 1 THEN '等' || count(*) || '项' ELSE '' END AS label,
       arg_min(level1_code, row_no) AS level1_code,
       list_sort(list(row_no)) AS rows_covered,
       sum(max_score)::DECIMAL(18,4) AS max_score, sum(reported_score)::DECIMAL(18,4) AS reported_score,
       arg_min(texts.reported_score, row_no) AS text,
       arg_min(coalesce(places.reported_score, place), row_no) AS place,
       arg_min(coalesce(locations.reported_score, location), row_no) AS location
FROM active.indicators
WHERE NOT is_placeholder
GROUP BY report_id, item_key, kind
HAVING count(max_score) + count(reported_score) > 0;

CREATE OR REPLACE TEMP TABLE items_of_groups AS
WITH groups AS (
  SELECT g.*, len(coalesce(g.members, [])) = 0 AS is_bare
  FROM active.score_groups AS g WHERE g.max_score IS NOT NULL AND g.kind IN ('level1', 'level2')
), weighted_rows AS (
  SELECT report_id, unnest(rows_covered) AS row_no FROM items_of_rows WHERE max_score IS NOT NULL
), members AS (
  SELECT report_id, group_no, kind, unnest(members) AS row_no FROM groups
), with_points_below AS (
  SELECT DISTINCT m.report_id, m.group_no FROM members AS m JOIN weighted_rows AS w USING (report_id, row_no)
), level2_items AS (
  SELECT g.* FROM groups AS g ANTI JOIN with_points_below AS b USING (report_id, group_no)
  WHERE g.kind = 'level2' AND (NOT g.is_bare OR g.report_id NOT IN (SELECT report_id FROM weighted_rows))
), covered_by_level2 AS (
  SELECT DISTINCT a.report_id, a.group_no FROM members AS a
  JOIN members AS b ON b.report_id = a.report_id AND b.row_no = a.row_no AND b.kind = 'level2'
  JOIN level2_items AS i ON i.report_id = b.report_id AND i.group_no = b.group_no
  WHERE a.kind = 'level1'
), level1_items AS (
  SELECT g.* FROM groups AS g
  ANTI JOIN with_points_below AS b USING (report_id, group_no)
  ANTI JOIN covered_by_level2 AS c USING (report_id, group_no)
  WHERE g.kind = 'level1'
    AND (NOT g.is_bare OR g.report_id NOT IN (SELECT report_id FROM weighted_rows UNION SELECT report_id FROM level2_items))
)
SELECT g.report_id, 'G' || g.group_no AS item_key, 'group' AS kind, g.label,
       coalesce(min(i.level1_code), CASE WHEN g.label LIKE '%满意%' THEN 'satisfaction'
                                         WHEN regexp_matches(g.label, '效益|效果|影响') THEN 'outcome'
                                         WHEN regexp_matches(g.label, '产出|数量|质量|时效|成本') THEN 'output' ELSE 'other' END) AS level1_code,
       any_value(g.members) AS rows_covered, any_value(g.max_score) AS max_score, any_value(g.reported_score) AS reported_score,
       any_value(g.reported_score_text) AS text, any_value(coalesce(g.reported_score_place, g.place)) AS place,
       any_value(g.location) AS location
FROM (FROM level2_items UNION ALL FROM level1_items) AS g
LEFT JOIN active.indicators AS i ON i.report_id = g.report_id AND list_contains(g.members, i.row_no)
GROUP BY g.report_id, g.group_no, g.label;

CREATE OR REPLACE TEMP TABLE items_of_execution AS
WITH printed_groups AS (
  SELECT report_id, arg_min(max_score, group_no) AS max_score, arg_min(reported_score, group_no) AS reported_score,
         min(group_no) AS group_no, arg_min(label, group_no) AS label, arg_min(place, group_no) AS place,
         arg_min(location, group_no) AS location, arg_min(reported_score_text, group_no) AS text
  FROM active.score_groups WHERE kind = 'execution' GROUP BY report_id
)
SELECT coalesce(b.report_id, g.report_id) AS report_id,
       CASE WHEN b.report_id IS NULL THEN 'G' || g.group_no ELSE 'L' || b.line_no END AS item_key,
       'execution' AS kind, coalesce(b.label, g.label) AS label, 'execution' AS level1_code, [] AS rows_covered,
       coalesce(b.max_score, g.max_score) AS max_score, coalesce(b.reported_score, g.reported_score) AS reported_score,
       coalesce(b.texts.reported_score, g.text) AS text, coalesce(b.places.reported_score, b.place, g.place) AS place,
       coalesce(b.locations.reported_score, b.location, g.location) AS location
FROM (SELECT b.* FROM active.budget_lines AS b JOIN total_lines AS t USING (report_id, line_no)) AS b
FULL JOIN printed_groups AS g ON g.report_id = b.report_id
WHERE coalesce(b.max_score, g.max_score, b.reported_score, g.reported_score) IS NOT NULL
  -- A row of the table may score the rate again that the budget block shows; with points of another number it is one more item.
  AND NOT EXISTS (SELECT 1 FROM execution_rows AS x WHERE x.report_id = coalesce(b.report_id, g.report_id)
                  AND x.max_score IS NOT DISTINCT FROM coalesce(b.max_score, g.max_score, x.max_score));

INSERT INTO judge.scored_items BY NAME
WITH items AS (
  FROM items_of_rows UNION ALL BY NAME FROM items_of_groups UNION ALL BY NAME FROM items_of_execution
)
SELECT items.*,
       (1 / power_of_ten(max(length(split_part(plain(reported_score), '.', 2))) OVER (PARTITION BY report_id)))::DECIMAL(18,4) AS score_step
FROM items;
