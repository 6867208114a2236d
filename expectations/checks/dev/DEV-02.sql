/*
id: DEV-02
version: 6
class: A
severity: major
needs: [report]
title: 未完成的指标逐项说明原因
title_en: Every unmet indicator has a reason
basis: 财预〔2020〕10号：未完成绩效目标的应分析偏差原因并提出改进措施；自评系统规则：得分低于分值须填写偏差原因
message: "{count}项未完成或未得满分的指标没有说明原因：{detail}"
not_applicable: 没有未完成的指标
suppressed_by: [CMP-03, VAL-01]
group: true
note: 只有对全部指标的笼统说明（如“受疫情影响”）而未点名该指标的，视为未说明
*/
WITH blocks AS (
  SELECT report_id, joined(list({'k': location, 'x': text}), '。') AS block FROM active.header_fields WHERE field = 'reasons' AND trim(text) <> '' GROUP BY report_id
), texts AS (
  SELECT report_id, concat_ws('。', r.narrative_text, b.block) AS body, b.block IS NOT NULL AS has_block, coalesce(b.block, '') AS block
  FROM active.reports AS r LEFT JOIN blocks AS b USING (report_id)
), judged AS (
  SELECT i.report_id, i.row_no, s.achievement,
         CASE -- A cost below its target is no shortfall where the form does not say which way is better.
              WHEN s.outcome = 'unmet' AND i.direction = 'unknown' AND (i.dimension IN ('cost', 'timeliness') OR i.level1_code = 'cost') AND i.reported_score >= i.max_score THEN FALSE
              -- A score merged over several rows does not tell which of them fell short.
              WHEN s.outcome IN ('met', 'unmet') THEN s.outcome = 'unmet' OR (i.reported_score < i.max_score AND i.score_group IS NULL)
              -- 完成率 of less than all, with no target of its own, leaves something undone.
              WHEN i.source = 'narrative' AND NOT is_filled(i.target_text) AND i.actual_dimension = 'percent' AND i.actual_value < 1
                THEN regexp_matches(i.name, '完成(率|比例)$') OR coalesce(i.reported_score < i.max_score, FALSE)
              ELSE i.reported_score < i.max_score END AS is_unmet
  FROM active.indicators AS i
  LEFT JOIN judge.indicator_scores AS s USING (report_id, row_no)
  WHERE i.row_kind IN ('indicator', 'category') AND NOT i.is_placeholder AND i.name <> ''
), places_for AS (
  -- Whether the form has a column for reasons at all.
  SELECT report_id, bool_or(texts.variance_reason IS NOT NULL OR source = 'narrative') AS has_column FROM active.indicators GROUP BY report_id
), first_reasons AS (
  -- 同上 is a reason where one stands in a row above it.
  SELECT report_id, min(row_no) AS row_no FROM active.indicators
  WHERE length(variance_reason) >= 4 AND NOT starts_with(variance_reason, '同上') GROUP BY report_id
), unmet AS (
  SELECT i.*, j.achievement, regexp_replace(i.name, '[（(][^（）()]*[）)]\s*$', '') AS short_name,
         regexp_replace(short_name, '(数量|个数|人数|次数|面积|情况)$', '') AS core_name,
         bool_or(row_kind = 'indicator') OVER (PARTITION BY report_id) AS by_row,
         count(*) FILTER (row_kind = 'indicator') OVER (PARTITION BY report_id) AS unmet_rows
  FROM (FROM judged WHERE is_unmet) AS j JOIN active.indicators AS i USING (report_id, row_no)
), named AS (
  SELECT DISTINCT report_id FROM unmet JOIN texts USING (report_id) WHERE contains(body, short_name)
), reasons AS (
  -- The sentences in which a reason is given at all; only where the text names an unmet indicator.
  SELECT t.report_id, t.has_block, t.block, CASE WHEN n.report_id IS NOT NULL
              THEN list_filter(string_split_regex(t.body, '[。；;！\n]'), lambda s: regexp_matches(s, '原因|由于|因为|主要是|导致|所致|影响|因')) END AS sentences
  FROM texts AS t LEFT JOIN named AS n USING (report_id)
), explained AS (
  SELECT u.*, r.has_block,
         -- 已完成, 无偏差 beside a missed target give no reason.
         is_filled(u.variance_reason) AND NOT regexp_full_match(trim(u.variance_reason), '(无|没有|不存在)偏差|(已|均已|全部)?(按期|按时|如期)?(完成|达标|实现)|完成(年度)?(目标|任务)|正常|同上')
           OR (trim(u.variance_reason) IN ('同上', '同上。') AND coalesce(f.row_no < u.row_no, FALSE)) AS own_reason,
         len(list_filter(coalesce(r.sentences, []), lambda s: contains(s, u.short_name)
             AND (regexp_matches(substr(s, strpos(s, u.short_name) + length(u.short_name)), '原因|由于|因为|主要是|导致|所致|受.{0,12}影响|因[^此].{1,15}(未|没|延|滞|推迟)')
                  OR regexp_matches(left(s, strpos(s, u.short_name) - 1), '(由于|因为|因|受)[^，,]{2,}[，,]')))) > 0
           -- In a block headed 偏差原因 every sentence is a reason: one that names the indicator, or the only one there can be.
           OR (NOT coalesce(c.has_column, TRUE) AND length(r.block) >= 6
               AND (contains(r.block, u.short_name) OR u.unmet_rows = 1
                    OR (u.dimension = 'satisfaction' AND regexp_matches(r.block, '满意|不满|意见'))
                    -- 村级文化广场少建3个 speaks of 新建村级文化广场: one clause holds most pairs of the name's characters.
                    OR len(list_filter(string_split_regex(r.block, '[，,。；;！\n]'),
                           lambda s: length(u.core_name) >= 4 AND len(list_filter(range(1, length(u.core_name)), lambda k: contains(s, substr(u.core_name, k, 2))))
                                     >= 0.6 * (length(u.core_name) - 1))) > 0)) AS told_reason,
         NOT coalesce(c.has_column, TRUE) AND NOT coalesce(r.has_block, FALSE) AS no_place
  FROM unmet AS u LEFT JOIN reasons AS r USING (report_id) LEFT JOIN places_for AS c USING (report_id)
  LEFT JOIN first_reasons AS f ON f.report_id = u.report_id
  -- A category's score falls with its rows: where these are known, they are named, not the category.
  WHERE u.row_kind = 'indicator' OR NOT u.by_row
)
SELECT report_id, 'R' || row_no AS subject_key, name AS subject, NOT own_reason AND NOT told_reason AS failed,
       CASE WHEN no_place THEN 'query' END AS severity, -- the form asks for no reason
       CASE WHEN own_reason THEN variance_reason WHEN told_reason THEN '正文已说明' ELSE or_blank(variance_reason) END AS reported_value,
       '偏差原因及改进措施' AS expected_value, '完成率 ' || percent(achievement, 2) AS difference,
       concat_ws(' | ', name, or_blank(target_text), or_blank(actual_text), plain(max_score) || '分', '得' || plain(reported_score) || '分') AS evidence,
       coalesce(places.variance_reason, places.actual, place) AS place, coalesce(locations.variance_reason, locations.actual, location) AS location,
       name || '（' || concat_ws('，', '目标 ' || nullif(target_text, ''), '完成 ' || CASE WHEN source = 'narrative' AND actual_dimension = 'percent' THEN percent(actual_value, 2) ELSE nullif(left(actual_text, 40), '') END,
                                  CASE WHEN reported_score < max_score THEN '得 ' || plain(reported_score) || '/' || plain(max_score) || ' 分' END) || '）' AS detail
FROM explained
