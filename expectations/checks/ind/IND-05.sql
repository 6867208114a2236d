/*
id: IND-05
version: 2
class: A
severity: minor
needs: [report]
title: 产出（数量、质量、时效、成本）和满意度指标齐全
title_en: No required dimension is missing
basis: 财预〔2020〕10号：产出指标包括数量、质量、时效、成本，另设效益和满意度指标；各地自评表式样
message: "缺少{subject}指标"
not_applicable: 没有可识别类别的指标
suppressed_by: [CMP-02, EXT-01, IND-12]
group: true
*/
WITH rows_of AS (
  SELECT report_id, dimension, level1_code, level1, level2, name, place, location, row_no,
         NOT is_placeholder AND regexp_matches(name, '[^/／\-—…\s]') AS filled
  FROM active.indicators WHERE row_kind IN ('indicator', 'category')
), known AS (
  SELECT report_id, count(*) FILTER (filled) AS filled_rows, list(dimension) FILTER (filled) AS dimensions,
         list(level1_code) FILTER (filled) AS level1_codes,
         min_by(place, row_no) AS place, min_by(location, row_no) AS location,
         joined_once(list(nullif(coalesce(nullif(level2, ''), level1), '')) FILTER (filled)) AS categories
  FROM rows_of GROUP BY report_id
  HAVING count(*) FILTER (filled AND dimension NOT IN ('other', 'execution')) >= 3
     -- Frameworks of their own (部门管理, 履职效果, 能力建设) are not cut by quantity, quality, timeliness and cost.
     AND len(list_distinct(list(dimension) FILTER (filled AND dimension IN ('quantity', 'quality', 'timeliness', 'cost')))) >= 2
), wanted AS (
  SELECT report_id, filled_rows, place, location, categories,
         unnest([
           {'dimension': 'quantity', 'words': '数量', 'there': list_contains(dimensions, 'quantity')},
           {'dimension': 'quality', 'words': '质量', 'there': list_contains(dimensions, 'quality')},
           {'dimension': 'timeliness', 'words': '时效', 'there': list_contains(dimensions, 'timeliness')},
           {'dimension': 'cost', 'words': '成本', 'there': list_contains(dimensions, 'cost') OR list_contains(level1_codes, 'cost')},
           {'dimension': 'satisfaction', 'words': '满意度', 'there': list_contains(dimensions, 'satisfaction') OR list_contains(level1_codes, 'satisfaction')}
         ], recursive := true)
  FROM known
), printed_empty AS (
  -- A category that the form prints and nobody filled.
  SELECT report_id, level1, level2, min(row_no) AS row_no, min_by(place, row_no) AS place, min_by(location, row_no) AS location, min_by(dimension, row_no) AS dimension
  FROM rows_of WHERE level2 <> '' AND report_id IN (SELECT report_id FROM rows_of WHERE NOT filled) GROUP BY report_id, level1, level2
  HAVING NOT bool_or(filled) AND NOT bool_or(regexp_full_match(trim(name), '[-/／—－无]+'))
)
SELECT report_id, 'D' || dimension AS subject_key, words AS subject, NOT there AS failed,
       CASE WHEN there THEN '有' ELSE '无' END AS reported_value, '有' AS expected_value, NULL AS difference,
       '已设：' || coalesce(categories, '无') AS evidence, place, location
FROM wanted
UNION ALL BY NAME
SELECT e.report_id, 'D' || e.dimension AS subject_key, regexp_replace(e.level2, '指标[（(]?.*$|\s', '', 'g') AS subject, TRUE AS failed,
       '空白' AS reported_value, '有' AS expected_value, NULL AS difference, '表中列有“' || e.level2 || '”，未设指标' AS evidence, e.place, e.location
FROM printed_empty AS e JOIN known AS k USING (report_id)
WHERE e.dimension NOT IN ('quantity', 'quality', 'timeliness', 'cost', 'satisfaction') OR list_contains(k.dimensions, e.dimension)
