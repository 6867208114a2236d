/*
id: REC-02
version: 1
class: A
severity: major
needs: [report, roster]
title: 在规定期限内报送
title_en: Received by the deadline
basis: 年度绩效自评通知规定的报送期限；批准延期的以延期日为准
message: "{subject}：{reported} 收到，期限为 {expected}，晚 {difference}"
not_applicable: 名册没有给出该单位的报送期限
*/
WITH matched AS (
  SELECT report_id, min(roster_unit_name) AS unit_name, min(roster_region) AS region
  FROM raw.unit_matches WHERE report_id IS NOT NULL GROUP BY report_id
)
SELECT r.report_id, 'received' AS subject_key, o.unit_name AS subject,
       s.received_at::DATE > coalesce(o.extension_until, o.deadline) AS failed,
       strftime(s.received_at, '%Y年%-m月%-d日') AS reported_value,
       strftime(coalesce(o.extension_until, o.deadline), '%Y年%-m月%-d日') || CASE WHEN o.extension_until IS NULL THEN '' ELSE '（已延期）' END AS expected_value,
       greatest(s.received_at::DATE - coalesce(o.extension_until, o.deadline), 0) || '天' AS difference,
       concat_ws(' ／ ', s.file_name, s.member_path) AS evidence, concat_ws(' ／ ', s.file_path, s.member_path) AS place, NULL AS location
FROM active.reports AS r
JOIN raw.submissions AS s USING (submission_id)
JOIN matched AS m USING (report_id)
JOIN raw.roster AS o ON o.unit_name = m.unit_name AND o.region IS NOT DISTINCT FROM m.region
WHERE coalesce(o.extension_until, o.deadline) IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY r.submission_id ORDER BY r.form_no) = 1
