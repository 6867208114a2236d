/*
id: IND-06
version: 1
class: C
severity: query
needs: [report]
title: 三级指标与二级指标的类别是否相符
title_en: Do the third-level indicators belong to their category?
basis: 财预〔2020〕10号：数量、质量、时效、成本指标各有所指
message: "{subject}：{detail}"
not_applicable: 没有类别与名称可能不符的指标
suppressed_by: []
group: false
note: 下列指标放在所列类别是否恰当（如数量指标放入质量指标，时效指标放入效益指标）？请看：自评表的二级指标与三级指标两栏。名称像数量、比率或时间，而所在类别另有所指的列在前面
*/
-- A question for a person: every row is a point to look at in the dossier, none is a finding.
WITH points AS (
  SELECT i.report_id, i.row_no AS nth, 'R' || i.row_no AS subject_key, i.name AS subject, i.level2 || '：' || i.name || '（' || i.target_text || '）' AS evidence,
         i.place, i.location, '列在“' || i.level2 || '”下，是否恰当' AS detail
  FROM active.indicators AS i
  WHERE i.row_kind = 'indicator' AND i.source = 'form' AND NOT i.is_placeholder AND i.name <> ''
    -- Names that sound like another category than the one they stand in.
    AND ((i.dimension = 'quality' AND regexp_matches(i.name, '(数量|个数|人次|人数|次数|面积)($|[（(])'))
      OR (i.dimension = 'quantity' AND regexp_matches(i.name, '合格率|达标率|准确率|完好率'))
      OR (i.dimension IN ('quantity', 'quality') AND regexp_matches(i.name, '时限|及时率|时间|进度'))
      OR (i.dimension = 'timeliness' AND regexp_matches(i.name, '数量|个数|面积|金额') AND NOT regexp_matches(i.name, '时'))
      OR (i.dimension = 'cost' AND regexp_matches(i.name, '投资规模|收入|产值'))
      OR (i.dimension IN ('economic', 'social', 'ecological') AND regexp_matches(i.name, '(数量|份数|个数)($|[（(])') AND NOT regexp_matches(i.name, '就业|受益|惠')))
)
SELECT report_id, subject_key, subject, TRUE AS failed, NULL AS reported_value, NULL AS expected_value, NULL AS difference, evidence, place, location, detail
FROM points
QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY nth) <= 12
