-- What would break the warehouse's keys: one row a fault, in words for the person who runs the job.
SELECT '文件编号重复：' || submission_id AS fault FROM incoming_submissions GROUP BY submission_id HAVING count(*) > 1
UNION ALL
SELECT '自评表编号重复：' || report_id FROM incoming_reports GROUP BY report_id HAVING count(*) > 1
UNION ALL
SELECT '自评表没有对应的文件：' || report_id FROM incoming_reports ANTI JOIN incoming_submissions USING (submission_id)
UNION ALL
SELECT '表头字段没有对应的自评表：' || report_id FROM incoming_header_fields ANTI JOIN incoming_reports USING (report_id)
UNION ALL
SELECT '预算行没有对应的自评表：' || report_id FROM incoming_budget_lines ANTI JOIN incoming_reports USING (report_id)
UNION ALL
SELECT '指标行没有对应的自评表：' || report_id FROM incoming_indicators ANTI JOIN incoming_reports USING (report_id)
UNION ALL
SELECT '小计没有对应的自评表：' || report_id FROM incoming_score_groups ANTI JOIN incoming_reports USING (report_id)
UNION ALL
SELECT '正文数字没有对应的自评表：' || report_id FROM incoming_statements ANTI JOIN incoming_reports USING (report_id)
UNION ALL
SELECT '正文关系没有对应的自评表：' || report_id FROM incoming_relations ANTI JOIN incoming_reports USING (report_id)
UNION ALL
SELECT '章节没有对应的自评表：' || report_id FROM incoming_sections ANTI JOIN incoming_reports USING (report_id)
UNION ALL
SELECT '存疑单元格没有对应的自评表：' || report_id FROM incoming_doubts ANTI JOIN incoming_reports USING (report_id)
UNION ALL
SELECT '段落没有对应的自评表：' || report_id FROM incoming_paragraphs ANTI JOIN incoming_reports USING (report_id)
UNION ALL
SELECT '未归入单元格没有对应的自评表：' || report_id FROM incoming_unread ANTI JOIN incoming_reports USING (report_id)
ORDER BY fault LIMIT 20;
