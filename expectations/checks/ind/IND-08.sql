/*
id: IND-08
version: 1
class: C
severity: query
needs: [report]
title: 分类明细的各类之间是否交叉
title_en: Do the classes of a breakdown overlap?
basis: 自评审核要点：分类应互斥，按不同标准划分的类别不应并列相加
message: "{subject}：{detail}"
not_applicable: 没有三项以上的数量明细
suppressed_by: []
group: false
note: 下列明细的各项是否按同一标准划分（例如按用途划分的与按供应方式划分的并列）？请看：正文中“其中：……”的明细。列出三项以上的明细，含有“划拨”“出让”“其他”与用途并列的优先核对
*/
-- A question for a person: every row is a point to look at in the dossier, none is a finding.
WITH points AS (
  SELECT report_id, relation_no AS nth, 'N' || left(md5(formula), 10) AS subject_key, subject, text AS evidence, place, location,
         '明细：' || formula || '，各项是否按同一标准划分' AS detail
  FROM active.relations
  WHERE kind = 'sum' AND topic IN ('items', 'fund_source') AND len(terms) >= 3 AND coalesce(unit, '') <> '元'
)
SELECT report_id, subject_key, subject, TRUE AS failed, NULL AS reported_value, NULL AS expected_value, NULL AS difference, evidence, place, location, detail
FROM points
QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY nth, subject_key) <= 6
