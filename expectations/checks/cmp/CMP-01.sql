/*
id: CMP-01
version: 1
class: A
severity: blocker
needs: [report]
across_reports: true
title: 附有绩效自评表
title_en: A self-evaluation form is there
basis: 财预〔2020〕10号：单位自评应填报自评表；各地部门整体支出绩效自评通知要求报送自评报告和自评表
message: "{subject}只有文字报告，未见自评表（资金、指标、分值、得分），请补报。{detail}"
not_applicable: 没有需要核对的报告
suppressed_by: []
group: false
*/
WITH forms AS (
  -- The form may have come in another file of the same unit and year.
  SELECT DISTINCT unit_name, fiscal_year FROM active.reports WHERE kind = 'form' AND scope = 'overall' AND unit_name IS NOT NULL
)
SELECT r.report_id, 'report' AS subject_key, coalesce(r.unit_name, '本报告') AS subject,
       r.kind = 'narrative' AND f.unit_name IS NULL AS failed,
       CASE WHEN r.kind = 'narrative' THEN '仅有文字报告' ELSE '有自评表' END AS reported_value, '有自评表' AS expected_value,
       NULL AS difference, CASE WHEN r.kind = 'narrative' THEN left(trim(r.narrative_text, ' 
	　'), 60) END AS evidence,
       r.place, r.location,
       CASE WHEN r.kind = 'narrative' AND f.unit_name IS NULL THEN '文字中的指标和得分按文字读取，仅供参考' ELSE '' END AS detail
FROM active.reports AS r
LEFT JOIN forms AS f ON f.unit_name = r.unit_name AND f.fiscal_year IS NOT DISTINCT FROM r.fiscal_year
