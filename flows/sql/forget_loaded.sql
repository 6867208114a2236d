-- Makes room for the rows of mark_loaded.sql.
DELETE FROM raw.inbox_files
WHERE (file_path, sha256) IN (
  SELECT (file_path, sha256)
  FROM read_json($items, columns = {file_path: 'VARCHAR', sha256: 'VARCHAR'}))
