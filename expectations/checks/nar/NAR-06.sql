/*
id: NAR-06
version: 1
class: B
severity: query
needs: [report]
title: 文字前后说法不矛盾
title_en: Statements of the narrative do not contradict each other
basis: 自评审核要点：结论应与问题、数据相符，不得前后矛盾
message: "{subject}：前文称“{reported}”，后文称“{expected}”，请核实"
not_applicable: 文字中没有可对照的总体评价
suppressed_by: []
group: false
*/
WITH sentences AS (
  SELECT report_id, place, location, unnest(string_split_regex(text, '[。；;！\n]')) AS sentence
  FROM active.sections
  WHERE contains(text, '执行') OR contains(text, '绩效目标') OR contains(text, '预算') OR contains(text, '支出进度')
), marked AS (
  SELECT *,
         CASE WHEN regexp_matches(sentence, '(预算)?执行[^，]{0,8}(及时|有效|良好|到位|规范)') THEN '预算执行'
              WHEN regexp_matches(sentence, '绩效目标[^，]{0,6}(较好|全部|全面|圆满|均已?)[^，]{0,4}(实现|完成|达成)') THEN '绩效目标'
              WHEN regexp_matches(sentence, '预算编制[^，]{0,8}(科学|合理|准确|规范)') AND NOT regexp_matches(sentence, '不够|有待|不足|欠|需|要|应|提高|加强') THEN '预算编制' END AS praise,
         CASE WHEN regexp_matches(sentence, '(偏离|脱离)[^，]{0,4}(预算|绩效目标)|执行偏离|执行(率|进度)[^，]{0,6}(偏低|较低|缓慢|滞后)|支出进度[^，]{0,4}(慢|滞后)') THEN '预算执行'
              WHEN regexp_matches(sentence, '绩效目标[^，]{0,10}(未(能)?(完成|实现|达到)|没有(完成|实现))') THEN '绩效目标'
              WHEN regexp_matches(sentence, '预算编制[^，]{0,10}(不够|不准|不科学|不合理|欠|粗)') THEN '预算编制' END AS blame
  FROM sentences
  WHERE length(sentence) BETWEEN 6 AND 400
    -- Words without which no pattern above fits: searched for much faster than the patterns.
    AND (contains(sentence, '执行') OR contains(sentence, '绩效目标') OR contains(sentence, '预算') OR contains(sentence, '支出进度'))
), praised AS (
  SELECT report_id, praise AS topic, min(trim(sentence)) AS praise, min_by(place, (trim(sentence), place, location)) AS place, min_by(location, (trim(sentence), place, location)) AS location
  FROM marked WHERE praise IS NOT NULL GROUP BY report_id, topic
), blamed AS (
  SELECT report_id, blame AS topic, min(trim(sentence)) AS blame, min_by(place, (trim(sentence), place)) AS blame_place FROM marked WHERE blame IS NOT NULL GROUP BY report_id, topic
)
SELECT p.report_id, 'W' || p.topic AS subject_key, p.topic AS subject, b.blame IS NOT NULL AS failed,
       left(p.praise, 160) AS reported_value, left(b.blame, 160) AS expected_value, NULL AS difference,
       concat_ws(' / ', p.praise, b.blame) AS evidence, concat_ws('、', p.place, b.blame_place) AS place, p.location
FROM praised AS p LEFT JOIN blamed AS b USING (report_id, topic)
