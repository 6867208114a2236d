/*
id: NAR-03
version: 1
class: A
severity: major
needs: [report]
title: 文字中完成、未完成指标的个数与自评表一致
title_en: Counts of met and unmet indicators agree with the form
basis: 自评报告与自评表数据应一致
message: "{subject}：正文称{reported}，按自评表为{expected}"
not_applicable: 文字中没有说明完成、未完成的指标个数
suppressed_by: [CMP-03]
group: false
*/
WITH claims AS (
  SELECT report_id,
         CASE WHEN regexp_matches(subject, '产出') THEN 'output' WHEN regexp_matches(subject, '满意') THEN 'satisfaction'
              WHEN regexp_matches(subject, '效益|效果') THEN 'outcome' ELSE 'all' END AS area,
         text, max(TRY_CAST(stated AS INTEGER)) FILTER (topic = 'met_count') AS met, max(TRY_CAST(stated AS INTEGER)) FILTER (topic = 'unmet_count') AS unmet,
         min(place) AS place, min(location) AS location
  FROM active.relations WHERE kind = 'count' AND topic IN ('met_count', 'unmet_count') AND stated IS NOT NULL
  GROUP BY ALL
), counted AS (
  SELECT i.report_id, unnest(['all', CASE WHEN i.level1_code = 'cost' THEN 'output' ELSE i.level1_code END]) AS area, i.name, i.row_no,
         -- Where figures cannot decide, the unit's own score does: full marks mean met.
         CASE WHEN s.outcome = 'unmet' AND i.direction = 'unknown' AND (i.dimension IN ('cost', 'timeliness') OR i.level1_code = 'cost') AND i.reported_score >= i.max_score THEN 'met'
              WHEN s.outcome IN ('met', 'unmet') OR i.max_score IS NULL OR i.reported_score IS NULL THEN s.outcome
              WHEN i.reported_score >= i.max_score THEN 'met' ELSE 'unmet' END AS outcome
  FROM active.indicators AS i JOIN judge.indicator_scores AS s USING (report_id, row_no)
  WHERE i.row_kind = 'indicator' AND i.source = 'form' AND NOT i.is_placeholder AND i.name <> ''
), per_area AS (
  SELECT report_id, area, count(*) FILTER (outcome = 'met') AS met, count(*) FILTER (outcome = 'unmet') AS unmet,
         count(*) FILTER (outcome NOT IN ('met', 'unmet')) AS open_rows, joined(list({'k': row_no, 'x': name}) FILTER (outcome = 'unmet'), '、') AS unmet_names
  FROM counted GROUP BY ALL
), compared AS (
  SELECT c.*, p.met AS met_by_form, p.unmet AS unmet_by_form, p.unmet_names, p.open_rows,
         -- Rows that cannot be decided may be either.
         coalesce(c.met NOT BETWEEN p.met AND p.met + p.open_rows, FALSE) OR coalesce(c.unmet NOT BETWEEN p.unmet AND p.unmet + p.open_rows, FALSE) AS off
  FROM claims AS c JOIN per_area AS p USING (report_id, area)
)
SELECT report_id, 'C' || area AS subject_key,
       CASE area WHEN 'output' THEN '产出指标' WHEN 'outcome' THEN '效益指标' WHEN 'satisfaction' THEN '满意度指标' ELSE '全部指标' END AS subject,
       off AS failed, concat_ws('、', '完成 ' || met || ' 项', '未完成 ' || unmet || ' 项') AS reported_value,
       '完成 ' || met_by_form || ' 项、未完成 ' || unmet_by_form || ' 项' || CASE WHEN open_rows > 0 THEN '、无法判定 ' || open_rows || ' 项' ELSE '' END AS expected_value,
       coalesce(abs(met - met_by_form), abs(unmet - unmet_by_form))::VARCHAR AS difference,
       text || coalesce('（按自评表未完成：' || unmet_names || '）', '') AS evidence, place, location
FROM compared
QUALIFY row_number() OVER (PARTITION BY report_id, area, met, unmet ORDER BY place, location, text) = 1
