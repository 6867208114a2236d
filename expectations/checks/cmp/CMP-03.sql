/*
id: CMP-03
version: 1
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
  SELECT report_id, row_no, row_kind, name, level1, level2, max_score, reported_score, target_text, actual_text, places, locations, place, location,
         is_filled(actual_text) AS has_actual, max_score IS NOT NULL AS has_weight,
         -- A merged score cell is printed once for all its rows.
         reported_score IS NOT NULL OR (score_group IS NOT NULL AND texts.reported_score IS NULL) AS has_score,
         bool_or(max_score IS NOT NULL OR texts.max_score IS NOT NULL) OVER report AS weighted,
         bool_or(reported_score IS NOT NULL OR texts.reported_score IS NOT NULL) OVER report AS scored,
         bool_or(row_kind = 'category') OVER report AS scored_by_category,
         row_number() OVER (PARTITION BY report_id, level1, level2 ORDER BY row_no) = 1 AS first_of_category
  FROM active.indicators
  WHERE source = 'form' AND row_kind IN ('indicator', 'category') AND NOT is_placeholder AND name <> ''
  WINDOW report AS (PARTITION BY report_id)
), patterned AS (
  -- A score beside the first row of every category and beside no other is a merged cell whose merging got lost.
  SELECT *, scored_by_category
              OR (bool_and((reported_score IS NOT NULL) = first_of_category) OVER (PARTITION BY report_id) AND bool_or(NOT first_of_category) OVER (PARTITION BY report_id)
                  AND bool_and(max_score IS NULL OR first_of_category) OVER (PARTITION BY report_id)) AS category_scores
  FROM form_rows
), judged AS (
  SELECT *,
         weighted AND NOT has_weight AND NOT (category_scores AND row_kind = 'indicator') AS lacks_weight,
         scored AND NOT has_score AND NOT (category_scores AND row_kind = 'indicator') AS lacks_score,
         row_kind = 'indicator' AND NOT has_actual AS lacks_actual
  FROM patterned
), failing AS (
  SELECT *, (lacks_actual AND NOT (scored AND has_score)) OR (has_actual AND lacks_score) OR (has_actual AND lacks_weight) AS failed,
         concat_ws('、', CASE WHEN lacks_actual THEN '实际完成值' END, CASE WHEN lacks_weight THEN '分值' END, CASE WHEN lacks_score THEN '得分' END) AS missing
  FROM judged
), whole AS (
  SELECT report_id, count(*) AS rows_there, count(*) FILTER (failed) AS rows_failed, bool_or(has_actual) AS any_actual,
         concat_ws('、', CASE WHEN bool_or(lacks_actual) THEN '实际完成值' END, CASE WHEN bool_or(lacks_weight) THEN '分值' END,
                   CASE WHEN bool_or(lacks_score) THEN '得分' END) AS missing,
         string_agg(name, '、' ORDER BY row_no) AS names, min_by(places.actual, row_no) AS place, min_by(locations.actual, row_no) AS location
  FROM failing GROUP BY report_id
)
SELECT f.report_id, 'R' || f.row_no AS subject_key, f.name AS subject, f.failed,
       CASE WHEN f.lacks_weight AND NOT f.lacks_actual AND NOT f.lacks_score THEN 'major' END AS severity,
       nullif(f.missing, '') AS reported_value, '均已填写' AS expected_value, NULL AS difference,
       concat_ws(' | ', f.level2, f.name, or_blank(f.target_text), or_blank(f.actual_text)) AS evidence,
       coalesce(CASE WHEN f.lacks_actual THEN f.places.actual WHEN f.lacks_score THEN f.places.reported_score ELSE f.places.max_score END, f.place) AS place,
       coalesce(CASE WHEN f.lacks_actual THEN f.locations.actual WHEN f.lacks_score THEN f.locations.reported_score ELSE f.locations.max_score END, f.location) AS location,
       '未填' || f.missing AS detail
FROM failing AS f JOIN whole AS w USING (report_id)
WHERE NOT (w.rows_failed = w.rows_there AND NOT w.any_actual)
UNION ALL BY NAME
-- Nothing filled in at all: one cause, and with the key of the whole report it is the cause of all its consequences.
SELECT report_id, 'report' AS subject_key, '全部' || rows_there || '项指标' AS subject, TRUE AS failed, NULL AS severity,
       missing AS reported_value, '均已填写' AS expected_value, NULL AS difference, names AS evidence, place, location,
       missing || '均为空白，自评表未填报完成' AS detail
FROM whole WHERE rows_failed = rows_there AND NOT any_actual
