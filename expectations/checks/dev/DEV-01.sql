/*
id: DEV-01
version: 2
class: B
severity: query
needs: [report]
title: 未达理想的结果在自评中反映
title_en: What went badly is visible in the evaluation
basis: 自评审核要点：正文反映的低完成率、低合格率应在指标完成情况和偏差原因中体现
message: "正文写有{detail}，指标和偏差原因中没有反映，请核实"
not_applicable: 正文没有明显偏低的比率
suppressed_by: []
group: true
*/
WITH told AS (
  SELECT report_id, statement_no, subject, printed, value, text, place, location
  FROM active.statements
  WHERE quantity = 'rate' AND coalesce(unit, '') NOT LIKE '%百分点%' AND role = 'plain' AND indicator_row_no IS NULL AND value IS NOT NULL AND section NOT IN ('problems', 'measures', 'overview', 'goals')
    AND regexp_matches(subject, '(完成|通过|合格|及时|覆盖|达标|办结|到位|验收|成功|回复|整改|兑现|开工|竣工|一次性).{0,4}率')
), known AS (
  SELECT report_id, joined(list({'k': row_no, 'x': name || variance_reason}), ' ') AS words FROM active.indicators GROUP BY report_id
)
SELECT t.report_id, 'T' || left(md5(t.subject), 10) AS subject_key, t.subject, t.value < 0.6 AND NOT contains(coalesce(k.words, ''), t.subject) AS failed,
       t.printed AS reported_value, '60%以上或说明原因' AS expected_value, NULL AS difference, t.text AS evidence, t.place, t.location,
       '“' || t.subject || t.printed || '”' AS detail
FROM told AS t LEFT JOIN known AS k USING (report_id)
QUALIFY row_number() OVER (PARTITION BY t.report_id, t.subject ORDER BY t.statement_no) = 1
