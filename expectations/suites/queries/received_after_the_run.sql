-- 收到时间晚于本次运行一天以上，请核对报送机器的时钟
WITH newest AS (FROM raw.runs ORDER BY started_at DESC, run_id DESC LIMIT 1)
SELECT s.file_path, s.received_at FROM {batch} AS s CROSS JOIN newest AS n WHERE s.received_at > n.started_at + INTERVAL 1 DAY
