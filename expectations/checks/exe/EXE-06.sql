/*
id: EXE-06
version: 2
class: A
severity: minor
needs: [report]
title: 执行率偏低的说明原因
title_en: A low execution rate is explained
basis: 四川省自评表填表说明：预算执行率低于90%须说明原因；财预〔2020〕10号：执行偏差应分析原因
message: "{subject}：执行率 {reported}，低于 {expected}，未见原因说明"
not_applicable: 没有可计算的执行率
suppressed_by: [EXE-08, CMP-02]
*/
WITH low AS (
  -- The reports whose reasons are asked for.
  SELECT DISTINCT b.report_id
  FROM active.budget_lines AS b
  JOIN judge.budget_scores AS s USING (report_id, line_no)
  JOIN judge.report_profiles AS rp USING (report_id)
  JOIN judge.profiles AS p USING (profile_id)
  WHERE b.is_total AND NOT coalesce(s.execution_rate >= p.reason_below_rate, FALSE)
), reasons AS (
  SELECT report_id, bool_or(regexp_matches(text, '执行率|执行进度|支出进度|预算执行|未支付|未支出|结转|结余|未执行|资金.{0,6}(未|较晚|滞后)|尾款|质保金')) AS has_reason
  FROM (
    SELECT report_id, text FROM active.sections WHERE kind IN ('problems', 'measures')
    UNION ALL SELECT report_id, text FROM active.header_fields WHERE length(text) >= 8 AND NOT regexp_matches(field, 'name|unit|project|code|date|year|note|remark')
    UNION ALL SELECT report_id, variance_reason FROM active.indicators WHERE variance_reason <> ''
  ) SEMI JOIN low USING (report_id)
  GROUP BY report_id
), told AS (
  SELECT report_id, bool_or(regexp_matches(narrative_text, '(执行率|支出进度|执行进度)[^。]{0,40}(原因|由于|因为|主要是|因)|(原因|由于|主要是)[^。]{0,40}(执行率|支出进度|执行进度|未支付|结转)')) AS has_reason
  FROM active.reports SEMI JOIN low USING (report_id)
  WHERE contains(narrative_text, '执行率') OR contains(narrative_text, '支出进度') OR contains(narrative_text, '执行进度')
     OR contains(narrative_text, '未支付') OR contains(narrative_text, '结转')
  GROUP BY report_id
)
SELECT b.report_id, 'L' || b.line_no AS subject_key, b.label AS subject,
       s.execution_rate < p.reason_below_rate AND NOT (coalesce(r.has_reason, FALSE) OR coalesce(t.has_reason, FALSE)) AS failed,
       percent(s.execution_rate, 2) AS reported_value, percent(p.reason_below_rate) AS expected_value,
       CASE WHEN s.execution_rate < p.reason_below_rate THEN plain(half_up((p.reason_below_rate - s.execution_rate) * 100, 2)) || '个百分点' END AS difference,
       concat_ws(' | ', b.texts.label, b.texts.adjusted_budget, b.texts.executed, b.texts.execution_rate) AS evidence,
       coalesce(b.places.execution_rate, b.place) AS place, coalesce(b.locations.execution_rate, b.location) AS location
FROM active.budget_lines AS b
JOIN judge.budget_scores AS s USING (report_id, line_no)
JOIN judge.report_profiles AS rp USING (report_id)
JOIN judge.profiles AS p USING (profile_id)
LEFT JOIN reasons AS r USING (report_id)
LEFT JOIN told AS t USING (report_id)
WHERE b.is_total AND s.execution_rate IS NOT NULL AND s.execution_rate <= 1
