/*
id: PUB-02
version: 2
class: B
severity: query
needs: [report, last_year]
title: 上年评价结果的应用有据可查
title_en: Use of last year's results is proven
basis: 财预〔2020〕10号：绩效评价结果作为预算安排、政策调整和改进管理的依据
message: "{detail}，请补充上年评价结果如何用于预算安排或整改"
not_applicable: 没有上年报告
*/
SELECT p.report_id, 'use' AS subject_key, '上年结果应用' AS subject,
       NOT coalesce(regexp_matches(r.narrative_text, '(上年|上一年|去年|20\d\d年)[^。]{0,40}(结果应用|评价结果|自评结果)[^。]{0,60}(调减|核减|取消|压减|安排|整改|挂钩)[^。]{0,40}\d'), FALSE) AS failed,
       CASE WHEN regexp_matches(coalesce(r.narrative_text, ''), '结果应用|结果运用|评价结果[^为：:“”‘’"优良中差]') THEN '提到结果应用而无具体事项' ELSE '未提到结果应用' END AS reported_value,
       '具体事项' AS expected_value, NULL AS difference,
       CASE WHEN regexp_matches(coalesce(r.narrative_text, ''), '结果应用|结果运用|评价结果[^为：:“”‘’"优良中差]') THEN '报告提到结果应用，没有具体的预算或整改事项' ELSE '报告没有说明上年评价结果的应用' END AS detail,
       regexp_extract(coalesce(r.narrative_text, ''), '[^。；\n]{0,40}(结果应用|结果运用|评价结果[^为：:“”‘’"优良中差])[^。；\n]{0,40}') AS evidence, r.place, r.location
FROM active.last_reports AS p JOIN active.reports AS r ON r.report_id = p.report_id
