/*
id: VAL-02
version: 3
class: A
severity: minor
needs: [report]
title: 指标名称、目标值、完成值的计量单位一致
title_en: Units in name, target and actual agree
basis: 自评审核要点：同一指标的计量单位应前后一致，不同计量单位不可比较
message: "{subject}：计量单位不一致，{detail}"
not_applicable: 没有写明计量单位的指标
suppressed_by: [VAL-01, CMP-03, SAT-03]
group: false
*/
WITH units AS (
  SELECT *,
         CASE WHEN contains(target_text, target_unit) THEN target_unit END AS target_printed,
         CASE WHEN contains(actual_text, actual_unit) THEN actual_unit END AS actual_printed,
         split_part(target_dimension, ':', 1) AS target_family, split_part(actual_dimension, ':', 1) AS actual_family
  FROM active.indicators
  WHERE row_kind = 'indicator' AND NOT is_placeholder AND (target_kind IN ('number', 'range') OR actual_kind IN ('number', 'range'))
    AND (target_unit IS NOT NULL OR actual_unit IS NOT NULL)
), measured AS (
  -- 个, 项, 件, 处 … count the same things in other words; persons, households and visits do not.
  SELECT *,
         CASE WHEN regexp_full_match(coalesce(target_unit, ''), '万?(人|名|位)') THEN '人' WHEN regexp_full_match(coalesce(target_unit, ''), '万?(人次|户|人天|人日)') THEN replace(target_unit, '万', '') ELSE '计数' END AS target_count,
         CASE WHEN regexp_full_match(coalesce(actual_unit, ''), '万?(人|名|位)') THEN '人' WHEN regexp_full_match(coalesce(actual_unit, ''), '万?(人次|户|人天|人日)') THEN replace(actual_unit, '万', '') ELSE '计数' END AS actual_count
  FROM units
), compared AS (
  SELECT *,
         target_printed IS NOT NULL AND actual_printed IS NOT NULL AND target_dimension IS NOT NULL AND actual_dimension IS NOT NULL
           AND (target_family <> actual_family OR (target_family = 'count' AND target_count <> actual_count)) AS unlike,
         name_unit IS NOT NULL AND target_family = 'money' AND target_printed IS NOT NULL AND target_unit <> name_unit AND name_unit LIKE '%元' AS target_off_name,
         -- 0.96 under a unit of % beside 95: a spreadsheet's fraction.
         CASE WHEN actual_dimension = 'percent' AND actual_value <> 0 AND NOT contains(actual_text, '%')
              THEN NOT regexp_matches(actual_text, '[％‰百千分]') AND actual_value = try_cast(actual_text AS DECIMAL(18,8)) ELSE FALSE END AS as_fraction,
         name_unit IS NOT NULL AND actual_family = 'money' AND actual_printed IS NOT NULL AND actual_unit <> name_unit AND name_unit LIKE '%元' AS actual_off_name
  FROM measured
)
SELECT report_id, 'R' || row_no AS subject_key, name AS subject, unlike OR target_off_name OR actual_off_name OR as_fraction AS failed,
       CASE WHEN unlike THEN 'major' END AS severity,
       coalesce(actual_unit, '无') AS reported_value, coalesce(CASE WHEN unlike THEN target_unit ELSE coalesce(name_unit, target_unit) END, '无') AS expected_value,
       NULL AS difference, concat_ws(' | ', name, name_unit, target_text, actual_text) AS evidence,
       coalesce(CASE WHEN target_off_name THEN places.target ELSE places.actual END, place) AS place,
       coalesce(CASE WHEN target_off_name THEN locations.target ELSE locations.actual END, location) AS location,
       CASE WHEN unlike THEN '目标值为“' || target_text || '”，完成值为“' || actual_text || '”，无法比较'
            WHEN target_off_name THEN '指标名称为“' || name_unit || '”，目标值为“' || target_text || '”'
            WHEN as_fraction THEN '目标值为“' || target_text || '”，完成值写作小数“' || actual_text || '”，按 ' || percent(actual_value, 2) || ' 读取'
            WHEN actual_off_name THEN '指标名称为“' || name_unit || '”，完成值为“' || actual_text || '”' ELSE '' END AS detail
FROM compared
