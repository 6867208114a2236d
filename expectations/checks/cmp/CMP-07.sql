/*
id: CMP-07
version: 1
class: A
severity: minor
needs: [report]
title: 填报日期、填报人、联系方式完整
title_en: Date, signature and contact are complete
basis: 自评表落款要求：填报单位（盖章）、填报人、联系电话、填报日期
message: "表头或落款不完整：{detail}"
not_applicable: 没有自评表，或表上没有填报日期、填报人、联系电话栏
suppressed_by: []
group: true
*/
WITH fields AS (
  SELECT h.report_id, h.field, h.label, h.text, h.place, h.location,
         CASE h.field WHEN 'filled_on' THEN '填报日期' WHEN 'preparer' THEN '填报人' WHEN 'contact' THEN '联系人' WHEN 'phone' THEN '联系电话' ELSE '负责人签字' END AS words,
         regexp_replace(h.text, '[\s　_:：/年月日.\-]', '', 'g') AS bare
  FROM active.header_fields AS h JOIN active.reports AS r USING (report_id)
  WHERE r.kind = 'form' AND h.field IN ('filled_on', 'preparer', 'contact', 'phone', 'responsible')
)
SELECT report_id, 'H' || field AS subject_key, words AS subject,
       bare = '' OR (field = 'filled_on' AND NOT regexp_matches(text, '[12]\d{3}|二[〇○零]')) AS failed,
       or_blank(text) AS reported_value, CASE WHEN field = 'filled_on' THEN '年、月、日齐全' ELSE '已填' END AS expected_value,
       NULL AS difference, or_blank(coalesce(label || '：', '') || text) AS evidence, place, location,
       CASE WHEN bare = '' THEN words || '为空白' ELSE words || '“' || trim(text) || '”没有年份' END AS detail
FROM fields
