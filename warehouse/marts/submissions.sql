CREATE SCHEMA IF NOT EXISTS out;

CREATE OR REPLACE VIEW out.submissions AS
  SELECT s.submission_id, s.file_name, s.file_path, s.member_path, s.sha256, s.size_bytes, s.received_at,
         CASE WHEN s.outcome = 'accepted' AND s.duplicate_of IS NOT NULL  THEN 'duplicate'
              WHEN s.superseded_by IS NOT NULL THEN 'superseded'
              ELSE s.outcome END AS status,
         CASE WHEN s.outcome = 'accepted' AND s.duplicate_of IS NOT NULL
                THEN '内容与「' || coalesce(d.file_path || coalesce('!' || d.member_path, ''), s.duplicate_of) || '」完全相同'
              WHEN s.superseded_by IS NOT NULL
                THEN '已被重新报送的「' || coalesce(n.file_path || coalesce('!' || n.member_path, ''), s.superseded_by) || '」替代'
              WHEN s.reason IS NULL AND s.document_kind = 'archive' THEN s.warnings[1]
              ELSE s.reason END AS reason,
         s.format, s.reader, s.document_kind,
         -- A bundle that was opened is no submission of its own: its members are, each with a row.
         s.document_kind IS NOT DISTINCT FROM 'archive' AND s.outcome = 'accepted' AS is_bundle,
         s.duplicate_of, s.superseded_by, s.supersedes, round(s.seconds, 3) AS seconds, s.page_count,
         s.warnings, s.extractor_version, s.run_id
  FROM raw.submissions s
  LEFT JOIN raw.submissions d ON d.submission_id = s.duplicate_of
  LEFT JOIN raw.submissions n ON n.submission_id = s.superseded_by;
