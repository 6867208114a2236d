/*
id: EXT-04
version: 4
class: A
severity: minor
needs: [report]
title: 识别存疑的单元格已标出
title_en: Damaged cells are flagged
basis: 扫描件、图片识别和转换中的常见错字（≥ 误为 2 或 工、元误为无）须对照原件核对
message: "{count}处文字疑为识别错误，请对照原件核对：{detail}"
not_applicable: 没有可核对的表格内容
suppressed_by: []
group: true
*/
WITH cells AS (
  SELECT report_id, 'R' || row_no AS subject_key, name AS subject, place, location,
         -- Cells that were read with little certainty are named one by one below.
         CASE WHEN (report_id, 'R' || row_no) IN (SELECT (report_id, subject_key) FROM active.doubts) THEN 1.0 ELSE confidence END AS confidence,
         concat_ws(' ', name, target_text, actual_text, variance_reason) AS body, concat_ws(chr(10), target_text, actual_text) AS figures
  FROM active.indicators WHERE NOT is_placeholder
  UNION ALL
  SELECT report_id, 'L' || line_no, label, coalesce(places.label, place), coalesce(locations.label, location), 1.0, coalesce(texts.label, label), '' FROM active.budget_lines
  UNION ALL
  SELECT report_id, 'H' || field, coalesce(label, field), place, location, 1.0, text, '' FROM active.header_fields WHERE length(text) < 4000
), found AS (
  -- 万元 read as 万无 (but 万无一失), B/A as B人A, A/B as a stray ampersand, letters for digits.
  SELECT *, coalesce(
    nullif(regexp_extract(CASE WHEN contains(body, '万无一失') THEN replace(body, '万无一失', '') ELSE body END,
      '[（(]?万[无兀][）)]?|[0-9]\s*[百千亿][无兀]|权重\s*[A-Z]人[A-Z]|[A-Z]人[A-Z]\)?|目标值为\s*&\s*[A-Z]|[0-9][OoIlS][0-9]|[0-9]{1,2}[OoIl]+[%％]'), ''),
    -- A figure that begins or ends with a letter like a digit, or with ≥ read as 工; 20l are litres.
    CASE WHEN contains(figures, 'O') OR contains(figures, 'o') OR contains(figures, 'I') OR contains(figures, 'l') OR contains(figures, '工') OR contains(figures, '口')
         THEN regexp_extract(figures, '(?m)^[≥≤<>=＞＜＝]*\s*(?:[OoIl]{1,3}[0-9.]+|[工口]\s*[0-9.]+[%％]?)|[0-9](?:[Oo]+|I+)(?:\p{Han}|$)') ELSE '' END) AS damage
  FROM cells
)
SELECT report_id, subject_key, subject, confidence < 0.8 OR damage <> '' AS failed, coalesce(nullif(damage, ''), left(body, 60)) AS reported_value,
       '清晰' AS expected_value, CASE WHEN confidence < 0.8 THEN '置信度 ' || round(confidence, 2) END AS difference, left(body, 300) AS evidence, place, location,
       CASE WHEN damage <> '' THEN '“' || damage || '”' ELSE subject END AS detail
FROM found
UNION ALL BY NAME
SELECT report_id, subject_key || '.' || field AS subject_key, CASE WHEN trim(text) = '' THEN '未能识别' ELSE left(text, 60) END AS subject, TRUE AS failed,
       CASE WHEN trim(text) = '' THEN '（有墨迹，未能识别）' ELSE left(text, 60) END AS reported_value, '清晰' AS expected_value,
       '置信度 ' || round(confidence, 2) AS difference, left(text, 300) AS evidence, place, location,
       CASE WHEN trim(text) = '' THEN '未能识别的墨迹' ELSE '“' || left(text, 20) || '”' END AS detail
FROM active.doubts
-- A dash is no figure, however faint.
WHERE NOT regexp_full_match(trim(text), '[\-‐-―－─_]+')
