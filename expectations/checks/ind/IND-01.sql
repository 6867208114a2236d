/*
id: IND-01
version: 1
class: A
severity: major
needs: [report]
title: 指标可衡量（有数值、单位或明确标准）
title_en: Targets are measurable
basis: 财预〔2015〕88号 绩效目标应指向明确、细化量化；财预〔2020〕10号：指标值应可衡量
message: "{count}项指标的目标值没有数值、单位或明确标准，无法衡量：{detail}"
not_applicable: 没有数量、质量、时效、成本类指标的目标值
suppressed_by: [CMP-05, IND-03]
group: true
note: 社会、生态、可持续影响类指标允许定性，不在此列
*/
SELECT report_id, 'R' || row_no AS subject_key, name AS subject,
       target_kind = 'qualitative'
         AND NOT regexp_matches(target_text, '[0-9０-９%％]|[一二两三四五六七八九十百千]+(个|次|份|项|家|人|场|宗|处|条|部|期|名|户|天|月|亩|件|批|季|年|级|类|种)|全部|全覆盖|全面覆盖|全额|零|无')
         AND CASE dimension
               WHEN 'quality' THEN NOT regexp_matches(target_text, '合格|达标|标准|规范|验收|符合|相符|优|良|通过|级|不')
               WHEN 'timeliness' THEN NOT regexp_matches(target_text, '[年月季]|当日|当天|每日|每周|全年')
               -- A money effect without a figure: 完成收入任务. Other economic effects may be told in words.
               WHEN 'economic' THEN regexp_matches(target_text, '任务|收入|金额|税|资金')
               ELSE TRUE END AS failed,
       CASE WHEN dimension = 'timeliness' THEN 'minor' END AS severity,
       target_text AS reported_value, '数值、单位或明确标准' AS expected_value, NULL AS difference,
       concat_ws(' | ', level2, name, target_text) AS evidence, coalesce(places.target, place) AS place, coalesce(locations.target, location) AS location,
       name || '（' || left(target_text, 40) || '）' AS detail
FROM active.indicators
WHERE row_kind = 'indicator' AND source = 'form' AND NOT is_placeholder AND name <> '' AND is_filled(target_text)
  AND dimension IN ('quantity', 'quality', 'timeliness', 'cost', 'economic')
