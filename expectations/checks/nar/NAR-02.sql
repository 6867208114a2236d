/*
id: NAR-02
version: 2
class: A
severity: major
needs: [report]
title: 文字报告的目标值与自评表一致
title_en: Targets in the narrative equal those in the form
basis: 自评报告与自评表数据应一致；目标值以批复的绩效目标为准
message: "{subject}：自评表目标值 {expected}，正文为 {reported}。{detail}"
not_applicable: 文字中没有与表内指标对应的目标值
suppressed_by: [VAL-01, CMP-05]
group: false
note: 年度工作计划里的目标另由 XDC-02 核对
*/
WITH plans AS (
  -- What the annual work plan says is no target of the evaluation: XDC-02 asks about it.
  SELECT DISTINCT p.report_id, p.place FROM active.paragraphs AS p JOIN active.sections AS n USING (report_id, section_no)
  WHERE n.kind = 'goals' AND regexp_matches(n.heading, '工作(目标|计划|任务|要点|安排|思路)|重点工作') AND NOT regexp_matches(n.heading, '绩效(目标|指标)')
), told AS (
  SELECT s.report_id, s.indicator_row_no AS row_no, s.role, s.text, s.printed, s.place, s.location, s.statement_no,
         i.name, i.target_text, i.target_kind,
         CASE WHEN i.target_dimension = 'money' THEN s.value_yuan ELSE s.value END AS told_amount,
         TRY(coalesce(i.target_value, i.target_low) * CASE WHEN i.target_dimension = 'money' THEN coalesce(i.target_base, 1) ELSE 1 END) AS low,
         TRY(coalesce(i.target_value, i.target_high) * CASE WHEN i.target_dimension = 'money' THEN coalesce(i.target_base, 1) ELSE 1 END) AS high,
         CASE WHEN i.target_dimension = 'money' THEN greatest(TRY(coalesce(i.target_step, 0) * coalesce(i.target_base, 1)), TRY(coalesce(s.step, 0) * CASE WHEN s.value <> 0 THEN exact_ratio(s.value_yuan, s.value) ELSE 1 END))
              ELSE greatest(coalesce(i.target_step, 0), coalesce(s.step, 0)) END AS coarse_step,
         -- A range is compared end by end, as printed.
         regexp_matches(s.printed, '\d\s*(-|—|–|~|～|至|到)\s*\d') AS is_range,
         regexp_extract_all(s.printed, '\d+(?:\.\d+)?') AS told_ends, regexp_extract_all(i.target_text, '\d+(?:\.\d+)?') AS form_ends
  FROM (SELECT * REPLACE (coalesce(value_yuan, CASE WHEN unit LIKE '%元' THEN TRY(CAST(value * money_factor(unit) AS DECIMAL(28, 4))) END) AS value_yuan)
        FROM active.statements ANTI JOIN plans USING (report_id, place)) AS s
  JOIN active.indicators AS i ON i.report_id = s.report_id AND i.row_no = s.indicator_row_no
  WHERE i.source = 'form' AND s.role IN ('target', 'copy_target') AND i.target_kind IN ('number', 'range')
    AND (s.value IS NULL OR ((i.target_dimension IS NOT DISTINCT FROM 'money') = (s.value_yuan IS NOT NULL)
                             AND (i.target_dimension IS NOT DISTINCT FROM 'percent') = (s.quantity = 'rate')
                             AND (s.unit IS NULL OR i.target_unit IS NULL OR i.target_dimension IN ('money', 'percent') OR s.unit = i.target_unit OR starts_with(i.target_dimension, 'count'))))
), compared AS (
  SELECT *, CASE WHEN is_range OR target_kind = 'range' THEN list_sort(told_ends) = list_sort(form_ends)
                 ELSE coalesce(within_half_step(told_amount, low, coarse_step), FALSE) END AS agrees
  FROM told WHERE is_range OR told_amount IS NOT NULL
)
SELECT report_id, 'R' || row_no AS subject_key, name AS subject, NOT agrees AS failed,
       printed AS reported_value, target_text AS expected_value,
       CASE WHEN NOT is_range AND target_kind = 'number' THEN plain(abs(told_amount - low)) END AS difference,
       text AS evidence, place, location, CASE WHEN role = 'copy_target' THEN '正文表格与自评表不一致' ELSE '' END AS detail
FROM compared
QUALIFY row_number() OVER (PARTITION BY report_id, row_no, agrees ORDER BY (role = 'target') DESC, place, text, role) = 1
