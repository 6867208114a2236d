-- 检查未能运行
SELECT check_id, any_value(reason) AS reason, count(*) AS reports FROM {batch} WHERE reason LIKE '检查未能运行%' GROUP BY check_id
