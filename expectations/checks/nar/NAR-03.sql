/*
id: NAR-03
version: 1
class: A
severity: major
needs: [report]
title: 文字中完成、未完成指标的个数与自评表一致
title_en: Counts of met and unmet indicators agree with the form
basis: 自评报告与自评表数据应一致
message: "{subject}：正文称{detail} {reported} 项，按自评表为 {expected} 项，相差 {difference} 项"
not_applicable: 文字中没有说明完成、未完成的指标个数
suppressed_by: [CMP-03]
group: false
*/
WITH claims AS (
  SELECT report_id, topic, subject, TRY_CAST(stated AS INTEGER) AS stated, text, min(place) AS place, min(location) AS location,
         CASE WHEN regexp_matches(subject, '产出') THEN 'output' WHEN regexp_matches(subject, '满意') THEN 'satisfaction'
              WHEN regexp_matches(subject, '效益|效果') THEN 'outcome' ELSE 'all' END AS area
  FROM active.relations WHERE kind = 'count' AND topic IN ('met_count', 'unmet_count') AND stated IS NOT NULL
  GROUP BY ALL
), counted AS (
  SELECT i.report_id, unnest(['all', CASE WHEN i.level1_code = 'cost' THEN 'output' ELSE i.level1_code END]) AS area, s.outcome, i.name, i.row_no
  FROM active.indicators AS i JOIN judge.indicator_scores AS s USING (report_id, row_no)
  WHERE i.row_kind = 'indicator' AND i.source = 'form' AND NOT i.is_placeholder AND i.name <> ''
), per_area AS (
  SELECT report_id, area, count(*) AS rows_there, count(*) FILTER (outcome = 'met') AS met, count(*) FILTER (outcome = 'unmet') AS unmet,
         count(*) FILTER (outcome = 'not_computable') AS open_rows, string_agg(name, '、' ORDER BY row_no) FILTER (outcome = 'unmet') AS unmet_names
  FROM counted GROUP BY ALL
), compared AS (
  SELECT c.*, p.unmet_names, p.open_rows, CASE WHEN topic = 'met_count' THEN p.met ELSE p.unmet END AS by_form
  FROM claims AS c JOIN per_area AS p USING (report_id, area)
)
SELECT report_id, 'C' || area || '-' || topic AS subject_key,
       CASE area WHEN 'output' THEN '产出指标' WHEN 'outcome' THEN '效益指标' WHEN 'satisfaction' THEN '满意度指标' ELSE '全部指标' END AS subject,
       -- Rows that cannot be decided may be either.
       NOT (stated BETWEEN by_form AND by_form + open_rows) AS failed,
       stated::VARCHAR AS reported_value,
       by_form || CASE WHEN open_rows > 0 THEN '（另有' || open_rows || '项无法判定）' ELSE '' END AS expected_value,
       abs(stated - by_form)::VARCHAR AS difference, text || coalesce('（按自评表未完成：' || unmet_names || '）', '') AS evidence, place, location,
       CASE WHEN topic = 'met_count' THEN '完成' ELSE '未完成' END AS detail
FROM compared
QUALIFY row_number() OVER (PARTITION BY report_id, area, topic, stated ORDER BY place) = 1
