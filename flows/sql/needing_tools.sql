-- Files of which something could not be read for want of a program, in whole, in a bundle, or on single pages.
SELECT DISTINCT file_path, sha256
FROM raw.submissions
WHERE member_path IS NULL AND (
  outcome = 'needs_tool'
  OR len(list_filter(warnings, lambda w: contains(w, '是扫描件，未识别'))) > 0
  OR file_path IN (SELECT m.file_path FROM raw.submissions AS m WHERE m.member_path IS NOT NULL AND m.outcome = 'needs_tool')
)
ORDER BY file_path, sha256
