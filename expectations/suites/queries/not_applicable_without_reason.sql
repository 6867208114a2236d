-- 不适用而没有原因
SELECT report_id, check_id FROM {batch} WHERE answer = 'not_applicable' AND coalesce(reason, '') = ''
