-- Target and actual of every indicator brought to one scale, with the direction, before anything is scored.
-- unlike: why the two cannot be compared; NULL where they can.
CREATE OR REPLACE TEMP MACRO bare_words(text) AS
  regexp_replace(text, '[\s　，。、；：,.;:！!“”"（）()《》]|均|全部|已经|已|按时|按期|按计划', '', 'g');

CREATE OR REPLACE TEMP TABLE comparisons AS
WITH sides AS (
  SELECT i.report_id, i.row_no, i.row_kind, i.is_placeholder, i.score_group, i.direction, i.comparator,
         i.target_kind, i.actual_kind, i.actual_comparator, i.target_text, i.actual_text, i.name,
         i.target_dimension, i.actual_dimension, i.actual_step,
         i.max_score AS weight, r.profile_id,
         i.target_kind IN ('number', 'range', 'duration', 'ratio') AND coalesce(i.target_low, i.target_high, i.target_value) IS NOT NULL AS target_is_figure,
         i.actual_kind IN ('number', 'range', 'duration', 'ratio') AND coalesce(i.actual_low, i.actual_high, i.actual_value) IS NOT NULL AS actual_is_figure,
         coalesce(i.target_low, i.target_value) AS t_low, coalesce(i.target_high, i.target_value) AS t_high,
         coalesce(i.actual_low, i.actual_value) AS a_low, coalesce(i.actual_high, i.actual_value) AS a_high,
         coalesce(i.target_base, 1) AS t_base, coalesce(i.actual_base, 1) AS a_base,
         i.target_base IS DISTINCT FROM i.actual_base AND i.target_dimension = i.actual_dimension AS rescale,
         i.target_dimension IS NOT DISTINCT FROM i.actual_dimension AS same_dimension,
         i.target_dimension = 'percent' AND i.actual_dimension IS NULL AND coalesce(i.actual_low, i.actual_value) >= 2 AS actual_lacks_percent,
         i.actual_dimension = 'percent' AND i.target_dimension IS NULL AND coalesce(i.target_low, i.target_value) >= 2 AS target_lacks_percent,
         core_report.fiscal_year
  FROM active.indicators AS i
  JOIN judge.report_profiles AS r USING (report_id)
  JOIN active.reports AS core_report USING (report_id)
), scaled AS (
  SELECT * REPLACE (
           CASE WHEN rescale THEN product(t_low, t_base) WHEN target_lacks_percent THEN product(t_low, 0.01) ELSE product(t_low, 1) END AS t_low,
           CASE WHEN rescale THEN product(t_high, t_base) WHEN target_lacks_percent THEN product(t_high, 0.01) ELSE product(t_high, 1) END AS t_high,
           CASE WHEN rescale THEN product(a_low, a_base) WHEN actual_lacks_percent THEN product(a_low, 0.01) ELSE product(a_low, 1) END AS a_low,
           CASE WHEN rescale THEN product(a_high, a_base) WHEN actual_lacks_percent THEN product(a_high, 0.01) ELSE product(a_high, 1) END AS a_high)
  FROM sides
)
SELECT * EXCLUDE (t_base, a_base, target_is_figure, actual_is_figure, same_dimension),
       CASE WHEN comparator IN ('GE', 'GT') THEN 'up' WHEN comparator IN ('LE', 'LT') THEN 'down'
            WHEN direction IN ('up', 'down') THEN direction ELSE 'assumed_up' END AS way,
       target_is_figure AND actual_is_figure AS both_figures,
       CASE WHEN is_placeholder THEN 'placeholder'
            WHEN row_kind = 'category' THEN 'category'
            WHEN actual_kind IN ('blank', 'marker', 'placeholder') THEN 'blank_actual'
            WHEN target_kind IN ('blank', 'marker', 'placeholder') THEN 'blank_target'
            WHEN target_is_figure AND coalesce(t_low, t_high) IS NULL OR actual_is_figure AND coalesce(a_low, a_high) IS NULL THEN 'out_of_range'
            WHEN target_kind = 'compound' OR actual_kind = 'compound' THEN 'compound'
            WHEN target_is_figure AND NOT actual_is_figure THEN 'actual_not_a_figure'
            WHEN actual_is_figure AND NOT target_is_figure THEN 'target_not_a_figure'
            WHEN target_is_figure AND NOT (same_dimension OR target_dimension IS NULL OR actual_dimension IS NULL) THEN 'unlike_units'
            WHEN target_is_figure AND (target_dimension = 'percent') <> (actual_dimension = 'percent') THEN 'unlike_units'
            WHEN target_is_figure AND (target_dimension = 'percent' AND actual_dimension IS NULL OR actual_dimension = 'percent' AND target_dimension IS NULL)
                 AND NOT actual_lacks_percent AND NOT target_lacks_percent AND t_low <> a_low THEN 'percent_sign_missing'
       END AS unlike
FROM scaled;
