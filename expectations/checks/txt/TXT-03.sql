/*
id: TXT-03
version: 1
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
  UNION ALL
  SELECT report_id, 'R' || row_no, name, concat_ws('。', name, target_text, actual_text, variance_reason), place, location FROM active.indicators
), suspected AS (
  SELECT *, regexp_matches(body, '方面|归纳反映|字以内|[（(]填[表写报]说明|此处填写|在此|请(简要|根据|如实|逐)|根据实际情况填写|附页|样表|示例：|参考格式') AS may_prompt,
         regexp_matches(body, '(该|本)项目的?实施') AS may_borrow
  FROM parts WHERE body <> ''
), found AS (
  SELECT p.*,
         CASE WHEN may_prompt THEN regexp_extract(body, '[^。；\n]{0,20}(从数量、质量、时效|从[^。；\n]{2,20}(等)?方面(归纳)?反映|归纳反映|限?\d{2,4}\s*字以内|[（(]填[表写报]说明|[（(]?请(在此|简要|根据实际|如实|逐条)(填写|说明|描述|分析)|根据实际情况填写|此处填写|可另附页|可附页|样表|示例：|参考格式)[^。；\n]{0,24}') ELSE '' END AS prompt,
         CASE WHEN may_borrow AND r.scope = 'overall' THEN regexp_extract(body, '[^。；\n]{0,10}(通过(该|本)项目的?实施|(该|本)项目的实施(有效|切实|为))[^。；\n]{0,24}') ELSE '' END AS borrowed
  FROM suspected AS p JOIN active.reports AS r USING (report_id)
)
SELECT report_id, part_key AS subject_key, left(heading, 30) AS subject, prompt <> '' OR borrowed <> '' AS failed,
       nullif(concat_ws('；', nullif(prompt, ''), nullif(borrowed, '')), '') AS reported_value, '删除或改写' AS expected_value, NULL AS difference,
       nullif(concat_ws('；', nullif(prompt, ''), nullif(borrowed, '')), '') AS evidence, place, location,
       concat_ws('；', CASE WHEN prompt <> '' THEN '提示语“' || trim(prompt) || '”' END, CASE WHEN borrowed <> '' THEN '部门整体报告中的项目表述“' || trim(borrowed) || '”' END) AS detail
FROM found
