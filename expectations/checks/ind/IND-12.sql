/*
id: IND-12
version: 1
class: A
severity: minor
needs: [report]
title: 指标数量足够，且不只有产出指标
title_en: Enough indicators, and not outputs only
basis: 财预〔2020〕10号：单位自评指标包括产出、效益、满意度等方面，应全面反映绩效
message: "{subject}：{detail}"
not_applicable: 没有自评表，或表中没有指标
suppressed_by: [CMP-02, EXT-01]
group: true
*/
WITH counted AS (
  SELECT i.report_id, any_value(r.scope) AS scope,
         count(*) FILTER (i.row_kind = 'indicator') AS indicators,
         count(*) FILTER (i.level1_code = 'outcome' OR i.dimension IN ('economic', 'social', 'ecological', 'sustained')) AS outcomes,
         count(*) FILTER (i.dimension NOT IN ('other', 'execution')) AS known,
         count(*) FILTER (i.row_kind = 'category') AS categories,
         joined(list({'k': i.row_no, 'x': i.name}), '、') AS names,
         min_by(i.place, i.row_no) AS place, min_by(i.location, i.row_no) AS location
  FROM active.indicators AS i JOIN active.reports AS r USING (report_id)
  WHERE NOT i.is_placeholder AND i.name <> '' AND i.row_kind IN ('indicator', 'category') AND r.kind = 'form'
  GROUP BY i.report_id
)
SELECT report_id, 'report.count' AS subject_key, '指标数量' AS subject,
       -- A unit's whole spending takes more to show than a project's.
       indicators < CASE WHEN scope = 'overall' THEN 5 ELSE 4 END AND categories = 0 AS failed,
       indicators::VARCHAR AS reported_value, '不少于' || CASE WHEN scope = 'overall' THEN '5' ELSE '4' END || '项' AS expected_value, NULL AS difference,
       left(names, 300) AS evidence, place, location, '仅设 ' || indicators || ' 项三级指标，不足以反映绩效' AS detail
FROM counted WHERE indicators + categories > 0
UNION ALL BY NAME
SELECT report_id, 'report.outcome' AS subject_key, '效益指标' AS subject, outcomes = 0 AS failed,
       outcomes::VARCHAR AS reported_value, '至少1项' AS expected_value, NULL AS difference, left(names, 300) AS evidence, place, location,
       '只有产出类指标，没有效益指标' AS detail
FROM counted WHERE known >= 1 AND known * 2 >= indicators
