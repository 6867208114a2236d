-- Recomputed points of every item, then of the report; the grade stands only where both ends of the interval share it.
UPDATE judge.scored_items AS i SET low = s.low, high = s.high
FROM (
  SELECT report_id, 'R' || row_no AS item_key, low, high FROM judge.indicator_scores SEMI JOIN active.reports USING (report_id) WHERE low IS NOT NULL
  UNION ALL
  SELECT report_id, 'L' || line_no, recomputed_score, recomputed_score FROM judge.budget_scores SEMI JOIN active.reports USING (report_id) WHERE recomputed_score IS NOT NULL
) AS s
WHERE s.report_id = i.report_id AND s.item_key = i.item_key;

-- Merged rows: the sum where each prints its weight, else between the least and the greatest achievement of them.
UPDATE judge.scored_items AS i SET low = m.low, high = m.high
FROM (
  WITH cells AS (
    SELECT r.report_id, 'M' || r.score_group AS item_key, any_value(p.score_digits) AS digits,
           count(*) AS row_count, count(r.max_score) AS weights, sum(r.max_score)::DECIMAL(18,4) AS weight,
           CASE WHEN count(s.low) = count(*) THEN sum(s.low) END::DECIMAL(18,4) AS low_sum,
           CASE WHEN count(s.high) = count(*) THEN sum(s.high) END::DECIMAL(18,4) AS high_sum,
           bool_and(s.outcome = 'met') AS all_met,
           bool_and(s.outcome = 'met' OR s.outcome = 'unmet' AND s.achievement IS NOT NULL) AS all_known,
           min(CASE s.outcome WHEN 'met' THEN 1 ELSE least(greatest(s.achievement, 0), 1) END) AS least_met,
           max(CASE s.outcome WHEN 'met' THEN 1 ELSE least(greatest(s.achievement, 0), 1) END) AS most_met
    FROM active.indicators AS r
    JOIN judge.indicator_scores AS s USING (report_id, row_no)
    JOIN judge.report_profiles AS rp USING (report_id)
    JOIN judge.profiles AS p USING (profile_id)
    WHERE r.score_group IS NOT NULL AND NOT r.is_placeholder
    GROUP BY r.report_id, r.score_group
  )
  SELECT report_id, item_key,
         CASE WHEN weights = row_count THEN low_sum WHEN all_met THEN weight WHEN all_known THEN weighted_share(weight, least_met, 1, digits) END AS low,
         CASE WHEN weights = row_count THEN high_sum WHEN all_met THEN weight WHEN all_known THEN weighted_share(weight, most_met, 1, digits) END AS high
  FROM cells
) AS m
WHERE m.report_id = i.report_id AND m.item_key = i.item_key;

INSERT INTO judge.report_scores BY NAME
WITH totals AS (
  SELECT report_id, count(*) AS items, count(*) FILTER (low IS NULL OR high IS NULL OR max_score IS NULL) AS open_items,
         sum(low) AS low, sum(high) AS high, sum(max_score) AS max_score,
         sum(CASE WHEN reported_score BETWEEN low AND high THEN reported_score WHEN reported_score > high THEN high ELSE low END) AS one_figure,
         array_to_string(list(label ORDER BY item_key) FILTER (low IS NULL OR high IS NULL OR max_score IS NULL)[:5], '、') AS open_labels
  FROM judge.scored_items SEMI JOIN active.reports USING (report_id) GROUP BY report_id
), exact AS (
  SELECT t.report_id, sum(coalesce(b.exact_score, e.exact_score,
         CASE WHEN t.reported_score BETWEEN t.low AND t.high AND t.low <> t.high THEN t.reported_score ELSE t.low END)) AS exact_total
  FROM judge.scored_items AS t
  SEMI JOIN active.reports USING (report_id)
  LEFT JOIN (SELECT report_id, 'L' || line_no AS item_key, exact_score FROM judge.budget_scores) AS b USING (report_id, item_key)
  LEFT JOIN (SELECT report_id, 'R' || row_no AS item_key, exact_score FROM judge.indicator_scores) AS e USING (report_id, item_key)
  GROUP BY t.report_id
), graded AS (
  SELECT r.report_id, coalesce(t.items, 0) AS items, coalesce(t.open_items, 0) AS open_items, t.low, t.high, t.max_score, t.one_figure, t.open_labels,
         x.exact_total, coalesce(t.items > 0 AND t.open_items = 0, FALSE) AS is_complete,
         list_filter(p.grade_edges, lambda e: t.low >= e.at_least)[1].grade AS low_grade,
         list_filter(p.grade_edges, lambda e: t.high >= e.at_least)[1].grade AS high_grade,
         list_filter(p.grade_edges, lambda e: t.one_figure >= e.at_least)[1].grade AS one_grade
  FROM active.reports AS r
  JOIN judge.report_profiles AS rp USING (report_id)
  JOIN judge.profiles AS p USING (profile_id)
  LEFT JOIN totals AS t USING (report_id)
  LEFT JOIN exact AS x USING (report_id)
)
SELECT report_id, CASE WHEN items > 0 THEN low END::DECIMAL(18,4) AS recomputed_low, CASE WHEN items > 0 THEN high END::DECIMAL(18,4) AS recomputed_high,
       CASE WHEN is_complete THEN exact_total::DECIMAL(18,4) END AS exact_total,
       CASE WHEN is_complete THEN one_figure::DECIMAL(18,4) END AS recomputed_total,
       -- a grade is of 100 points: none where the points found are not 100
       CASE WHEN is_complete AND max_score = 100 AND (low_grade = high_grade OR one_grade IS NOT NULL) THEN one_grade END AS recomputed_grade,
       is_complete,
       CASE WHEN items = 0 THEN '没有分值和得分，不能复算'
            WHEN NOT is_complete THEN items || ' 项中有 ' || open_items || ' 项不能复算（' || open_labels || CASE WHEN open_items > 5 THEN '等' ELSE '' END || '）' || CASE WHEN low IS NULL THEN '' ELSE '，其余各项合计 ' || plain(low::DECIMAL(18,4)) END
                 || CASE WHEN low <> high THEN ' 至 ' || plain(high::DECIMAL(18,4)) ELSE '' END
            WHEN low = high THEN items || ' 项全部复算，合计 ' || plain(low::DECIMAL(18,4))
            ELSE items || ' 项全部复算，合计在 ' || plain(low::DECIMAL(18,4)) || ' 至 ' || plain(high::DECIMAL(18,4)) || ' 之间；区间内的项取自评得分时合计 ' || plain(one_figure::DECIMAL(18,4)) END AS explanation
FROM graded;
