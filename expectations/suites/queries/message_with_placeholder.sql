-- 问题说明中有未替换的占位符
SELECT finding_id, message FROM {batch} WHERE regexp_matches(message, '[{{](subject|reported|expected|difference|evidence|detail|place|count)[}}]')
