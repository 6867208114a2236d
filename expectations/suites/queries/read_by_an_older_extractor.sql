-- 文件是旧版本程序读取的，没有重新读取
WITH newest AS (FROM raw.runs ORDER BY started_at DESC, run_id DESC LIMIT 1)
SELECT f.file_path, f.extractor_version FROM {batch} AS f CROSS JOIN newest AS n WHERE f.extractor_version <> (n.versions->>'$.extractors')
