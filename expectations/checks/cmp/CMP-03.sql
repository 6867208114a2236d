/*
id: CMP-03
version: 2
class: A
severity: blocker
needs: [report]
title: 指标的实际完成值、分值、得分均已填写
title_en: Actual, weight and score of every indicator are filled in
basis: 财预〔2020〕10号 项目支出绩效自评表为必填项；自评系统必录项（实际完成值、分值、得分）
message: "{subject}：{detail}"
not_applicable: 没有自评表，或表中没有指标
suppressed_by: [CMP-02, SAT-02, CMP-08]
group: true
note: 全表未填只列一条，并压下由空白引起的其他问题；有得分而无实际完成值的见 CMP-06
*/
WITH form_rows AS (
  SELECT report_id, row_no, row_kind, name, level1, level2, max_score, reported_score, score_group,
         is_filled(actual_text) AS has_actual, texts.max_score IS NOT NULL AS weight_cell, texts.reported_score IS NOT NULL AS score_cell
  FROM active.indicators
  WHERE source = 'form' AND row_kind IN ('indicator', 'category') AND NOT is_placeholder AND name <> ''
    AND NOT regexp_matches(name, '^\s*(注|备注|说明|填[表报]说明)\s*[：:]')
    -- 其中 breaks the row above down, which carries weight and score for both.
    AND NOT (starts_with(ltrim(name), '其中') AND max_score IS NULL AND reported_score IS NULL AND is_filled(actual_text))
), firsts AS (
  SELECT report_id, level1, level2, min(row_no) AS row_no FROM form_rows GROUP BY ALL
), placed AS (
  SELECT f.*, first.row_no IS NOT NULL AS first_of_category
  FROM form_rows AS f LEFT JOIN firsts AS first USING (report_id, row_no)
), forms AS (
  SELECT report_id, bool_or(max_score IS NOT NULL OR weight_cell) AS weighted, bool_or(reported_score IS NOT NULL OR score_cell) AS scored,
         -- Scored by category; or a score beside the first row of every category and beside no other: a merged cell
         -- whose merging got lost.
         bool_or(row_kind = 'category')
           OR (bool_and((reported_score IS NOT NULL) = first_of_category) AND bool_or(NOT first_of_category)
               AND bool_and(max_score IS NULL OR first_of_category)) AS category_scores
  FROM placed GROUP BY report_id
), grouped AS (
  -- The weight stands in the label above: 产出指标40分, with a table of weighted rows before it.
  SELECT DISTINCT report_id, unnest(members) AS row_no FROM active.score_groups
  WHERE kind IN ('level1', 'level2') AND max_score IS NOT NULL
), label_weights AS (
  SELECT report_id, row_no FROM grouped JOIN placed USING (report_id, row_no) WHERE NOT weight_cell
), judged AS (
  SELECT p.report_id, p.row_no, p.name, p.has_actual, f.scored,
         f.weighted AND p.max_score IS NULL AND g.row_no IS NULL AND NOT (f.category_scores AND p.row_kind = 'indicator') AS lacks_weight,
         -- A merged score cell is printed once for all its rows.
         f.scored AND p.reported_score IS NULL AND NOT (p.score_group IS NOT NULL AND NOT p.score_cell)
           AND NOT (f.category_scores AND p.row_kind = 'indicator') AS lacks_score,
         p.row_kind = 'indicator' AND NOT p.has_actual AS lacks_actual, p.reported_score IS NOT NULL OR (p.score_group IS NOT NULL AND NOT p.score_cell) AS has_score
  FROM placed AS p JOIN forms AS f USING (report_id) LEFT JOIN label_weights AS g USING (report_id, row_no)
), failing AS (
  SELECT *, (lacks_actual AND NOT (scored AND has_score)) OR (has_actual AND lacks_score) OR (has_actual AND lacks_weight) AS failed,
         concat_ws('、', CASE WHEN lacks_actual THEN '实际完成值' END, CASE WHEN lacks_weight THEN '分值' END, CASE WHEN lacks_score THEN '得分' END) AS missing
  FROM judged
), whole AS (
  SELECT report_id, count(*) AS rows_there, count(*) FILTER (failed) = count(*) AND NOT bool_or(has_actual) AS unfilled,
         concat_ws('、', CASE WHEN bool_or(lacks_actual) THEN '实际完成值' END, CASE WHEN bool_or(lacks_weight) THEN '分值' END,
                   CASE WHEN bool_or(lacks_score) THEN '得分' END) AS missing, min(row_no) AS first_no
  FROM failing GROUP BY report_id
)
SELECT f.report_id, 'R' || f.row_no AS subject_key, f.name AS subject, f.failed,
       CASE WHEN f.lacks_weight AND NOT f.lacks_actual AND NOT f.lacks_score THEN 'major' END AS severity,
       '空白（' || nullif(f.missing, '') || '）' AS reported_value, '均已填写' AS expected_value, NULL AS difference,
       concat_ws(' | ', i.level2, i.name, or_blank(i.target_text), or_blank(i.actual_text)) AS evidence,
       coalesce(CASE WHEN f.lacks_actual THEN i.places.actual WHEN f.lacks_score THEN i.places.reported_score ELSE i.places.max_score END, i.place) AS place,
       coalesce(CASE WHEN f.lacks_actual THEN i.locations.actual WHEN f.lacks_score THEN i.locations.reported_score ELSE i.locations.max_score END, i.location) AS location,
       '未填' || f.missing AS detail
FROM failing AS f
JOIN whole AS w USING (report_id)
JOIN active.indicators AS i USING (report_id, row_no)
WHERE NOT w.unfilled
UNION ALL BY NAME
-- Nothing filled in at all: one cause, and with the key of the whole report it is the cause of all its consequences.
SELECT w.report_id, 'report' AS subject_key, '全部' || w.rows_there || '项指标' AS subject, TRUE AS failed, NULL AS severity,
       '空白（' || w.missing || '）' AS reported_value, '均已填写' AS expected_value, NULL AS difference,
       (SELECT string_agg(n.name, '、' ORDER BY n.row_no) FROM failing AS n WHERE n.report_id = w.report_id) AS evidence,
       coalesce(i.places.actual, i.place) AS place, coalesce(i.locations.actual, i.location) AS location,
       w.missing || '均为空白，自评表未填报完成' AS detail
FROM whole AS w JOIN active.indicators AS i ON i.report_id = w.report_id AND i.row_no = w.first_no
WHERE w.unfilled
