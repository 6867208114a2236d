/*
id: CMP-08
version: 2
class: A
severity: major
needs: [report]
title: 没有遗留的占位符
title_en: No placeholders left
basis: 自评表应按实际填写，模板中的“指标1：”“……”“XX”“*”等占位符应删除或替换
message: "{count}处仍是模板占位符：{detail}"
not_applicable: 没有可核对的内容
suppressed_by: []
group: true
*/
WITH with_prompts AS (
  -- Few forms have any: only their rows are looked at beside each other.
  SELECT DISTINCT report_id FROM active.indicators WHERE source = 'form' AND (is_placeholder OR target_kind = 'placeholder')
), beside AS (
  SELECT report_id, row_no,
         -- An unused row below a filled one is the form's spare line; a category with nothing but prompts was not filled.
         bool_or(NOT is_placeholder AND name <> '' AND actual_text <> '') OVER (PARTITION BY report_id, level1) AND (level2 = '' OR name IN ('', level2)
           OR bool_or(NOT is_placeholder AND name <> '') OVER (PARTITION BY report_id, level1, level2)) AS category_filled
  FROM active.indicators SEMI JOIN with_prompts USING (report_id) WHERE source = 'form'
), placed AS (
  SELECT report_id, row_no, level2, name, target_text, actual_text, place, location, places.target AS target_place, places.actual AS actual_place,
         locations.target AS target_location, locations.actual AS actual_location, is_placeholder, target_kind, actual_kind, category_filled
  FROM active.indicators LEFT JOIN beside USING (report_id, row_no) WHERE source = 'form'
), cells AS (
  SELECT report_id, 'R' || row_no AS subject_key, coalesce(nullif(name, ''), nullif(level2, ''), '第' || row_no || '项指标') AS subject,
         CASE WHEN is_placeholder OR (target_kind = 'placeholder' AND actual_text = '' AND regexp_full_match(target_text, '[\s….·]*')) THEN NOT category_filled AND regexp_replace(name || target_text || actual_text, '[-/／—－\s]', '', 'g') <> ''
              ELSE target_kind = 'placeholder' OR actual_kind = 'placeholder'
                -- X场, ×期, ≥×人, __件: the figure before its unit was never put in.
                OR regexp_full_match(target_text, '[≥≤><=＞＜\s]*([XxＸｘ×*＊]|_{2,})\s*[\x{4e00}-\x{9fff}%]{1,4}') OR regexp_full_match(actual_text, '[≥≤><=＞＜\s]*([XxＸｘ×*＊]|_{2,})\s*[\x{4e00}-\x{9fff}%]{1,4}') END
           OR regexp_matches(name, '(X{2,}|Ｘ{2,}|×{2,}|\*{2,}|＊{2,}|○{2,}|〇{3,}|_{3,})') AS failed,
         CAST(NULL AS VARCHAR) AS severity,
         concat_ws(' | ', name, target_text, actual_text) AS printed_text,
         CASE WHEN target_kind = 'placeholder' THEN coalesce(target_place, place) WHEN actual_kind = 'placeholder' THEN coalesce(actual_place, place) ELSE place END AS place,
         CASE WHEN target_kind = 'placeholder' THEN coalesce(target_location, location) WHEN actual_kind = 'placeholder' THEN coalesce(actual_location, location) ELSE location END AS location
  FROM placed
), parts AS (
  SELECT report_id, 'S' || section_no AS subject_key, coalesce(nullif(heading, ''), '正文') AS subject, text, place, location,
         -- What stands around it is looked for only where there is something.
         CASE WHEN contains(text, 'XX') OR contains(text, 'ＸＸ') OR contains(text, '××') OR contains(text, '＊＊') OR contains(text, '**')
              THEN regexp_extract(text, '[^。；\n]{0,20}(X{2,}|Ｘ{2,}|×{2,}|＊{2,}|\*{2,})[^。；\n]{0,20}') ELSE '' END AS left_over
  FROM active.sections
)
SELECT report_id, subject_key, subject, failed, severity, printed_text AS reported_value, '实际内容' AS expected_value, NULL AS difference,
       printed_text AS evidence, place, location, CASE WHEN printed_text = '' THEN subject ELSE printed_text END AS detail
FROM cells
UNION ALL BY NAME
SELECT report_id, subject_key, subject, left_over <> '' AS failed, NULL AS severity, nullif(left_over, '') AS reported_value,
       '实际内容' AS expected_value, NULL AS difference, nullif(left_over, '') AS evidence, place, location, left_over AS detail
FROM parts WHERE text <> ''
