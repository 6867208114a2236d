/*
id: NAR-01
version: 1
class: A
severity: major
needs: [report]
title: 文字报告的完成值与自评表一致
title_en: Actuals in the narrative equal those in the form
basis: 自评报告与自评表数据应一致；复核以表文一致为前提
message: "{subject}：自评表为 {expected}，正文为 {reported}，相差 {difference}。{detail}"
not_applicable: 文字中没有与表内指标对应的完成值
suppressed_by: [VAL-01, CMP-03]
group: false
*/
WITH told AS (
  SELECT s.report_id, s.indicator_row_no AS row_no, s.role, s.text, s.printed, s.place, s.location, s.statement_no, s.unit,
         i.name, i.actual_text, i.places, i.actual_unit,
         -- Both sides in the dimension's base unit.
         CASE WHEN i.actual_dimension = 'money' THEN s.value_yuan ELSE s.value END AS told_amount,
         CASE WHEN i.actual_dimension = 'money' THEN TRY(i.actual_value * coalesce(i.actual_base, 1)) ELSE i.actual_value END AS form_amount,
         CASE WHEN i.actual_dimension = 'money' THEN greatest(TRY(coalesce(i.actual_step, 0) * coalesce(i.actual_base, 1)), TRY(coalesce(s.step, 0) * CASE WHEN s.value <> 0 THEN exact_ratio(s.value_yuan, s.value) ELSE 1 END))
              ELSE greatest(coalesce(i.actual_step, 0), coalesce(s.step, 0)) END AS coarse_step
  FROM (SELECT * REPLACE (coalesce(value_yuan, CASE WHEN unit LIKE '%元' THEN TRY(CAST(value * money_factor(unit) AS DECIMAL(28, 4))) END) AS value_yuan) FROM active.statements) AS s
  JOIN active.indicators AS i ON i.report_id = s.report_id AND i.row_no = s.indicator_row_no
  WHERE i.source = 'form' AND s.role IN ('actual', 'copy_actual') AND s.value IS NOT NULL AND i.actual_kind = 'number' AND i.actual_value IS NOT NULL
    AND (i.actual_dimension IS NOT DISTINCT FROM 'money') = (s.value_yuan IS NOT NULL)
    AND (i.actual_dimension IS NOT DISTINCT FROM 'percent') = (s.quantity = 'rate')
    AND (s.unit IS NULL OR i.actual_unit IS NULL OR i.actual_dimension IN ('money', 'percent') OR s.unit = i.actual_unit OR starts_with(i.actual_dimension, 'count'))
), sentences AS (
  -- One sentence may give the parts of one actual: 批示560件、提案73件 of 633.
  SELECT report_id, row_no, role, text, any_value(name) AS name, any_value(actual_text) AS actual_text, any_value(form_amount) AS form_amount,
         any_value(actual_unit) AS actual_unit, max(coarse_step) AS coarse_step, count(*) AS figures,
         bool_or(coalesce(within_half_step(told_amount, form_amount, coarse_step), FALSE)) AS one_agrees,
         sum(told_amount) AS total, min(told_amount) AS lowest, string_agg(printed, ' + ' ORDER BY statement_no) AS printed,
         min_by(place, statement_no) AS place, min_by(location, statement_no) AS location
  FROM told GROUP BY ALL
), compared AS (
  SELECT *, one_agrees OR coalesce(within_half_step(total, form_amount, coarse_step * figures), FALSE) AS agrees FROM sentences
), totals AS (
  SELECT report_id, min_by(executed_yuan, line_no) FILTER (is_total) AS total, min_by(money_unit, line_no) FILTER (is_total) AS unit FROM active.budget_lines GROUP BY report_id
), splits AS (
  -- The text's split of the very total that the form shows, class by class.
  SELECT r.report_id, b.line_no, b.label, b.executed_yuan AS form_amount, CASE b.role WHEN 'nature_basic' THEN r.terms[1] ELSE r.terms[2] END AS told_amount,
         greatest(coalesce(b.money_step_yuan, 0), r.step) AS coarse_step, b.money_unit, coalesce(b.places.executed, b.place) AS form_place,
         string_agg(DISTINCT r.place, '、' ORDER BY r.place) AS place, min(r.location) AS location, min(r.text || '（' || r.formula || '）') AS sentence
  FROM active.relations AS r
  JOIN totals AS t ON t.report_id = r.report_id AND coalesce(within_half_step(r.stated, t.total, r.step), FALSE)
  JOIN active.budget_lines AS b ON b.report_id = r.report_id AND b.role IN ('nature_basic', 'nature_project') AND b.executed_yuan IS NOT NULL
  WHERE r.kind = 'sum' AND r.topic = 'nature' AND len(r.terms) = 2 AND r.unit = '元' 
    AND (regexp_matches(r.subject, '实际支出|决算|执行数|总支出|全年支出|支出总额') OR NOT regexp_matches(r.subject || r.text, '预算|年初|调整后'))
  GROUP BY ALL
)
SELECT report_id, 'R' || row_no AS subject_key, name AS subject, NOT agrees AS failed,
       CASE WHEN figures > 1 THEN printed || ' = ' || CASE WHEN actual_unit LIKE '%元' THEN money_text(total, actual_unit) ELSE plain(total) END ELSE printed END AS reported_value,
       actual_text AS expected_value,
       CASE WHEN actual_unit LIKE '%元' THEN money_text(abs(total - form_amount), actual_unit)
            WHEN role = 'actual' AND regexp_matches(printed, '[%％]') THEN plain(abs(total - form_amount) * 100) || '个百分点'
            ELSE plain(abs(total - form_amount)) || coalesce(actual_unit, '') END AS difference,
       text AS evidence, place, location,
       CASE WHEN role = 'copy_actual' THEN '正文表格与自评表不一致' ELSE '' END AS detail
FROM compared
QUALIFY row_number() OVER (PARTITION BY report_id, row_no, agrees ORDER BY place, text, role) = 1
UNION ALL BY NAME
SELECT report_id, 'L' || line_no || '.executed' AS subject_key, label AS subject, NOT within_half_step(form_amount, told_amount, coarse_step) AS failed,
       CASE WHEN abs(form_amount - told_amount) <= coarse_step THEN 'info' END AS severity,
       money_text(told_amount, money_unit) AS reported_value, money_text(form_amount, money_unit) AS expected_value,
       money_text(abs(form_amount - told_amount), money_unit) AS difference, sentence AS evidence, place, location, '自评表见' || form_place AS detail
FROM splits
QUALIFY row_number() OVER (PARTITION BY report_id, line_no, told_amount ORDER BY place, location, sentence, coarse_step) = 1
