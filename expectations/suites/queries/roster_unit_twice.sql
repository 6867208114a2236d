-- 同一地区同名单位不止一行
SELECT unit_name, region FROM {batch} GROUP BY unit_name, region HAVING count(*) > 1
