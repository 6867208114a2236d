-- The folders from which this home took anything in.
SELECT DISTINCT settings->>'$.inbox' AS inbox FROM out.runs WHERE settings->>'$.inbox' IS NOT NULL ORDER BY inbox
