/*
id: TXT-03
version: 2
class: A
severity: info
needs: [report]
title: 填报说明和别处的套话已删除
title_en: Form instructions are removed
basis: 自评报告应为正式文稿，提纲提示语、填表说明应删除，不得照搬项目自评的表述
message: "遗留提示语或照搬的表述：{detail}"
not_applicable: 没有文字内容
suppressed_by: []
group: true
*/
WITH parts AS (
  SELECT report_id, 'S' || section_no AS part_key, heading, heading || '。' || text AS body, place, location FROM active.sections
  UNION ALL
  SELECT report_id, 'H' || field, coalesce(label, field), text, place, location FROM active.header_fields
  WHERE field NOT IN ('notes', 'remark')  -- the form's own printed notes
  UNION ALL
  SELECT report_id, 'R' || row_no, name, concat_ws('。', name, target_text, actual_text, variance_reason), place, location FROM active.indicators
), suspected AS (
  SELECT *, regexp_matches(body, '方面|归纳反映|字以内|[（(]填[表写报]说明|此处填写|在此|请(简要|根据|如实|逐|各单位|说明|在此|填)|填[表写报](说明|要求|指引)|指引】|[（(【](此|本)(处|部分)|[（(【](主要反映|简要|需要说明|说明[:：]|文字描述)|[（(](对|从|包括)[^（）()]{6,}(说明|分析|等)|根据实际情况填写|附页|样表|示例：|参考格式|(该|本)项目的?实施') AS suspect -- one pass for all words
  FROM parts WHERE body <> ''
), found AS (
  SELECT p.*,
         CASE WHEN suspect THEN coalesce(nullif(regexp_extract(body, '([（(【](请|此处|此部分|本部分|填[表写报](说明|要求|指引)|主要反映|简要|需要说明的|说明[:：]|文字描述|对[^（）()0-9]{2,20}应(当)?(逐|说明|分析)|从[^（）()0-9]{4,30}方面[^（）()0-9]{0,6}(分析|说明)|包括[^（）()0-9]{8,}(情况|依据|办法|措施|原因|内容|成效)等[)）])[^。；\n]{0,40}|(^|[。；\n])\s*(填[表写报](说明|要求|指引)[:：]|注[:：]请|请(各单位|简要|说明|如实|逐[项条]|在此|填写))[^。；\n]{0,40})'), ''), regexp_extract(body, '[^。；\n]{0,20}(从数量、质量、时效|从[^。；\n]{2,20}(等)?方面(归纳)?反映|归纳反映|限?\d{2,4}\s*字以内|[（(]填[表写报]说明|[（(]?请(在此|简要|根据实际|如实|逐条)(填写|说明|描述|分析)|根据实际情况填写|此处填写|可另附页|可附页|样表|示例：|参考格式)[^。；\n]{0,24}')) ELSE '' END AS prompt,
         CASE WHEN suspect AND r.scope = 'overall' THEN regexp_extract(body, '[^。；\n]{0,10}(通过(该|本)项目的?实施|(该|本)项目的实施(有效|切实|为))[^。；\n]{0,24}') ELSE '' END AS borrowed
  FROM suspected AS p JOIN active.reports AS r USING (report_id)
)
SELECT report_id, part_key AS subject_key, left(heading, 30) AS subject, prompt <> '' OR borrowed <> '' AS failed,
       nullif(concat_ws('；', nullif(prompt, ''), nullif(borrowed, '')), '') AS reported_value, '删除或改写' AS expected_value, NULL AS difference,
       nullif(concat_ws('；', nullif(prompt, ''), nullif(borrowed, '')), '') AS evidence, place, location,
       concat_ws('；', CASE WHEN prompt <> '' THEN '提示语“' || trim(prompt) || '”' END, CASE WHEN borrowed <> '' THEN '部门整体报告中的项目表述“' || trim(borrowed) || '”' END) AS detail
FROM found
