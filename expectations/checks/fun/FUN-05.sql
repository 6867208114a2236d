/*
id: FUN-05
version: 1
class: B
severity: query
needs: [report]
title: 年初预算到执行的大幅变化有说明
title_en: Large changes from initial budget to outturn are explained
basis: 自评表填报要求：预算调整应说明原因；分类支出变化超过 30% 的重点核实
message: "执行与年初预算相差 30% 以上，请说明调整依据：{detail}"
not_applicable: 没有分类的年初预算数和执行数
suppressed_by: []
group: true
*/
WITH form_lines AS (
  SELECT report_id, 'L' || line_no AS subject_key, label AS subject, initial_budget_yuan AS initial, coalesce(executed_yuan, adjusted_budget_yuan) AS final,
         coalesce(places.executed, place) AS place, coalesce(locations.executed, location) AS location,
         label || ' 年初 ' || coalesce(texts.initial_budget, '') || ' 执行 ' || coalesce(texts.executed, '') AS evidence
  FROM active.budget_lines
  WHERE initial_budget_yuan > 0 AND coalesce(executed_yuan, adjusted_budget_yuan) IS NOT NULL AND role IN ('nature_basic', 'nature_project')
), split AS (
  -- The narrative's own split of a year's total in basic and project expenditure, at the start and at the end of the year.
  SELECT report_id, terms, text, place, location, subject,
         regexp_matches(subject || left(text, 40), '年初') AS at_start
  FROM active.relations WHERE kind = 'sum' AND topic = 'nature' AND len(terms) = 2 AND regexp_matches(text || formula || subject, '支出|基本')
    AND NOT regexp_matches(text, '人员经费') AND NOT regexp_matches(subject, '收入|基本支出')
), form_split AS (
  SELECT report_id, [max(executed_yuan) FILTER (role = 'nature_basic'), max(executed_yuan) FILTER (role = 'nature_project')] AS terms,
         min(place) AS place, min(location) AS location
  FROM active.budget_lines WHERE role IN ('nature_basic', 'nature_project') AND executed_yuan IS NOT NULL GROUP BY report_id
), told AS (
  SELECT a.report_id, a.terms AS initial_terms, f.terms AS final_terms, a.text, concat_ws('、', a.place, f.place) AS place, a.location
  FROM (SELECT * FROM split WHERE at_start QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY place, location, text, subject, terms) = 1) AS a
  JOIN form_split AS f USING (report_id)
  WHERE a.report_id NOT IN (SELECT report_id FROM form_lines)
), text_lines AS (
  SELECT report_id, 'K' || nature AS subject_key, CASE nature WHEN 1 THEN '基本支出' ELSE '项目支出' END AS subject, initial_terms[nature] AS initial,
         final_terms[nature] AS final, place, location, text AS evidence
  FROM (SELECT *, unnest([1, 2]) AS nature FROM told)
), compared AS (
  SELECT *, exact_ratio(final, initial) AS share FROM (FROM form_lines UNION ALL BY NAME FROM text_lines) WHERE initial > 0
), reasons AS (
  SELECT report_id, regexp_extract(narrative_text, '[^。；\n]{0,40}(未列入年初预算|年中追加|年中下达|上级专项追加)[^。；\n]{0,30}') AS told FROM active.reports
  WHERE contains(narrative_text, '未列入年初预算') OR contains(narrative_text, '年中追加') OR contains(narrative_text, '年中下达') OR contains(narrative_text, '上级专项追加')
)
SELECT c.report_id, c.subject_key, c.subject, share > 1.3 OR share < 0.7 AS failed,
       wan(final) AS reported_value, wan(initial) AS expected_value, '为年初的 ' || percent(share, 2) AS difference, evidence, place, location,
       c.subject || ' 年初 ' || wan(initial) || '、执行 ' || wan(final) || '，为年初的 ' || percent(share, 2)
         || CASE WHEN r.told <> '' THEN '（文中提及“' || trim(r.told) || '”）' ELSE '' END AS detail
FROM compared AS c LEFT JOIN reasons AS r USING (report_id)
