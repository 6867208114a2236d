/*
id: FUN-09
version: 3
class: A
severity: major
needs: [report, accounts]
title: 自评的执行数与部门决算一致
title_en: Executed amounts equal the final accounts
basis: 财预〔2020〕10号：自评数据应与部门决算一致
message: "{subject}：自评表 {reported}，部门决算 {expected}，相差 {difference}"
not_applicable: 决算数据中没有本单位本年度的数
suppressed_by: []
group: false
*/
SELECT b.report_id, 'L' || b.line_no || '.executed' AS subject_key, b.label || '（全年执行数）' AS subject,
       NOT within_half_step(b.executed_yuan, a.executed_yuan, greatest(b.money_step_yuan, a.money_step_yuan)) AS failed,
       money_text(b.executed_yuan, b.money_unit) AS reported_value, money_text(a.executed_yuan, b.money_unit) AS expected_value,
       money_text(abs(b.executed_yuan - a.executed_yuan), b.money_unit) AS difference,
       '决算：' || a.item || ' ' || wan(a.executed_yuan) || coalesce('（' || a.source_row || '）', '') AS evidence,
       coalesce(b.places.executed, b.place) AS place, coalesce(b.locations.executed, b.location) AS location
FROM active.budget_lines AS b
JOIN active.reports AS r USING (report_id)
JOIN active.final_accounts AS a ON a.report_id = b.report_id
  AND (mart.item_key(a.item) = mart.item_key(b.label) OR (b.is_total AND a.item = 'total')
       OR (b.role = 'nature_basic' AND mart.item_key(a.item) = '基本支出') OR (b.role = 'nature_project' AND mart.item_key(a.item) = '项目支出'))
WHERE r.scope = 'overall' AND b.executed_yuan IS NOT NULL AND a.executed_yuan IS NOT NULL
-- A line that could mean two lines of the accounts is compared with the one of its own name only.
QUALIFY count(*) OVER (PARTITION BY b.report_id, b.line_no) = 1 OR a.item = b.label
