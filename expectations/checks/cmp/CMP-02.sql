/*
id: CMP-02
version: 2
class: A
severity: blocker
needs: [report]
title: 自评表各部分齐全
title_en: All mandatory blocks of the form
basis: 财预〔2020〕10号 项目支出绩效自评表：预算执行情况、年度总体目标、绩效指标、总分、偏差原因分析
message: "自评表缺少或未填：{subject}。{detail}"
not_applicable: 没有自评表
suppressed_by: [EXT-01]
group: true
*/
WITH amounts AS (
  SELECT report_id, count(initial_budget_yuan) + count(adjusted_budget_yuan) + count(executed_yuan) > 0 AS any_amount FROM active.budget_lines GROUP BY report_id
), rows_of AS (
  SELECT report_id, count(*) AS indicators,
         bool_or(max_score IS NOT NULL OR texts.max_score IS NOT NULL OR texts.reported_score IS NOT NULL) AS weighted,
         bool_or(texts.variance_reason IS NOT NULL) AS has_reason_column,
         -- A table of standards and scores has no columns for values, and shows execution among its indicators.
         bool_or(row_kind = 'execution' OR level1_code = 'execution' OR regexp_matches(name, '^(部门)?(预算|资金)(支出)?(执行|完成|支出)(进度)?率')) OR bool_and(texts.target IS NULL AND texts.actual IS NULL AND target_text = ''
           AND actual_text = '' AND reported_score IS NOT NULL) AS scores_only,
         bool_or(is_filled(variance_reason)) AS has_reasons,
         count(*) FILTER (reported_score < max_score OR NOT is_filled(actual_text)) AS short_rows
  FROM active.indicators WHERE source = 'form' AND NOT is_placeholder AND name <> '' GROUP BY report_id
), total_groups AS (
  SELECT report_id, bool_or(kind = 'total') AS has_total FROM active.score_groups GROUP BY report_id
), blocks AS (
  SELECT r.report_id, r.place, r.location, r.has_blocks, i.weighted, i.has_reasons, i.short_rows,
         unnest([
           {'block': 'budget', 'words': '预算执行情况（资金）', 'required': list_contains(r.has_blocks, 'budget') OR NOT coalesce(i.scores_only, FALSE), 'there': list_contains(r.has_blocks, 'budget'), 'severity': NULL},
           {'block': 'indicators', 'words': '绩效指标', 'required': TRUE, 'there': list_contains(r.has_blocks, 'indicators'), 'severity': NULL},
           {'block': 'total', 'words': '总分', 'required': coalesce(i.weighted, FALSE),
            'there': list_contains(r.has_blocks, 'total') OR coalesce(t.has_total, FALSE) OR r.reported_score_total IS NOT NULL, 'severity': 'major'},
           {'block': 'reasons', 'words': '偏差原因分析及改进措施', 'required': coalesce(i.has_reason_column, FALSE) AND coalesce(a.any_amount OR i.short_rows < i.indicators, FALSE),
            -- Single rows without a reason are DEV-02's; here nobody filled the column, nor anything it could be about.
            'there': i.has_reasons OR i.short_rows < i.indicators,
            'severity': 'major'}
         ], recursive := true)
  FROM active.reports AS r
  LEFT JOIN rows_of AS i USING (report_id)
  LEFT JOIN total_groups AS t USING (report_id)
  LEFT JOIN amounts AS a USING (report_id)
  WHERE r.kind = 'form'
)
SELECT report_id, 'B' || block AS subject_key, words || CASE WHEN NOT there AND list_contains(has_blocks, block) THEN '（有此栏，全部空白）' ELSE '' END AS subject, NOT coalesce(there, FALSE) AS failed, severity,
       CASE WHEN there THEN '有' WHEN list_contains(has_blocks, block) THEN '有此栏，全部空白' ELSE '未见' END AS reported_value, '有' AS expected_value, NULL AS difference,
       '已读到：' || coalesce(array_to_string(list_transform(list_sort(has_blocks), lambda b: CASE b WHEN 'budget' THEN '资金' WHEN 'goals' THEN '年度目标'
         WHEN 'indicators' THEN '绩效指标' WHEN 'total' THEN '总分' WHEN 'reasons' THEN '偏差原因' WHEN 'narrative' THEN '文字报告' ELSE b END), '、'), '无') AS evidence,
       place, location, '' AS detail
FROM blocks WHERE required
