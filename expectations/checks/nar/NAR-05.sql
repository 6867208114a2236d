/*
id: NAR-05
version: 5
class: A
severity: minor
needs: [report]
title: 机构和人员数字前后一致
title_en: Organisation and staff figures agree
basis: 自评报告基本情况应与编制、在职人员和机构设置实际一致
message: "{subject}：{detail}"
not_applicable: 文字中没有机构、人员数字
suppressed_by: []
group: false
*/
WITH sums AS (
  SELECT report_id, subject, formula, stated, list_sum(terms) AS parts, unit, text, joined_once(list(place)) AS place, min(location) AS location
  FROM active.relations WHERE kind = 'sum' AND topic = 'staff' AND stated IS NOT NULL GROUP BY ALL
), years AS (
  SELECT report_id, fiscal_year FROM active.reports
), posts_told AS (
  -- 行政编制22名、事业编制36名 are parts of what is authorised; without a total they are added up, sentence by sentence.
  SELECT report_id, text, min(place) AS place, min(location) AS location,
         greatest(coalesce(max(value) FILTER (NOT is_part), 0), coalesce(sum(value) FILTER (is_part), 0)) AS posts
  FROM (SELECT *, regexp_matches(subject, words('post_kinds')) AS is_part FROM active.statements JOIN years USING (report_id) -- 于2021年合并而成，编制52人: a year in another clause is not that of the posts.
        WHERE quantity = 'posts' AND (year IS NULL OR year = fiscal_year OR NOT regexp_matches(subject, '\d{4}|上年|去年')) AND value IS NOT NULL)
  GROUP BY report_id, text
), staff AS (
  SELECT p.report_id, max(p.posts) AS posts, any_value(s.in_post) AS in_post,
         max_by(p.text, (p.posts, p.text)) AS text, max_by(p.place, (p.posts, p.text)) AS place, max_by(p.location, (p.posts, p.text)) AS location
  FROM posts_told AS p
  LEFT JOIN (SELECT report_id, max(value) AS in_post FROM active.statements JOIN years USING (report_id)
             WHERE quantity = 'staff' AND (year IS NULL OR year = fiscal_year) AND regexp_matches(subject, '^[^离退]*(在职|实有|在编|在岗)') GROUP BY report_id) AS s USING (report_id)
  GROUP BY p.report_id
), whole_staff AS (
  -- 年末在职人员47人 … 全局在职50人: sentences that speak of the whole unit at the year's end and of nothing else, up to the figure.
  SELECT s.report_id, s.value, s.printed, s.place, s.location, s.text,
         regexp_extract(replace(split_part(s.text, s.printed, 1), coalesce(nullif(r.unit_name, ''), s.printed), ''),
           '^(?:' || words('at_year_end') || ')?(?:[我本全该](' || words('self_words') || '))?(?:共?(?:核定|有)?(?:人员|事业|行政)?编制(?:总数|数|人数)?(?:共|为)?\d+[名个人][，,；;])?(?:'
             || words('at_year_end') || ')?(?:实际|实有|现有|共有|有)?(在职|在编|在岗|离退休|退休|离休)(?:在编|在岗)?(?:教职工|干部职工|干部|职工|人员|人数|员工)*(?:总数|合计|总计|共计|共有|共|为|有|达)?$',
           ['scope', 'kind']) AS said
  FROM active.statements AS s JOIN active.reports AS r USING (report_id)
  WHERE s.quantity = 'staff' AND s.value IS NOT NULL AND (s.year IS NULL OR s.year = r.fiscal_year) AND regexp_matches(s.subject, '在职|在编|在岗|退休|离休')
), staff_told AS (
  SELECT report_id, said.kind AS kind, count(DISTINCT value) AS versions, count(*) AS times,
         -- 我局 and 全系统 may well differ: those of one scope are compared, and those that name none with any.
         count(DISTINCT nullif(said.scope, '')) AS scopes,
         string_agg(DISTINCT printed, '、' ORDER BY printed) AS printed, joined_once(list(place)) AS place, min(location) AS location,
         string_agg(DISTINCT left(text, 200), ' / ' ORDER BY left(text, 200)) AS sentences, max(value) - min(value) AS gap
  FROM whole_staff WHERE said.kind <> '' GROUP BY ALL
), texts(report_id, place, location, body) AS (
  SELECT report_id, min(place), min(location), text AS body FROM active.statements WHERE quantity = 'count' AND regexp_matches(text, '股室|科室|二级机构') GROUP BY report_id, text
  UNION ALL
  SELECT report_id, coalesce(places.target, place), coalesce(locations.target, location), target_text FROM active.indicators WHERE regexp_matches(target_text, '股室|科室|机构')
), offices AS (
  SELECT report_id, place, location, body,
         unnest(list_concat(
           list_transform(regexp_extract_all(body, '(?:内设|设有|现有|下设|下属|机关)?\s*(?:股室|科室|二级机构)\s*(?:共|为)?\s*\d{1,3}\s*个'), lambda m: {'what': regexp_extract(m, '股室|科室|二级机构'), 'n': regexp_extract(m, '\d+'), 'printed': m}),
           list_transform(regexp_extract_all(body, '\d{1,3}\s*个\s*(?:内设)?(?:股室|科室|二级机构)'), lambda m: {'what': regexp_extract(m, '股室|科室|二级机构'), 'n': regexp_extract(m, '\d+'), 'printed': m}))) AS mention
  FROM texts
), office_counts AS (
  SELECT report_id, mention.what AS what, count(DISTINCT mention.n) AS versions, string_agg(DISTINCT trim(mention.printed), '、' ORDER BY trim(mention.printed)) AS printed,
         joined_once(list(place)) AS place, min(location) AS location,
         string_agg(DISTINCT left(body, 200), ' / ' ORDER BY left(body, 200)) AS sentences
  FROM offices GROUP BY ALL
), listing AS (
  -- One pass for the words of both kinds of lists.
  SELECT report_id, place, location, text FROM active.sections WHERE regexp_matches(text, '内设|下设|下辖|设有|下属|所属|股室|科室|单位共')
), named_lists AS (
  -- 内设5个股室，分别为…: the number told, and the names listed behind it.
  SELECT report_id, place, location,
         unnest(regexp_extract_all(text, '(?:内设|下设|下辖|下属|所属|设有?|单位|机构|股室|科室)[^。；，,：:0-9]{0,14}\d{1,2}\s*(?:个|家)[^。；，,：:（(0-9]{0,10}[，,：:（(]\s*(?:分别(?:是|为)|即|分别)?[：:]?[^。；）)0-9]{5,300}')) AS said
  FROM listing WHERE regexp_matches(text, '内设|下设|下辖|下属|所属|股室|科室|单位共')
), lists_first AS (
  -- 下辖服务中心、监测站2个事业单位: the names, then their number; 等 may stand for more names than are listed.
  SELECT report_id, place, location, unnest(regexp_extract_all(text, '(?:内设|下设|下辖|设有)有?[\x{4e00}-\x{9fff}（）()]{2,20}(?:[、和][\x{4e00}-\x{9fff}（）()]{2,20}?)+(?:等|共|共计)?\d{1,2}\s*个')) AS said
  FROM listing
), listed AS (
  -- 内设5个股室：…，下设服务中心、监测站: what follows the next verb is another list.
  SELECT report_id, place, location, said, regexp_extract(said, '(\d{1,2})\s*(?:个|家)', 1)::INTEGER AS told, FALSE AS may_go_on,
         regexp_replace(regexp_replace(said, '^.*?\d{1,2}\s*(?:个|家)[^。；，,：:（(]{0,10}[，,：:（(]\s*(?:分别(?:是|为)|即|分别)?[：:]?', ''), '(^|[，,])(?:并|还|另|现|同时)?(?:内设|下设|下辖|下属|所属|直属|有|管理|代管|设有).*$', '') AS names
  FROM named_lists
  UNION ALL BY NAME
  SELECT report_id, place, location, said, regexp_extract(said, '(\d{1,2})\s*个$', 1)::INTEGER AS told, regexp_matches(said, '等\d') AS may_go_on,
         regexp_replace(regexp_replace(said, '(等|共计|共)?\d{1,2}\s*个$', ''), '^(内设|下设|下辖|设有)有?', '') AS names
  FROM lists_first
), all_named AS (
  -- 和 behind a whole name parts two; elsewhere it belongs to the name (规划和政策股, 党委与人事科).
  SELECT * REPLACE (list_filter(string_split_regex(regexp_replace(names, '(' || words('office_endings') || ')(?:以及|和|及|与)', '\1、', 'g'), '[、，,]'), lambda n: trim(n) <> '') AS names)
  FROM listed
)
SELECT report_id, 'N' || left(md5(subject || formula), 10) AS subject_key, coalesce(nullif(subject, ''), '人员') AS subject, stated <> parts AS failed,
       CAST(NULL AS VARCHAR) AS severity, plain(stated) || coalesce(unit, '') AS reported_value, plain(parts) || coalesce(unit, '') AS expected_value,
       plain(abs(stated - parts)) || coalesce(unit, '') AS difference, text AS evidence, place, location,
       '所述 ' || plain(stated) || coalesce(unit, '') || '，各项之和 ' || plain(parts) || coalesce(unit, '') || '（' || formula || '）' AS detail
FROM sums
UNION ALL BY NAME
SELECT report_id, 'O' || what AS subject_key, what || '个数' AS subject, versions > 1 AS failed, 'query' AS severity, printed AS reported_value,
       '前后一致' AS expected_value, NULL AS difference, sentences AS evidence, place, location,
       CASE WHEN versions > 1 THEN '前后说法不一（' || printed || '），请核实' ELSE printed END AS detail
FROM office_counts
UNION ALL BY NAME
SELECT report_id, 'P-over' AS subject_key, '在职人数' AS subject, in_post > posts AS failed, 'query' AS severity, plain(in_post) || '人' AS reported_value,
       '编制 ' || plain(posts) AS expected_value, plain(in_post - posts) AS difference, text AS evidence, place, location,
       '在职 ' || plain(in_post) || ' 人，' || CASE WHEN in_post > posts THEN '超过编制 ' || plain(posts) || ' 名，请说明' ELSE '编制 ' || plain(posts) || ' 名' END AS detail
FROM staff WHERE posts IS NOT NULL AND in_post IS NOT NULL
UNION ALL BY NAME
SELECT report_id, 'T' || kind AS subject_key, kind || '人数' AS subject, versions > 1 AS failed, 'query' AS severity, printed AS reported_value,
       '前后一致' AS expected_value, plain(gap) || '人' AS difference, sentences AS evidence, place, location, '前后说法不一（' || printed || '），请核实' AS detail
FROM staff_told WHERE times > 1 AND scopes <= 1
UNION ALL BY NAME
SELECT report_id, 'M' || left(md5(said), 10) AS subject_key, '机构个数' AS subject, CASE WHEN may_go_on THEN told < len(names) ELSE told <> len(names) END AS failed, NULL AS severity, told || '个' AS reported_value,
       len(names) || '个' AS expected_value, abs(told - len(names)) || '个' AS difference, said AS evidence, place, location,
       '所述 ' || told || ' 个，列出 ' || len(names) || ' 个（' || array_to_string(names, '、') || '）' AS detail
FROM all_named
-- every name is one of an office or institution, and the list is closed; a far larger number counts kinds (卫生院、敬老院25个)
WHERE len(names) >= 2 AND told < 2 * len(names) AND NOT regexp_matches(said, '其中|有的|包括') AND (may_go_on OR NOT regexp_matches(said, '等'))
  AND len(list_filter(names, lambda n: NOT regexp_full_match(trim(n), '[\x{4e00}-\x{9fff}（）()]{1,20}(' || words('office_endings') || '|' || words('other_office_endings') || ')'))) = 0
