-- Met or not, how far, by which rule; scores follow in 042. Figures first, then dates, then words.
CREATE OR REPLACE TEMP TABLE figure_outcomes AS
WITH bounded AS (
  SELECT *, way <> 'down' AS is_up,
         -- what is sure of the actual: a bound in the cell leaves the other side open
         CASE WHEN actual_comparator IN ('LE', 'LT') THEN NULL ELSE a_low END AS sure_low,
         CASE WHEN actual_comparator IN ('GE', 'GT') THEN NULL ELSE a_high END AS sure_high,
         -- only figures far apart, of which one may have lost its scale word, need their quotient
         CASE WHEN NOT abs(CAST(a_high AS DOUBLE)) BETWEEN abs(CAST(t_high AS DOUBLE)) * 0.01 AND abs(CAST(t_high AS DOUBLE)) * 100 THEN exact_ratio(a_high, t_high) END AS literal_ratio
  FROM comparisons WHERE both_figures AND unlike IS NULL
), judged AS (
  SELECT *,
         literal_ratio IS NOT NULL AND a_high > 0 AND t_high > 0 AND (literal_ratio > 1000 OR literal_ratio < 0.001) AS is_mismatch,
         CASE WHEN is_up THEN CASE comparator WHEN 'GT' THEN sure_low > t_low ELSE sure_low >= t_low END
              ELSE CASE comparator WHEN 'LT' THEN sure_high < t_high ELSE sure_high <= t_high END END AS is_surely_met,
         CASE WHEN is_up THEN CASE comparator WHEN 'GT' THEN sure_high <= t_low ELSE sure_high < t_low END
              ELSE CASE comparator WHEN 'LT' THEN sure_low >= t_high ELSE sure_low > t_high END END AS is_surely_unmet,
         -- 2 against 2.3万: the factor by which one side lost its scale word
         CASE WHEN literal_ratio IS NOT NULL THEN list_filter([10000, 100000000], lambda f: literal_ratio BETWEEN f * 0.1 AND f * 10)[1] END AS lost_above,
         CASE WHEN literal_ratio IS NOT NULL THEN list_filter([10000, 100000000], lambda f: 1 BETWEEN product(literal_ratio, f * 0.1) AND product(literal_ratio, f * 10))[1] END AS lost_below
  FROM bounded
)
SELECT *,
       CASE WHEN is_mismatch THEN
              CASE WHEN is_up AND lost_above IS NOT NULL AND a_low >= product(t_high, lost_above) THEN 'met'
                   WHEN NOT is_up AND lost_below IS NOT NULL AND product(a_high, lost_below) <= t_low THEN 'met'
                   ELSE 'not_computable' END
            WHEN way = 'assumed_up' AND t_high = 0 AND coalesce(a_high, a_low) <> 0 THEN 'not_computable'
            WHEN is_surely_met THEN 'met'
            WHEN comparator = 'APPROX' AND 10 * a_low >= 9 * t_low AND 10 * a_high <= 11 * t_high THEN 'not_computable'
            WHEN is_surely_unmet THEN 'unmet'
            ELSE 'not_computable' END AS outcome,
       CASE WHEN is_mismatch THEN 'magnitude'
            WHEN way = 'assumed_up' AND t_high = 0 AND coalesce(a_high, a_low) <> 0 THEN 'zero_target'
            WHEN comparator = 'APPROX' AND NOT coalesce(is_surely_met, FALSE) AND 10 * a_low >= 9 * t_low AND 10 * a_high <= 11 * t_high THEN 'approximate'
            WHEN target_kind = 'range' THEN 'range'
            WHEN actual_comparator IS NOT NULL AND actual_comparator NOT IN ('EQ', 'APPROX') THEN 'bound_in_actual'
            WHEN actual_kind = 'range' THEN 'range_in_actual'
            WHEN is_up THEN 'positive' ELSE 'reverse' END AS rule
FROM judged;

-- Dates: low and high are first and last day. A late date has no proportion.
CREATE OR REPLACE TEMP TABLE date_outcomes AS
WITH days AS (
  SELECT *, target_dimension IS NOT DISTINCT FROM actual_dimension AS same_form,
         CASE WHEN t_low > 9999 THEN t_low // 10000 END AS target_year, CASE WHEN a_low > 9999 THEN a_low // 10000 END AS actual_year
  FROM comparisons WHERE target_kind = 'date' AND actual_kind = 'date' AND unlike IS NULL
), aligned AS (
  SELECT * REPLACE (
           CASE WHEN target_year IS NULL AND actual_year IS NOT NULL THEN fiscal_year * 10000 + t_low ELSE t_low END AS t_low,
           CASE WHEN target_year IS NULL AND actual_year IS NOT NULL THEN fiscal_year * 10000 + t_high ELSE t_high END AS t_high,
           CASE WHEN actual_year IS NULL AND target_year IS NOT NULL THEN fiscal_year * 10000 + a_low ELSE a_low END AS a_low,
           CASE WHEN actual_year IS NULL AND target_year IS NOT NULL THEN fiscal_year * 10000 + a_high ELSE a_high END AS a_high)
  FROM days
)
SELECT *, CASE WHEN a_high < t_low THEN 'met'
               WHEN a_high <= t_high AND (comparator IS DISTINCT FROM 'LE' OR t_low = t_high OR regexp_matches(target_text, '底|末|≤|内')) THEN 'met'
               WHEN a_low > t_high THEN 'unmet'
               ELSE 'not_computable' END AS outcome,
       'date' AS rule
FROM aligned;

-- Words: the whole answer names its tier, or repeats the target. tier_words comes from expectations/vocabulary/tiers.yaml.
CREATE OR REPLACE TEMP TABLE word_outcomes AS
SELECT c.* EXCLUDE (says_the_same),
       CASE WHEN w.tier IN ('middle', 'low') THEN w.tier
            WHEN w.tier = 'high' OR says_the_same THEN 'high' END AS tier,
       w.tier IS DISTINCT FROM 'high' AND says_the_same AS is_same_text
FROM (SELECT *, target_text = actual_text OR bare_words(target_text) = bare_words(actual_text) AS says_the_same FROM comparisons
      WHERE unlike IS NULL AND NOT both_figures AND NOT (target_kind = 'date' AND actual_kind = 'date')) AS c
LEFT JOIN tier_words AS w ON w.word = regexp_replace(c.actual_text, '[\s　，。、；：,.;:！!“”"]', '', 'g');
