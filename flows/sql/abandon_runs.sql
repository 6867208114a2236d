-- Runs that were killed: only the holder of the lock comes here, so nobody is running them.
UPDATE raw.runs SET state = 'failed', finished_at = $now, message = '运行中断，由下一次运行接续完成'
WHERE state = 'running'
