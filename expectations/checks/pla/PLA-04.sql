/*
id: PLA-04
version: 1
class: B
severity: query
needs: [report]
title: 100% 的说法有分子分母支持
title_en: Claims of 100 percent are supported
basis: 自评审核要点：完成率、覆盖率为 100% 的应给出总数和完成数
message: "{count}处 100% 没有写明总数和完成数，请补充依据：{detail}"
not_applicable: 文字中没有 100% 的说法
suppressed_by: []
group: true
*/
WITH claims AS (
  SELECT s.report_id, s.statement_no, s.subject, s.printed, s.text, s.place, s.location,
         EXISTS (SELECT 1 FROM active.relations AS r WHERE r.report_id = s.report_id AND list_contains(r.statement_nos, s.statement_no)) AS recomputable,
         count(*) OVER (PARTITION BY s.report_id) AS times
  FROM active.statements AS s
  WHERE s.quantity = 'rate' AND s.role IN ('plain', 'actual') AND s.value = 1 AND s.comparator IS NULL
    AND NOT regexp_matches(s.subject, '执行率|占比|比例|负债')
    AND s.section NOT IN ('goals', 'overview', 'budget')
)
SELECT report_id, 'T' || left(md5(subject), 10) AS subject_key, coalesce(nullif(subject, ''), '100%') AS subject,
       -- One or two round results are ordinary; a row of them asks for proof.
       NOT recomputable AND times >= 3 AS failed, printed AS reported_value, '总数和完成数' AS expected_value, NULL AS difference,
       text AS evidence, place, location, subject || printed AS detail
FROM claims
QUALIFY row_number() OVER (PARTITION BY report_id, subject ORDER BY statement_no) = 1
