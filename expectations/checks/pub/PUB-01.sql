/*
id: PUB-01
version: 1
class: B
severity: query
needs: [report]
title: 公开情况有据可查
title_en: Publication is proven
basis: 财预〔2020〕10号：自评结果随部门决算公开，接受社会监督
message: "报告提到自评结果公开（{evidence}），但没有写明已于何时、在何处公开，请补充网址或日期"
not_applicable: 报告没有提到公开情况
*/
WITH told AS (
  SELECT report_id, narrative_text, place, location, regexp_extract(narrative_text, '[^。；\n]{0,40}公开[^。；\n]{0,30}') AS said
  FROM active.reports
  WHERE contains(narrative_text, '公开')
    AND regexp_matches(narrative_text, '(结果|报告|情况|信息)[^。；]{0,30}公开|公开[^。；]{0,20}(结果|报告|监督)')
)
SELECT t.report_id, 'publication' AS subject_key, '自评结果公开' AS subject,
       NOT regexp_matches(t.narrative_text, 'https?://|www\.|网址|(已|已经|及时|进行了|均|全部)[^。；]{0,40}公开(?:[^。；]{0,8}[。；了])|公开[^。；]{0,6}(时间|日期)|(网站|门户|官网|公众号|公开栏)[^。；]{0,30}(进行了|予以|已)[^。；]{0,10}公开') AS failed,
       '未见公开的时间和网址' AS reported_value, '公开的时间和网址' AS expected_value, NULL AS difference,
       t.said AS evidence, coalesce(s.place, t.place) AS place, coalesce(s.location, t.location) AS location
FROM told AS t
LEFT JOIN (FROM active.sections WHERE contains(text, '公开')) AS s ON s.report_id = t.report_id AND contains(s.text, t.said)
QUALIFY row_number() OVER (PARTITION BY t.report_id ORDER BY s.section_no) = 1
