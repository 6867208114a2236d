/*
id: YOY-03
version: 1
class: A
severity: query
needs: [report, last_year]
title: 上年核实的问题说明了整改情况
title_en: Last year's findings are said to be closed
basis: 财预〔2020〕10号：绩效评价结果应用，及时整改；未按要求整改的核减预算
message: "上年核实的 {reported} 条问题（{detail}），本年报告未说明整改情况"
not_applicable: 上年没有经复核人认定或退回的问题
*/
WITH decided AS (
  SELECT last_report_id, count(*) AS findings, array_to_string(list(check_id || ' ' || subject ORDER BY check_id, subject)[:5], '、') AS shown
  FROM active.last_findings
  WHERE decision IN ('accept', 'return') AND severity IN ('blocker', 'major', 'minor')
  GROUP BY last_report_id
)
SELECT p.report_id, 'closed' AS subject_key, '上年问题整改' AS subject,
       -- The year before is 上年, 去年 or its number.
       NOT coalesce(regexp_matches(replace(r.narrative_text, (r.fiscal_year - 1)::VARCHAR || '年', '上年'),
         '整改|(上年|上一年|去年)[^。]{0,30}问题|(上年|上一年|去年)[^。]{0,20}(评价|自评|复核|审核|检查|审计|反馈)[^。]{0,30}(意见|建议|不足|有误|差错|错误|扣分)'), FALSE) AS failed,
       d.findings::VARCHAR AS reported_value, '说明整改情况' AS expected_value, NULL AS difference, d.shown AS detail, d.shown AS evidence, r.place, r.location
FROM active.last_reports AS p
JOIN decided AS d USING (last_report_id)
JOIN active.reports AS r ON r.report_id = p.report_id
