-- 所对应的单位不在名册中
SELECT m.submission_id, m.roster_unit_name FROM {batch} AS m
ANTI JOIN raw.roster AS o ON o.unit_name = m.roster_unit_name AND o.region IS NOT DISTINCT FROM m.roster_region
