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
SELECT report_id, 'publication' AS subject_key, '自评结果公开' AS subject,
       NOT regexp_matches(narrative_text, 'https?://|www\.|网址|(已|已经|及时|进行了|均|全部)[^。；]{0,40}公开(?:[^。；]{0,8}[。；了])|公开[^。；]{0,6}(时间|日期)|(网站|门户|官网|公众号|公开栏)[^。；]{0,30}(进行了|予以|已)[^。；]{0,10}公开') AS failed,
       '未见公开的时间和网址' AS reported_value, '公开的时间和网址' AS expected_value, NULL AS difference,
       regexp_extract(narrative_text, '[^。；\n]{0,40}公开[^。；\n]{0,30}') AS evidence, place, location
FROM active.reports
WHERE regexp_matches(narrative_text, '(结果|报告|情况|信息)[^。；]{0,30}公开|公开[^。；]{0,20}(结果|报告|监督)')
