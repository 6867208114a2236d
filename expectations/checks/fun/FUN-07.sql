/*
id: FUN-07
version: 1
class: B
severity: query
needs: [report]
title: 按经济分类与按支出性质的人员经费相符
title_en: Economic and nature classifications agree
basis: 政府支出经济分类：人员经费一般对应工资福利支出与对个人和家庭的补助之和
message: "{subject}：按支出性质为 {reported}，按经济分类（工资福利支出＋对个人和家庭的补助）为 {expected}，相差 {difference}，请核实"
not_applicable: 没有同时列出两种分类
suppressed_by: []
group: false
*/
WITH amounts AS (
  SELECT report_id, role, value_yuan, printed, place, location, statement_no,
         CASE WHEN regexp_matches(subject, '人员经费') AND NOT regexp_matches(subject, '调') THEN 'personnel'
              WHEN regexp_matches(subject, '工资福利') THEN 'wages' WHEN regexp_matches(subject, '对个人和家庭') THEN 'individuals' END AS class
  FROM active.statements
  WHERE quantity = 'amount' AND value_yuan IS NOT NULL AND role = 'copy_executed'
), pivoted AS (
  SELECT report_id, max(value_yuan) FILTER (class = 'personnel') AS personnel, max(value_yuan) FILTER (class = 'wages') AS wages,
         max(value_yuan) FILTER (class = 'individuals') AS individuals,
         joined_once(list(place)) AS place, min(location) FILTER (class = 'personnel') AS location,
         string_agg(class || ' ' || printed, '；' ORDER BY statement_no) AS evidence
  FROM amounts WHERE class IS NOT NULL GROUP BY report_id
)
SELECT report_id, 'report-classes' AS subject_key, '人员经费' AS subject, personnel <> wages + individuals AS failed,
       plain(personnel) || '元' AS reported_value, plain(wages + individuals) || '元' AS expected_value, plain(abs(personnel - wages - individuals)) || '元' AS difference,
       '人员经费 ' || plain(personnel) || '；工资福利支出 ' || plain(wages) || '；对个人和家庭的补助 ' || plain(individuals) AS evidence, place, location
FROM pivoted WHERE personnel IS NOT NULL AND wages IS NOT NULL AND individuals IS NOT NULL
