/*
id: EVD-01
version: 1
class: C
severity: query
needs: [report]
title: 每个完成值是否有佐证材料
title_en: Is evidence named for each value?
basis: 财预〔2020〕10号：自评结果应真实、客观，完成值应有台账、文件、凭证等佐证
message: "{subject}：{detail}"
not_applicable: 没有定量的完成值
suppressed_by: []
group: false
note: 下列完成值的来源是什么（统计台账、验收文件、支付凭证、系统截图）？报送材料中是否附有？请看：佐证材料清单和附件；自评表的实际完成值栏。超过目标值较多的、整数的、正文没有说明出处的优先核对
*/
-- A question for a person: every row is a point to look at in the dossier, none is a finding.
WITH points AS (
  SELECT report_id, 'R' || row_no AS subject_key, name AS subject, concat_ws(' | ', name, target_text, actual_text, plain(max_score) || '分') AS evidence,
         coalesce(places.actual, place) AS place, coalesce(locations.actual, location) AS location, '完成值 ' || actual_text || ' 的来源和佐证材料' AS detail
  FROM active.indicators
  -- The values that weigh most are asked for first.
  WHERE row_kind = 'indicator' AND NOT is_placeholder AND actual_kind = 'number'
  QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY max_score DESC NULLS LAST, row_no) <= 12
)
SELECT report_id, subject_key, subject, TRUE AS failed, NULL AS reported_value, NULL AS expected_value, NULL AS difference, evidence, place, location, detail
FROM points
