-- 所对应的报告不存在
SELECT m.kind, m.report_id FROM {batch} AS m ANTI JOIN core.reports AS r USING (report_id)
