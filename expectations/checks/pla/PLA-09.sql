/*
id: PLA-09
version: 1
class: B
severity: query
needs: [report]
title: 完成、验收、支付的时间先后合理
title_en: Dates are in a possible order
basis: 自评审核要点：验收应在完工之后，完成时间应在评价年度之内
message: "{subject}：{detail}，请核实"
not_applicable: 没有以日期填报的完成值
suppressed_by: [CMP-03]
group: false
*/
WITH dated AS (
  SELECT i.report_id, i.row_no, i.name, i.actual_text, i.place, i.location, i.places, i.locations, r.fiscal_year,
         TRY_CAST(regexp_extract(i.actual_text, '(20\d\d)\s*[年./-]\s*(\d{1,2})', 1) AS INTEGER) AS year,
         TRY_CAST(regexp_extract(i.actual_text, '(20\d\d)\s*[年./-]\s*(\d{1,2})', 2) AS INTEGER) AS month,
         CASE WHEN regexp_matches(i.name, '启动|开工|招标|立项') THEN 1 WHEN regexp_matches(i.name, '验收|交付|投入使用|决算') THEN 3
              WHEN regexp_matches(i.name, '完工|竣工|完成|建成') THEN 2 END AS stage
  FROM active.indicators AS i JOIN active.reports AS r USING (report_id)
  WHERE i.row_kind = 'indicator' AND NOT i.is_placeholder AND i.actual_kind = 'date'
), later AS (
  SELECT b.report_id, b.row_no, a.name AS earlier_name, a.actual_text AS earlier_text
  FROM dated AS a JOIN dated AS b USING (report_id)
  WHERE a.stage < b.stage AND a.year * 12 + a.month > b.year * 12 + b.month
  QUALIFY row_number() OVER (PARTITION BY b.report_id, b.row_no ORDER BY a.row_no) = 1
)
SELECT d.report_id, 'R' || d.row_no AS subject_key, d.name AS subject,
       l.row_no IS NOT NULL OR coalesce(d.year > d.fiscal_year OR d.year < d.fiscal_year, FALSE) AS failed, d.actual_text AS reported_value,
       coalesce(l.earlier_name || ' ' || l.earlier_text || ' 之后', d.fiscal_year || '年内') AS expected_value, NULL AS difference,
       concat_ws(' | ', d.name, d.actual_text, l.earlier_name, l.earlier_text) AS evidence,
       coalesce(d.places.actual, d.place) AS place, coalesce(d.locations.actual, d.location) AS location,
       CASE WHEN l.row_no IS NOT NULL THEN d.actual_text || ' 早于 ' || l.earlier_name || ' 的 ' || l.earlier_text
            ELSE d.actual_text || ' 不在 ' || d.fiscal_year || ' 年度内' END AS detail
FROM dated AS d LEFT JOIN later AS l USING (report_id, row_no)
WHERE d.year IS NOT NULL
