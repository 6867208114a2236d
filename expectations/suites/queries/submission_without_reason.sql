-- 没有收下的文件缺少原因
SELECT submission_id, outcome FROM {batch} WHERE outcome NOT IN ('accepted', 'duplicate') AND coalesce(trim(reason), '') = ''
