/*
id: EXT-03
version: 1
class: A
severity: info
needs: [report]
title: 没有转换软件的残留
title_en: No converter residue
basis: 报送材料应为清稿；书签、域代码、乱码等转换残留应清除
message: "文中有转换残留：{detail}"
not_applicable: 没有可核对的文字
suppressed_by: []
group: true
*/
WITH texts AS (
  SELECT report_id, '正文' AS subject, place, location, narrative_text AS body FROM active.reports
  UNION ALL
  SELECT report_id, name, place, location, concat_ws(' ', level1, level2, name, target_text, actual_text, variance_reason) FROM active.indicators
  UNION ALL
  SELECT report_id, coalesce(label, field), place, location, text FROM active.header_fields
), found AS (
  -- Most texts have none of the words to begin with.
  SELECT *, CASE WHEN contains(body, '[bookmark:') OR contains(body, '_GoBack') OR contains(body, 'HYPERLINK') OR contains(body, 'MERGEFORMAT') OR contains(body, 'PAGEREF')
                      OR contains(body, '!未找到') OR contains(body, 'Error! ') OR contains(body, '&') OR contains(body, '�') OR contains(body, '<')
                 THEN regexp_extract(body, '\[bookmark:[^\]]*\]|_GoBack|HYPERLINK\s*"|MERGEFORMAT|PAGEREF|错误!未找到|Error! |&(nbsp|lt|gt|amp|#\d+);|�+|<\/?(span|font|table|td|tr|o:p)[^>]*>') ELSE '' END AS residue
  FROM texts WHERE body <> ''
), reported AS (
  -- What the reader already took out and noted.
  SELECT report_id, place, location, unnest(warnings) AS warning FROM active.reports
)
SELECT report_id, 'X' || left(md5(subject || residue), 8) AS subject_key, subject, residue <> '' AS failed, nullif(residue, '') AS reported_value,
       '无残留' AS expected_value, NULL AS difference, nullif(residue, '') AS evidence, place, location, residue AS detail
FROM found
UNION ALL BY NAME
SELECT report_id, 'Xread' AS subject_key, '正文' AS subject, TRUE AS failed, warning AS reported_value, '无残留' AS expected_value, NULL AS difference,
       warning AS evidence, place, location, warning AS detail
FROM reported WHERE regexp_matches(warning, '转换|残留|书签|域代码|乱码')
