/*
id: NAR-09
version: 3
class: A
severity: major
needs: [report]
title: 文字中的得分、分值与自评表一致
title_en: Scores and weights in the text equal those in the form
basis: 自评报告与自评表数据应一致
message: "{subject}：自评表{detail} {expected} 分，正文为 {reported} 分，相差 {difference} 分"
not_applicable: 文字中没有与自评表对应的得分、分值
suppressed_by: []
group: false
*/
WITH told AS (
  SELECT report_id, statement_no, subject, role, value, printed, text, place, location, indicator_row_no
  FROM active.statements JOIN (SELECT report_id, fiscal_year FROM active.reports) USING (report_id)
  WHERE role IN ('score', 'copy_score', 'weight') AND value IS NOT NULL
    -- Last year's score and 约99分 are not this year's printed score.
    AND (year IS NULL OR fiscal_year IS NULL OR year = fiscal_year) AND comparator IS DISTINCT FROM 'APPROX'
), rows_told AS (
  SELECT t.report_id, 'R' || t.indicator_row_no || CASE WHEN t.role = 'weight' THEN '.weight' ELSE '.score' END AS subject_key, i.name AS subject, t.value,
         CASE WHEN t.role = 'weight' THEN i.max_score ELSE i.reported_score END AS by_form, t.text, t.place, t.location, t.role
  FROM told AS t JOIN active.indicators AS i ON i.report_id = t.report_id AND i.row_no = t.indicator_row_no
  WHERE i.source = 'form' AND (i.score_group IS NULL OR t.role = 'weight')
), level_sums AS (
  SELECT report_id, CASE WHEN level1_code = 'cost' THEN 'output' ELSE level1_code END AS area, sum(max_score) AS weight,
         CASE WHEN count(*) = count(reported_score) THEN sum(reported_score) END AS score
  FROM active.indicators WHERE source = 'form' AND NOT is_placeholder AND row_kind IN ('indicator', 'category') AND max_score IS NOT NULL
  GROUP BY ALL
  UNION ALL
  SELECT report_id, 'execution', min_by(max_score, line_no), min_by(reported_score, line_no) FROM active.budget_lines WHERE is_total AND reported_score IS NOT NULL GROUP BY report_id
  UNION ALL
  SELECT report_id, 'total', max_score_total, reported_score_total FROM active.reports WHERE kind = 'form'
), areas_told AS (
  SELECT t.*, CASE -- 综上2个满意度明细指标，总计得分9.9分 speaks of the level its sentence names.
                   WHEN (regexp_matches(subject, '得分|评分|总分|小计') OR regexp_full_match(subject, '(自评|实际)?得')) AND NOT regexp_matches(subject, '指标|产出|效益|满意|执行')
                        AND len(list_distinct(regexp_extract_all(text, '(产出|效益|满意度)[^，,。]{0,6}指标', 1))) = 1 THEN
                     CASE regexp_extract(text, '(产出|效益|满意度)[^，,。]{0,6}指标', 1) WHEN '产出' THEN 'output' WHEN '效益' THEN 'outcome' ELSE 'satisfaction' END
                   WHEN regexp_matches(subject, '(综合|总体|整体|自评|评价|最终)*(总)?(得分|评分|总分|自评分数)(结果)?$|总分|综合评|自评(得|结果)?$') AND NOT regexp_matches(subject, '指标|产出|效益|满意|执行') THEN 'total'
                   WHEN regexp_matches(subject, '^(一级指标|项目|部门|绩效)*“?产出(类|方面)?(指标)?”?(实际|自评|评价)*(得分?|权重|分值)?$') THEN 'output'
                   WHEN regexp_matches(subject, '^(一级指标|项目|部门|绩效)*“?效益(类|方面)?(指标)?”?(实际|自评|评价)*(得分?|权重|分值)?$') THEN 'outcome'
                   WHEN regexp_matches(subject, '^(一级指标|项目|部门|绩效)*“?满意度(类|方面)?(指标)?”?(实际|自评|评价)*(得分?|权重|分值)?$') THEN 'satisfaction'
                   WHEN regexp_matches(subject, '^(部门|项目|整体)?(预算|资金)执行(率|情况|进度)?(指标)?(实际|自评|评价)*(得分?|权重|分值)?$') THEN 'execution' END AS area
  FROM told AS t WHERE indicator_row_no IS NULL
), level_told AS (
  SELECT a.report_id, 'A' || a.area || CASE WHEN a.role = 'weight' THEN '.weight' ELSE '.score' END AS subject_key,
         CASE a.area WHEN 'total' THEN '总分' WHEN 'output' THEN '产出指标' WHEN 'outcome' THEN '效益指标' WHEN 'satisfaction' THEN '满意度指标' ELSE '预算执行' END AS subject,
         a.value, CASE WHEN a.role = 'weight' THEN l.weight ELSE l.score END AS by_form, a.text, a.place, a.location, a.role
  FROM areas_told AS a JOIN level_sums AS l USING (report_id, area)
)
SELECT report_id, subject_key, subject, value <> by_form AS failed, plain(value) AS reported_value, plain(by_form) AS expected_value,
       plain(abs(value - by_form)) AS difference, text AS evidence, place, location, CASE WHEN role = 'weight' THEN '分值' ELSE '得分' END AS detail
FROM (FROM rows_told UNION ALL BY NAME FROM level_told)
WHERE by_form IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY report_id, subject_key, value <> by_form ORDER BY place, text, location, value) = 1
