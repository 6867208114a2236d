/*
id: DEV-03
version: 3
class: A
severity: minor
needs: [report]
title: 远超目标的指标说明原因
title_en: Far above target needs a reason
basis: 财预〔2020〕10号：完成值超过指标值较多的应分析原因，因指标值设定明显偏低的按偏离度调减得分；广西等地以 130% 为界
message: "{count}项指标完成值远超目标值，没有说明原因，请核实目标是否偏低：{detail}"
not_applicable: 没有可计算完成比例的正向指标
suppressed_by: [CMP-03, VAL-01]
group: true
*/
WITH limits AS (
  SELECT p.report_id, coalesce(q.over_limit, 1.3) AS over_limit
  FROM judge.report_profiles AS p LEFT JOIN judge.profiles AS q USING (profile_id)
), values_of AS (
  SELECT i.report_id, i.row_no, i.name, i.target_text, i.actual_text, i.variance_reason, coalesce(i.places.actual, i.place) AS place, coalesce(i.locations.actual, i.location) AS location,
         coalesce(i.target_value, i.target_high) AS target_end, coalesce(i.actual_value, i.actual_low) AS actual_end, i.target_base, i.actual_base, i.target_dimension, i.actual_dimension,
         coalesce(l.over_limit, 1.3) AS over_limit
  FROM active.indicators AS i LEFT JOIN limits AS l USING (report_id)
  WHERE i.row_kind = 'indicator' AND NOT i.is_placeholder AND i.direction <> 'down' AND coalesce(i.comparator, 'EQ') NOT IN ('LE', 'LT')
    AND i.target_kind IN ('number', 'range') AND i.actual_kind IN ('number', 'range')
    AND (i.target_dimension IS NULL OR i.actual_dimension IS NULL OR i.target_dimension = i.actual_dimension)
    -- 每季度不少于1次 and 全年5次 are not counted over the same time.
    AND regexp_matches(i.target_text, '每个?(季度?|月|周|旬|天|日)') = regexp_matches(i.actual_text, '每个?(季度?|月|周|旬|天|日)')
    -- Durations and costs: less is better unless the form says otherwise.
    AND NOT (i.direction = 'unknown' AND (i.dimension IN ('timeliness', 'cost') AND coalesce(i.target_dimension, '') IN ('duration', 'money')))
), scaled AS (
  SELECT * EXCLUDE (target_base, actual_base),
         side_factor(target_end, target_base, target_dimension, actual_dimension, shares_unit(target_end, target_base, actual_end, actual_base)) AS target_factor,
         side_factor(actual_end, actual_base, actual_dimension, target_dimension, shares_unit(target_end, target_base, actual_end, actual_base)) AS actual_factor
  FROM values_of WHERE target_end > 0
), compared AS (
  -- A rough quotient first: the exact one only near and above the limit.
  SELECT *, CASE WHEN actual_end::DOUBLE * actual_factor::DOUBLE > 1.15 * target_end::DOUBLE * target_factor::DOUBLE
                 THEN exact_ratio(TRY(actual_end * actual_factor), TRY(target_end * target_factor)) END AS achievement
  FROM scaled
), told AS (
  SELECT c.report_id, c.row_no,
         list_filter(string_split_regex(r.narrative_text, '[。；;！\n]'), lambda s: contains(s, c.short_name)
           AND regexp_matches(substr(s, strpos(s, c.short_name)), '原因|由于|因为|主要是|得益于|偏低|新增任务|超出预期|增加了')) AS sentences
  FROM (SELECT report_id, row_no, regexp_replace(name, '[（(][^（）()]*[）)]\s*$', '') AS short_name FROM compared WHERE achievement >= over_limit) AS c
  JOIN active.reports AS r USING (report_id)
  WHERE contains(r.narrative_text, c.short_name)
), reasoned AS (
  SELECT c.*, coalesce(c.achievement >= c.over_limit, FALSE) AS far_over, is_filled(c.variance_reason) AS own_reason, coalesce(len(t.sentences), 0) > 0 AS told_reason
  FROM compared AS c LEFT JOIN told AS t USING (report_id, row_no)
)
SELECT report_id, 'R' || row_no AS subject_key, name AS subject, far_over AND NOT own_reason AND NOT told_reason AS failed,
       actual_text AS reported_value, target_text AS expected_value, '为目标的 ' || percent(achievement, 1) AS difference,
       concat_ws(' | ', name, target_text, actual_text) AS evidence, place, location,
       name || '（目标 ' || target_text || '，完成 ' || actual_text || '，为目标的 ' || percent(achievement, 1) || '；达到 ' || percent(over_limit) || ' 须说明）' AS detail
FROM reasoned
