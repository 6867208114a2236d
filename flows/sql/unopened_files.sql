-- Files entered without their content: there was no permission to read them.
SELECT file_path FROM raw.submissions WHERE sha256 = '' AND superseded_by IS NULL
