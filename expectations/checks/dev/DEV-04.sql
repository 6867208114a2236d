/*
id: DEV-04
version: 1
class: C
severity: query
needs: [report]
title: 偏差原因与改进措施是否切题、具体
title_en: Do reason and remedy fit the deviation?
basis: 财预〔2020〕10号：偏差原因应与未完成的指标对应，改进措施应可执行
message: "{subject}：{detail}"
not_applicable: 没有填写偏差原因和改进措施
suppressed_by: []
group: false
note: 所述原因能否解释该指标的偏差？改进措施是否针对该原因，有无责任人和时限？请看：偏差原因分析及改进措施栏，正文“存在的问题”“改进措施”部分。多项指标共用同一句原因、或只有“受疫情影响”“加强管理”一类笼统说法的优先核对
*/
-- A question for a person: every row is a point to look at in the dossier, none is a finding.
WITH points AS (
  SELECT report_id, row_no AS nth, 'R' || row_no AS subject_key, name AS subject, variance_reason AS evidence, coalesce(places.variance_reason, place) AS place,
         coalesce(locations.variance_reason, location) AS location, '所述原因能否解释偏差，措施是否针对原因' AS detail
  FROM active.indicators WHERE NOT is_placeholder AND is_filled(variance_reason)
  UNION ALL
  SELECT report_id, 900, 'H' || field, coalesce(nullif(label, ''), '偏差原因'), left(text, 600), place, location, '所述原因和措施是否切题、具体'
  FROM active.header_fields WHERE field IN ('reasons', 'measures') AND is_filled(text)
  UNION ALL
  SELECT report_id, 1000 + section_no, 'S' || section_no, heading, left(text, 600), place, location, '所述问题和措施是否与未完成的指标对应'
  FROM active.sections WHERE kind IN ('problems', 'measures') AND length(text) >= 20
)
SELECT report_id, subject_key, subject, TRUE AS failed, NULL AS reported_value, NULL AS expected_value, NULL AS difference, evidence, place, location, detail
FROM points
QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY nth, subject_key) <= 12
