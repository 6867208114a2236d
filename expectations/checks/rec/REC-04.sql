/*
id: REC-04
version: 1
class: A
severity: info
needs: [report]
title: 重复或重新报送，各版本留存
title_en: Duplicate or resubmission, versions kept
basis: 自评系统重新下达、重新报送的规定
message: "{subject}：本报告替换了先前报送的 {reported} 个版本（{evidence}），先前各版本留存备查"
not_applicable: 没有收到过同一单位同一年度的其他版本
*/
SELECT r.report_id, 'versions' AS subject_key, coalesce(r.unit_name, s.file_name) AS subject,
       count(o.report_id) > 0 AS failed,
       count(o.report_id)::VARCHAR AS reported_value, NULL AS expected_value, NULL AS difference,
       string_agg(os.file_name || ' ' || strftime(os.received_at, '%Y-%m-%d'), '；' ORDER BY os.received_at, os.file_name) AS evidence,
       min(r.place) AS place, min(r.location) AS location
FROM active.reports AS r
JOIN raw.submissions AS s USING (submission_id)
LEFT JOIN core.reports AS o ON o.superseded_by = r.report_id
LEFT JOIN raw.submissions AS os ON os.submission_id = o.submission_id
GROUP BY r.report_id, r.unit_name, s.file_name
