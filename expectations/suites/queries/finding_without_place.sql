-- 问题没有写明位置
SELECT finding_id FROM {batch} WHERE active AND coalesce(place, '') = ''
