/*
id: TXT-04
version: 2
class: A
severity: info
needs: [report]
title: 一级标题序号连续
title_en: Headings are numbered in order
basis: 党政机关公文格式（GB/T 9704）：结构层次序数依次为“一、”“（一）”“1.”“（1）”
message: "一级标题序号不连续或体例混用：{reported}"
not_applicable: 没有以“一、”编号的标题
suppressed_by: []
group: false
*/
WITH numbered AS (
  SELECT report_id, section_no, heading, place, location,
         list_position(['一','二','三','四','五','六','七','八','九','十','十一','十二','十三','十四','十五'],
                       regexp_extract(heading, '^\s*(十[一二三四五]|[一二三四五六七八九十])\s*[、.．]', 1)) AS ordinal
  FROM active.sections
), top AS (
  SELECT *, lag(ordinal, 1, 0) OVER (PARTITION BY report_id ORDER BY section_no) AS before
  FROM numbered WHERE ordinal IS NOT NULL
), form_labels AS (
  -- A heading that opens a block of the form itself (五、存在问题) is counted with the form.
  SELECT DISTINCT report_id, list_position(['一','二','三','四','五','六','七','八','九','十','十一','十二','十三','十四','十五'],
           regexp_extract(label, '^\s*(十[一二三四五]|[一二三四五六七八九十])\s*[、.．]', 1)) AS ordinal
  FROM active.header_fields WHERE regexp_matches(label, '^\s*[一二三四五六七八九十]+\s*[、.．]')
), arabic AS (
  SELECT n.report_id, n.section_no, n.heading, n.place, n.location,
         TRY_CAST(regexp_extract(n.heading, '^\s*(\d{1,2})\s*[、.．]\s*\D', 1) AS INTEGER) AS number,
         last_value(n.ordinal IGNORE NULLS) OVER above AS above, count(n.ordinal) OVER above AS part
  FROM numbered AS n WINDOW above AS (PARTITION BY n.report_id ORDER BY n.section_no)
), turned AS (
  -- 一、 二、 and then 3、: the next chapter in another style, unless a 1、 and 2、 stand before it.
  SELECT report_id, section_no, heading, place, location, number, above FROM arabic WHERE number IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY report_id, part ORDER BY section_no) = 1
), judged AS (
  -- A second 一、 opens the next part (the form's own text, an annex).
  SELECT t.*, NOT (t.ordinal = t.before + 1 OR t.ordinal = 1 OR f.ordinal IS NOT NULL) AS off
  FROM top AS t LEFT JOIN form_labels AS f ON f.report_id = t.report_id AND f.ordinal = t.ordinal - 1
  UNION ALL BY NAME
  SELECT report_id, section_no, heading, place, location, number AS ordinal, above AS before, TRUE AS off
  FROM turned WHERE number >= 3 AND number = above + 1
)
SELECT report_id, 'report-numbering' AS subject_key, '标题序号' AS subject, bool_or(off) AS failed,
       array_to_string(list(left(heading, 14) ORDER BY section_no), '、') AS reported_value, '一、二、三……依次编号' AS expected_value, NULL AS difference,
       array_to_string(list(left(heading, 30) ORDER BY section_no), '；') AS evidence,
       coalesce(min_by(place, section_no) FILTER (off), min_by(place, section_no)) AS place,
       coalesce(min_by(location, section_no) FILTER (off), min_by(location, section_no)) AS location
FROM judged
GROUP BY report_id HAVING count(*) >= 2
