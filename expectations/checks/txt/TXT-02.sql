/*
id: TXT-02
version: 1
class: B
severity: info
needs: [report]
title: 没有重复的句子和套话
title_en: No duplicated clauses
basis: 自评报告应言之有物，同一句话不应反复出现
message: "重复的语句：{detail}"
not_applicable: 文字内容过短
suppressed_by: []
group: true
*/
WITH clauses AS (
  SELECT report_id, section_no, heading, place, location, unnest(string_split(full_stop_for('；', full_stop_for(chr(10), text)), '。')) AS sentence FROM active.sections WHERE length(text) >= 60
), split AS (
  SELECT *, string_split(CASE WHEN contains(sentence, ',') THEN replace(sentence, ',', '，') ELSE sentence END, '，') AS pieces FROM clauses WHERE length(sentence) >= 30
), echoes AS (
  -- Two clauses of one sentence that end in the same dozen characters.
  -- Sentences without two clauses so long, or whose clauses all end differently, nearly all of them, need no second look.
  SELECT *, CASE WHEN len(list_filter(pieces, lambda piece: length(piece) >= 14)) < 2 THEN []
                 WHEN list_unique(list_transform(pieces, lambda piece: right(trim(piece), 12))) < len(pieces)
                 THEN list_filter(range(2, len(pieces) + 1), lambda n: length(pieces[n]) >= 14 AND length(pieces[n - 1]) >= 14 AND right(trim(pieces[n]), 12) = right(trim(pieces[n - 1]), 12))
                 ELSE [] END AS places_of
  FROM split
)
SELECT report_id, 'S' || section_no || '.' || left(md5(sentence), 6) AS subject_key, left(heading, 20) AS subject, len(places_of) > 0 AS failed,
       CASE WHEN len(places_of) > 0 THEN trim(pieces[places_of[1]]) END AS reported_value, '删去重复' AS expected_value, NULL AS difference,
       left(trim(sentence), 300) AS evidence, place, location,
       CASE WHEN len(places_of) > 0 THEN '“' || trim(pieces[places_of[1] - 1]) || '，' || trim(pieces[places_of[1]]) || '”' END AS detail
FROM echoes
