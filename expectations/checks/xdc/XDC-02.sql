/*
id: XDC-02
version: 2
class: B
severity: query
needs: [report]
title: 目标值与年度工作计划一致
title_en: The target equals that of the annual work plan
basis: 财预〔2020〕10号：绩效目标应与部门职责、年度工作计划相符
message: "{subject}：自评表目标值 {reported}，年度工作目标为 {expected}（“{detail}”），请核实以哪一个为准"
not_applicable: 文中没有能与指标对应的年度工作目标
suppressed_by: [VAL-01]
note: 年度工作目标、工作计划、工作任务一类的章节里，与指标同名的数；目标是区间的，两端都比
*/
WITH plans AS (
  SELECT DISTINCT p.report_id, p.place FROM active.paragraphs AS p JOIN active.sections AS n USING (report_id, section_no)
  WHERE n.kind = 'goals' AND regexp_matches(n.heading, '工作(目标|计划|任务|要点|安排|思路)|重点工作') AND NOT regexp_matches(n.heading, '绩效(目标|指标)')
), planned AS (
  SELECT s.report_id, s.indicator_row_no AS row_no, s.unit, s.comparator, s.printed, s.text, s.place, s.location, s.statement_no,
         regexp_extract(s.printed, '(\d+(?:\.\d+)?)\s*(?:-|—|–|~|～|至|到)+\s*(\d+(?:\.\d+)?)', ['low', 'high']) AS ends, s.value
  FROM active.statements AS s JOIN active.reports AS r USING (report_id)
  LEFT JOIN plans AS n ON n.report_id = s.report_id AND n.place = s.place
  WHERE s.section = 'goals' AND (s.role = 'plain' OR n.place IS NOT NULL AND s.role = 'target')
    AND s.indicator_row_no IS NOT NULL AND s.match_score >= 0.9
    AND s.quantity IN ('count', 'rate', 'area') AND (s.year IS NULL OR s.year = r.fiscal_year)
), bounded AS (
  SELECT *, coalesce(value, TRY_CAST(ends.low AS DECIMAL(38, 8))) AS low, coalesce(value, TRY_CAST(ends.high AS DECIMAL(38, 8))) AS high FROM planned
)
SELECT p.report_id, 'R' || p.row_no AS subject_key, i.name AS subject,
       -- A range against a range end by end; a number must lie in the other's range.
       CASE WHEN p.low < p.high AND i.target_kind = 'range' THEN p.low <> i.target_low OR p.high <> i.target_high
            WHEN p.low < p.high THEN coalesce(i.target_value, i.target_low) NOT BETWEEN p.low AND p.high
            ELSE p.low NOT BETWEEN coalesce(i.target_value, i.target_low) AND coalesce(i.target_value, i.target_high) END AS failed,
       i.target_text AS reported_value, p.printed AS expected_value, NULL AS difference, p.text AS evidence,
       regexp_extract(p.text, '[^。；;]*' || regexp_escape(p.printed) || '[^。；;，]*') AS detail,
       coalesce(i.places.target, i.place) || '、' || p.place AS place, coalesce(i.locations.target, i.location) AS location
FROM bounded AS p JOIN active.indicators AS i USING (report_id, row_no)
WHERE i.source = 'form' AND i.target_kind IN ('number', 'range') AND coalesce(p.unit, '') = coalesce(i.target_unit, i.unit, '') AND p.low IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY p.report_id, p.row_no ORDER BY p.statement_no) = 1
