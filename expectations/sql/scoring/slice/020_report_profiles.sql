-- Which profile a report is scored by, and why, in words. The roster decides; else the place named first in region,
-- unit, supervisor or project; else the issuer of the documents it cites; else weights and labels that only one
-- jurisdiction prints; else the national rule.
CREATE OR REPLACE TEMP TABLE report_signals AS
WITH matched AS (
  SELECT report_id, min(roster_unit_name) AS roster_unit_name, min(roster_region) AS roster_region
  FROM raw.unit_matches WHERE report_id IS NOT NULL GROUP BY report_id
)
SELECT r.report_id, r.fiscal_year, r.template,
       concat_ws(' ', m.roster_region, r.region, r.unit_name, r.supervisor, r.project_name) AS named,
       o.profile AS roster_profile, r.narrative_text
FROM active.reports AS r
LEFT JOIN matched AS m USING (report_id)
LEFT JOIN raw.roster AS o ON o.unit_name = m.roster_unit_name AND o.region IS NOT DISTINCT FROM m.roster_region;

-- Profiles that the bureau's configuration switches off for a report; the last rule that fits wins.
CREATE OR REPLACE TEMP TABLE switched_off_profiles AS
SELECT r.report_id, c.profile_id, arg_max(c.reason, c.position) AS reason
FROM report_signals AS r
JOIN judge.profile_rules AS c
  ON (c.first_year IS NULL OR r.fiscal_year >= c.first_year) AND (c.last_year IS NULL OR r.fiscal_year <= c.last_year)
GROUP BY r.report_id, c.profile_id
HAVING NOT arg_max(c.enabled, c.position);

CREATE OR REPLACE TEMP TABLE printed_weights AS
SELECT report_id, CASE level1_code WHEN 'cost' THEN 'output' ELSE level1_code END AS level1_code, sum(max_score) AS weight
FROM judge.scored_items SEMI JOIN active.reports USING (report_id)
WHERE max_score IS NOT NULL GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE level1_words AS
SELECT DISTINCT i.report_id, s.profile_id, s.word
FROM (SELECT DISTINCT report_id, level1 FROM active.indicators) AS i
JOIN profile_signals AS s ON s.kind = 'level1_label' AND contains(i.level1, s.word);

-- Away from its own place a profile's labels decide only where they are all printed and make up half of the first level:
-- 投入管理指标 is not 投入, and 过程 alone stands in many frameworks.
CREATE OR REPLACE TEMP TABLE level1_frames AS
WITH printed AS (
  SELECT report_id, count(*) AS labels FROM (SELECT DISTINCT report_id, level1 FROM active.indicators WHERE level1 <> '') GROUP BY report_id
), exact AS (
  SELECT report_id, profile_id, count(DISTINCT word) AS found
  FROM (SELECT DISTINCT i.report_id, s.profile_id, s.word FROM active.indicators AS i
        JOIN profile_signals AS s ON s.kind = 'level1_label' AND regexp_replace(i.level1, '[（(].*$|指标$|\s', '', 'g') = s.word)
  GROUP BY ALL
), wanted AS (
  SELECT profile_id, count(DISTINCT word) AS words FROM profile_signals WHERE kind = 'level1_label' GROUP BY profile_id
)
SELECT e.report_id, e.profile_id FROM exact AS e JOIN wanted AS w USING (profile_id) JOIN printed AS p USING (report_id)
WHERE e.found = w.words AND e.found * 2 >= p.labels;

CREATE OR REPLACE TEMP TABLE named_places AS
SELECT r.report_id, p.jurisdiction, s.word, instr(r.named, s.word) AS at_position
FROM report_signals AS r
JOIN (SELECT DISTINCT profile_id, word FROM profile_signals WHERE kind = 'region') AS s ON contains(r.named, s.word)
JOIN judge.profiles AS p USING (profile_id);

CREATE OR REPLACE TEMP TABLE jurisdictions AS
WITH by_place AS (
  SELECT report_id, arg_min(jurisdiction, (at_position, -length(word), word)) AS jurisdiction,
         '名称中写有“' || arg_min(word, (at_position, -length(word), word)) || '”' AS why
  FROM named_places GROUP BY report_id
), by_issuer AS (
  SELECT r.report_id, min(p.jurisdiction) AS jurisdiction, '引用“' || min(s.word) || '”文件' AS why
  FROM report_signals AS r ANTI JOIN by_place USING (report_id)
  JOIN profile_signals AS s ON s.kind = 'issuer' AND contains(r.narrative_text, s.word)
  JOIN judge.profiles AS p USING (profile_id)
  GROUP BY r.report_id HAVING count(DISTINCT p.jurisdiction) = 1
)
FROM by_place UNION ALL FROM by_issuer;

CREATE OR REPLACE TEMP TABLE profile_points AS
WITH candidates AS (
  SELECT r.report_id, r.template, r.fiscal_year, p.*, j.jurisdiction = p.jurisdiction AS is_local, j.why AS place_why
  FROM report_signals AS r
  LEFT JOIN jurisdictions AS j USING (report_id)
  JOIN judge.profiles AS p
    ON (p.profile_id = 'national' OR j.jurisdiction = p.jurisdiction OR j.jurisdiction IS NULL)
   AND p.jurisdiction <> '系统'
   AND (r.fiscal_year IS NULL OR r.fiscal_year BETWEEN coalesce(p.year_from, 0) AND coalesce(p.year_to, 9999))
  ANTI JOIN switched_off_profiles AS x ON x.report_id = r.report_id AND x.profile_id = p.profile_id
), weights AS (
  SELECT c.report_id, c.profile_id, count(*) AS printed, count(*) FILTER (w.weight = u.weight) AS equal, len(c.level1_weights) AS named
  FROM (SELECT report_id, profile_id, level1_weights, unnest(level1_weights, recursive := true) FROM candidates) AS u
  JOIN candidates AS c USING (report_id, profile_id)
  JOIN printed_weights AS w ON w.report_id = u.report_id AND w.level1_code = u.level1_code
  GROUP BY ALL
), facts AS (
  SELECT c.report_id, c.profile_id, c.name, c.is_local, c.place_why, c.match_weights,
         w.equal = w.named AND w.named >= 3 AS weights_equal,
         e.weight = c.execution_weight AND c.execution_weight <> 0 AS execution_equal,
         e.weight AS execution_printed, l.words, t.word AS template_word, n.report_id IS NOT NULL AS framed
  FROM candidates AS c
  LEFT JOIN weights AS w USING (report_id, profile_id)
  LEFT JOIN (SELECT report_id, weight FROM printed_weights WHERE level1_code = 'execution') AS e USING (report_id)
  LEFT JOIN (SELECT report_id, profile_id, string_agg(word, '、' ORDER BY word) AS words FROM level1_words GROUP BY ALL) AS l
         USING (report_id, profile_id)
  LEFT JOIN level1_frames AS n USING (report_id, profile_id)
  LEFT JOIN profile_signals AS t ON t.profile_id = c.profile_id AND t.kind = 'template' AND t.word = c.template
)
SELECT *, CASE WHEN is_local THEN 20 ELSE 0 END + CASE WHEN words IS NOT NULL AND (is_local OR framed) THEN 6 ELSE 0 END
          + CASE WHEN template_word IS NOT NULL THEN 4 ELSE 0 END
          + CASE WHEN weights_equal AND (is_local OR match_weights) THEN 5 ELSE 0 END
          + CASE WHEN execution_equal AND is_local THEN 1 ELSE 0 END
          + CASE profile_id WHEN 'national' THEN 3 ELSE 0 END AS points
FROM facts;

INSERT INTO judge.report_profiles
WITH ranked AS (
  SELECT f.*, row_number() OVER (PARTITION BY report_id ORDER BY points DESC, profile_id) AS place_in_order FROM profile_points AS f
)
SELECT r.report_id, coalesce(p.profile_id, f.profile_id, 'national'),
       CASE WHEN p.profile_id IS NOT NULL THEN '单位名册指定'
            WHEN f.profile_id = 'national' AND f.place_why IS NULL THEN '未写明地区，按全国通用规则'
            WHEN f.profile_id = 'national' THEN f.place_why || '，该地区未设规则，按全国通用规则'
            ELSE concat_ws('；', f.place_why,
                   CASE WHEN f.words IS NOT NULL THEN '一级指标为' || f.words END,
                   CASE WHEN f.weights_equal THEN '一级指标分值与规则一致' END,
                   CASE WHEN f.template_word IS NOT NULL THEN '表式相符' END,
                   CASE WHEN f.execution_equal THEN '预算执行分值 ' || plain(f.execution_printed) || ' 与规则一致'
                        WHEN f.execution_printed IS NOT NULL THEN '预算执行分值印为 ' || plain(f.execution_printed) || '，以表内为准' END)
       END || coalesce('；' || x.words, '')
FROM (SELECT g.* EXCLUDE (roster_profile), CASE WHEN o.profile_id IS NULL THEN g.roster_profile END AS roster_profile
      FROM report_signals AS g
      LEFT JOIN switched_off_profiles AS o ON o.report_id = g.report_id AND o.profile_id = g.roster_profile) AS r
LEFT JOIN (SELECT s.report_id, string_agg(n.name || '已按配置停用（' || s.reason || '）', '；' ORDER BY s.profile_id) AS words
           FROM switched_off_profiles AS s
           JOIN judge.profiles AS n USING (profile_id)
           LEFT JOIN jurisdictions AS j USING (report_id)
           LEFT JOIN report_signals AS g USING (report_id)
           WHERE j.jurisdiction = n.jurisdiction OR g.roster_profile = s.profile_id
           GROUP BY s.report_id) AS x USING (report_id)
LEFT JOIN judge.profiles AS p ON p.profile_id = r.roster_profile
LEFT JOIN ranked AS f ON f.report_id = r.report_id AND f.place_in_order = 1;
