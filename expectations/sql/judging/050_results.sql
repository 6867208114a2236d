-- The answer of every check for every report that counts, in order.
CREATE OR REPLACE TEMP TABLE judged_results AS
WITH open_failures AS (
  SELECT r.report_no, c.check_no, f.open_count, f.cause
  FROM (SELECT report_id, check_id, count(*) FILTER (suppressed_by IS NULL) AS open_count, min(suppressed_by) AS cause
        FROM judged_tests WHERE failed GROUP BY ALL) AS f
  JOIN sliced_reports AS r USING (report_id) JOIN staged_catalogue AS c USING (check_id)
), lacking AS (
  SELECT c.check_id, string_agg(m.reason, '；' ORDER BY m.need) AS reason
  FROM (SELECT check_id, unnest(needs) AS need FROM staged_catalogue) AS c JOIN missing_inputs AS m USING (need)
  GROUP BY c.check_id
), answered AS (
  SELECT r.report_no, r.report_id, c.check_no, c.check_id, c.version AS check_version, c.class, c.not_applicable,
         coalesce(n.tested, 0) AS tested, coalesce(n.failed, 0) AS failed,
         b.reason AS broken, l.reason AS lacking, f.open_count, f.cause, CASE WHEN NOT k.enabled THEN k.reason END AS switched_off
  FROM sliced_reports AS r
  CROSS JOIN staged_catalogue AS c
  LEFT JOIN sliced_counts AS n ON n.report_no = r.report_no AND n.check_no = c.check_no
  LEFT JOIN open_failures AS f ON f.report_no = r.report_no AND f.check_no = c.check_no
  LEFT JOIN staged_broken AS b ON b.check_id = c.check_id
  LEFT JOIN lacking AS l ON l.check_id = c.check_id
  LEFT JOIN configured AS k ON k.report_no = r.report_no AND k.check_no = c.check_no
)
SELECT report_id, check_id, check_version,
       CASE WHEN broken IS NOT NULL OR tested = 0 THEN 'not_applicable'
            WHEN failed = 0 THEN 'pass'
            WHEN class = 'C' OR open_count = 0 THEN 'not_applicable'
            ELSE 'fail' END AS answer,
       CASE WHEN switched_off IS NOT NULL THEN '按配置停用：' || switched_off
            WHEN broken IS NOT NULL THEN '检查未能运行：' || broken
            WHEN tested = 0 THEN coalesce(lacking, not_applicable)
            WHEN failed = 0 THEN NULL
            WHEN class = 'C' THEN '须由人判断，列入待核问题'
            WHEN open_count = 0 THEN '原因已由 ' || cause || ' 列出，不另列' END AS reason,
       tested::INTEGER AS tested, failed::INTEGER AS failed
FROM answered
ORDER BY report_no, check_no;
