/*
id: IND-02
version: 2
class: A
severity: major
needs: [report]
title: 指标值与指标名称所指一致（率、比例应填比率）
title_en: A rate is given where the name says rate
basis: 自评审核要点：指标名称为“率”“比例”的，指标值应为比率
message: "{subject}：名称是比率，完成值“{reported}”不是比率，无法判断是否达标"
not_applicable: 没有比率类指标
suppressed_by: [CMP-03, VAL-08]
group: false
*/
WITH told AS (
  -- Figures of the narrative that speak of the indicator but are no rates.
  SELECT report_id, indicator_row_no AS row_no, count(*) FILTER (quantity = 'rate') AS rates, count(*) FILTER (quantity <> 'rate') AS others,
         arg_min(printed, statement_no) FILTER (quantity <> 'rate') AS printed, arg_min(text, statement_no) AS sentence,
         arg_min(place, statement_no) AS place, arg_min(location, statement_no) AS location
  FROM active.statements WHERE indicator_row_no IS NOT NULL AND role IN ('plain', 'actual') GROUP BY ALL
)
SELECT i.report_id, 'R' || i.row_no AS subject_key, i.name AS subject,
       CASE WHEN is_filled(i.actual_text) THEN
              coalesce(i.actual_dimension, '') <> 'percent' AND i.actual_kind NOT IN ('ratio', 'placeholder')
              AND NOT regexp_matches(i.actual_text, '[%％‰]|百分之|个百分点|倍|:|：|[0-9]/[0-9]')
              AND ((i.actual_kind IN ('number', 'range', 'compound', 'duration', 'date') AND (i.actual_unit IS NOT NULL OR coalesce(i.actual_value, 0) > 100))
                   OR (i.actual_kind = 'qualitative' AND i.target_kind NOT IN ('number', 'range')
                       AND (i.source = 'narrative' OR regexp_matches(i.target_text, '[%％]'))))
            ELSE i.source = 'narrative' AND coalesce(t.rates, 0) = 0 AND coalesce(t.others, 0) > 0 END AS failed,
       coalesce(nullif(left(i.actual_text, 60) || CASE WHEN length(i.actual_text) > 60 THEN '…' ELSE '' END, ''), t.printed) AS reported_value, '比率（%）' AS expected_value, NULL AS difference,
       coalesce(t.sentence, concat_ws(' | ', i.name, i.target_text, i.actual_text)) AS evidence,
       coalesce(CASE WHEN is_filled(i.actual_text) THEN i.places.actual END, t.place, i.place) AS place,
       coalesce(CASE WHEN is_filled(i.actual_text) THEN i.locations.actual END, t.location, i.location) AS location
FROM active.indicators AS i LEFT JOIN told AS t USING (report_id, row_no)
WHERE i.row_kind = 'indicator' AND NOT i.is_placeholder
  AND regexp_matches(regexp_replace(i.name, '[（(][^（）()]*[）)]\s*$', ''), '(率|比例|占比|比重|百分比)\s*$')
  AND NOT regexp_matches(i.name, words('no_rates'))
  -- 每万人…拥有率 counts per head.
  AND NOT regexp_matches(i.name, '(每?[百千万]人|人均|每[\x{4e00}-\x{9fff}]{1,4})')
