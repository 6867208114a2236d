/*
id: XDC-01
version: 3
class: A
severity: blocker
needs: [report, budget]
title: 目标值与批复的目标值一致
title_en: The target equals the approved one
basis: 财预〔2020〕10号：自评以批复（调整）的绩效目标为准，不得自行调整
message: "{subject}：自评表目标值 {reported}，批复目标值 {expected}"
not_applicable: 未提供该单位批复的绩效目标
*/
WITH approved AS (
  SELECT *, indicator_key(name) AS bare_name, target_words(target_text) AS bare_text
  FROM active.approved_targets WHERE coalesce(target_kind, '') NOT IN ('marker', 'placeholder', 'blank')
), reported AS (
  SELECT *, indicator_key(name) AS bare_name, target_words(target_text) AS bare_text
  FROM active.indicators WHERE source = 'form' AND NOT is_placeholder AND target_text <> ''
)
SELECT i.report_id, 'R' || i.row_no AS subject_key, i.name AS subject,
       i.bare_text <> a.bare_text AND NOT (same_target(product(i.target_value, coalesce(i.target_base, 1)), i.comparator, product(a.target_value, coalesce(a.target_base, 1)), a.comparator)
                                           OR coalesce(i.target_low = a.target_low AND i.target_high = a.target_high, FALSE)) AS failed,
       i.target_text AS reported_value, a.target_text AS expected_value,
       -- Figures of unlike scales (2 万亩, 25000 亩) have no difference that could be read off both.
       CASE WHEN coalesce(i.target_base, 1) <> coalesce(a.target_base, 1) THEN NULL
            WHEN i.target_dimension = 'percent' THEN plain(abs(i.target_value - a.target_value) * 100) || '个百分点'
            ELSE plain(abs(i.target_value - a.target_value)) || coalesce(i.target_unit, a.target_unit, '') END AS difference, coalesce(a.source_row, a.target_text) AS evidence,
       coalesce(i.places.target, i.place) AS place, coalesce(i.locations.target, i.location) AS location
FROM reported AS i
JOIN approved AS a ON a.report_id = i.report_id AND a.bare_name = i.bare_name AND mart.name_key(coalesce(a.level2, i.level2)) = mart.name_key(i.level2)
-- An indicator approved twice under one name (one a category) is only wrong where no approval agrees.
QUALIFY row_number() OVER (PARTITION BY i.report_id, i.row_no ORDER BY failed, a.source_row, a.target_text, a.name) = 1
