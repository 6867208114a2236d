/*
id: FUN-03
version: 1
class: A
severity: minor
needs: [report]
title: 预算调整明细之和等于净调整额
title_en: Adjustments add up to the net change
basis: 财政复核勾稽关系：调增、调减各项代数和=调整后预算数-年初预算数
message: "{subject}：净调整额 {reported}，各项调整之和 {expected}，相差 {difference}。{detail}"
not_applicable: 未分项说明预算调整
suppressed_by: []
group: false
*/
WITH claims AS (
  SELECT report_id, subject, formula, stated, list_sum(terms) AS parts, len(terms) AS terms, unit, step, stated_step,
         joined_once(list(place)) AS place, min(location) AS location, min(text) AS sentence,
         figure_factor(unit, formula) AS factor
  FROM active.relations WHERE kind = 'sum' AND topic = 'adjustment' AND stated IS NOT NULL
  GROUP BY ALL
), net_changes AS (
  -- 年初 5630.63 + 293 = 调整后 5923.63: both budgets to the cent tell what a net change written short (293万) really is.
  SELECT DISTINCT report_id, stated - terms[1] AS net, stated AS adjusted_yuan, terms[1] AS initial_yuan
  FROM active.relations
  WHERE kind = 'sum' AND topic = 'adjustment' AND len(terms) = 2 AND stated > 0 AND terms[1] > 0 AND abs(terms[2]) < terms[1]
    AND has_cents(stated_step / figure_factor(unit, formula))
), compared AS (
  SELECT c.*, n.net, n.adjusted_yuan, n.initial_yuan, within_half_step(c.stated, c.parts, c.stated_step) AS same,
         has_cents(c.stated_step / c.factor) AND within_sum_steps(c.stated, c.parts, c.stated_step, c.terms) AS rounding,
         -- The stated change is exact although it is printed short: both budgets differ by it.
         n.net IS NOT NULL AND n.net <> c.parts AND abs(n.net - c.parts) * 2 <= c.stated_step AS short_by_cents
  FROM claims AS c
  LEFT JOIN net_changes AS n ON n.report_id = c.report_id AND n.net = c.stated
  QUALIFY row_number() OVER (PARTITION BY c.report_id, c.formula ORDER BY n.adjusted_yuan NULLS LAST, n.initial_yuan, c.place, c.sentence, c.subject, c.location, c.stated) = 1
)
SELECT report_id, 'N' || left(md5(formula), 10) AS subject_key, subject,
       NOT same OR coalesce(short_by_cents, FALSE) AS failed,
       CASE WHEN rounding OR short_by_cents THEN 'info' END AS severity,
       figure_text(stated, unit, formula) AS reported_value, figure_text(parts, unit, formula) AS expected_value,
       figure_text(abs(stated - parts), unit, formula) AS difference, sentence AS evidence, place, location,
       CASE WHEN short_by_cents THEN '调整后 ' || figure_text(adjusted_yuan, unit, formula) || ' - 年初 ' || figure_text(initial_yuan, unit, formula) || ' = '
                                     || figure_text(net, unit, formula) || '，各项之和尾数不符；'
            WHEN rounding THEN '差额在四舍五入范围内，请核对尾数；' ELSE '' END || '明细：' || formula AS detail
FROM compared
