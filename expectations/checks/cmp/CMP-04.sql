/*
id: CMP-04
version: 1
class: A
severity: blocker
needs: [report]
title: 资金栏各项均已填写
title_en: The cells of the budget block are filled in
basis: 财预〔2020〕10号 项目支出绩效自评表：预算数、执行数、执行率、得分为必填项
message: "资金栏未填写：{subject}。{detail}"
not_applicable: 没有自评表，或表中没有资金栏
suppressed_by: [CMP-02]
group: true
*/
WITH unfilled AS (
  -- A form without a single amount and a single actual is CMP-03's one finding.
  SELECT report_id FROM active.budget_lines GROUP BY report_id
  HAVING count(initial_budget_yuan) + count(adjusted_budget_yuan) + count(executed_yuan) = 0
  EXCEPT
  SELECT report_id FROM active.indicators WHERE is_filled(actual_text) AND NOT is_placeholder
), lines AS (
  SELECT b.* FROM active.budget_lines AS b JOIN active.reports AS r USING (report_id) ANTI JOIN unfilled USING (report_id) WHERE r.kind = 'form'
), total AS (
  SELECT * FROM lines WHERE is_total QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY line_no) = 1
), cells AS (
  SELECT report_id, line_no, label, place AS line_place, location AS line_location, texts,
         unnest([
           {'field': 'budget', 'words': '预算数', 'there': initial_budget_yuan IS NOT NULL OR adjusted_budget_yuan IS NOT NULL,
            'has_column': TRUE, 'spot': coalesce(places.adjusted_budget, places.initial_budget), 'spot_location': coalesce(locations.adjusted_budget, locations.initial_budget)},
           {'field': 'adjusted', 'words': '全年预算数', 'there': adjusted_budget_yuan IS NOT NULL,
            'has_column': texts.adjusted_budget IS NOT NULL AND initial_budget_yuan IS NOT NULL, 'spot': places.adjusted_budget, 'spot_location': locations.adjusted_budget},
           {'field': 'executed', 'words': '全年执行数', 'there': executed_yuan IS NOT NULL,
            'has_column': TRUE, 'spot': places.executed, 'spot_location': locations.executed},
           {'field': 'rate', 'words': '执行率', 'there': reported_execution_rate IS NOT NULL OR is_filled(texts.execution_rate),
            'has_column': texts.execution_rate IS NOT NULL, 'spot': places.execution_rate, 'spot_location': locations.execution_rate},
           {'field': 'score', 'words': '得分', 'there': reported_score IS NOT NULL,
            'has_column': texts.reported_score IS NOT NULL, 'spot': places.reported_score, 'spot_location': locations.reported_score}
         ], recursive := true)
  FROM total
), sources AS (
  -- One printed source line may stay empty (no such money); all of them empty means nobody split the total.
  SELECT l.report_id, t.line_no, t.label, count(*) AS listed,
         -- 其中：一般公共预算：900.47 is filled in, whichever column its amount is of.
         count(*) FILTER (coalesce(l.initial_budget_yuan, l.adjusted_budget_yuan, l.executed_yuan, l.amount_yuan) IS NOT NULL) AS filled,
         joined(list({'k': l.line_no, 'x': l.label}) FILTER (l.label IS NOT NULL), '、') AS labels, min_by(l.place, l.line_no) AS spot, min_by(l.location, l.line_no) AS spot_location
  FROM lines AS l JOIN total AS t USING (report_id)
  WHERE l.role IN ('source', 'carryover') AND NOT l.is_total AND coalesce(t.initial_budget_yuan, t.adjusted_budget_yuan, t.executed_yuan) IS NOT NULL
  GROUP BY ALL HAVING count(*) >= 2
)
SELECT report_id, 'L' || line_no || '.' || field AS subject_key, label || '「' || words || '」' AS subject,
       -- A blank rate or score alone is EXE-01's; with amounts missing too it is one unfilled block.
       NOT there AND (field NOT IN ('rate', 'score') OR amounts_missing OR report_id IN (SELECT report_id FROM sources WHERE filled = 0)) AS failed,
       CASE WHEN there THEN '已填' ELSE '空白' END AS reported_value, '已填' AS expected_value, NULL AS difference,
       concat_ws(' | ', label, or_blank(texts.initial_budget), or_blank(texts.adjusted_budget), or_blank(texts.executed), or_blank(texts.execution_rate), or_blank(texts.reported_score)) AS evidence,
       coalesce(spot, line_place) AS place, coalesce(spot_location, line_location) AS location, '' AS detail
FROM (SELECT *, bool_or(has_column AND NOT there AND field NOT IN ('rate', 'score')) OVER (PARTITION BY report_id) AS amounts_missing FROM cells)
WHERE has_column
UNION ALL BY NAME
SELECT report_id, 'L' || line_no || '.sources' AS subject_key, '各资金来源（' || labels || '）' AS subject, filled = 0 AS failed,
       filled || '项已填' AS reported_value, '至少1项' AS expected_value, NULL AS difference, labels AS evidence,
       spot AS place, spot_location AS location, '' AS detail
FROM sources
