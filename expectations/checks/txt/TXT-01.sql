/*
id: TXT-01
version: 2
class: B
severity: info
needs: [report]
title: 没有错别字
title_en: No wrong characters
basis: 公文用字规范；常见错字清单见 expectations/vocabulary/slips.yaml
message: "{count}处疑为错别字：{detail}"
not_applicable: 没有文字内容
suppressed_by: []
group: true
*/
WITH slips AS (
  SELECT slip.wrong, slip.right_form, slip.unless FROM (SELECT unnest(getvariable('slips')) AS slip)
), texts AS NOT MATERIALIZED (  -- read twice, kept never: every text of every report
  SELECT report_id, 'S' || section_no AS part, heading AS subject, heading || '。' || text AS body, place, location FROM active.sections
  UNION ALL
  SELECT report_id, 'R' || row_no, name, concat_ws(' ', name, target_text, actual_text, variance_reason), place, location FROM active.indicators
  UNION ALL
  SELECT report_id, 'H' || field, coalesce(label, field), text, place, location FROM active.header_fields
  UNION ALL
  SELECT report_id, 'L' || line_no, label, texts.label, coalesce(places.label, place), location FROM active.budget_lines
), suspected AS (
  -- One pass for all words; the single words are looked up only where one of them occurs.
  FROM texts WHERE regexp_matches(body, words('slips'))
)
SELECT t.report_id, t.part || '.' || s.wrong AS subject_key, coalesce(nullif(left(t.subject, 24), ''), '正文') AS subject, TRUE AS failed,
       s.wrong AS reported_value, s.right_form AS expected_value, NULL AS difference,
       substr(t.body, greatest(strpos(t.body, s.wrong) - 12, 1), 24 + length(s.wrong)) AS evidence, t.place, t.location,
       '“' || s.wrong || '”疑为“' || s.right_form || '”' AS detail
FROM suspected AS t
JOIN slips AS s ON contains(t.body, s.wrong) AND NOT coalesce(regexp_matches(t.body, s.unless), FALSE)
UNION ALL BY NAME
SELECT report_id, part AS subject_key, coalesce(nullif(left(subject, 24), ''), '正文') AS subject, FALSE AS failed, NULL AS reported_value, NULL AS expected_value,
       NULL AS difference, NULL AS evidence, place, location, NULL AS detail
FROM texts WHERE body <> ''
