CREATE OR REPLACE VIEW out.reports AS
  SELECT r.report_id, r.submission_id, s.file_name, r.form_no, r.kind, u.unit_name, r.unit_name AS printed_unit_name,
         u.unit_code, u.department, r.supervisor, u.region, u.division, u.match_how, r.fiscal_year, r.scope, r.project_name,
         r.template, p.profile_id AS profile, n.name AS profile_name, p.why AS profile_reason,
         r.max_score_total, r.reported_score_total,
         t.recomputed_total AS recomputed_score_total,
         t.recomputed_low AS recomputed_score_total_low, t.recomputed_high AS recomputed_score_total_high,
         t.exact_total AS exact_score_total, t.is_complete AS is_recomputed_complete, t.explanation AS recomputation,
         r.reported_grade, t.recomputed_grade, r.money_unit, r.has_blocks, r.warnings, r.confidence, r.place, r.location,
         r.superseded_by, r.supersedes,
         (s.outcome = 'accepted' AND s.duplicate_of IS NULL AND r.superseded_by IS NULL) AS is_current
  FROM core.reports r
  JOIN raw.submissions s ON s.submission_id = r.submission_id
  JOIN mart.report_units u ON u.report_id = r.report_id
  LEFT JOIN judge.report_profiles p ON p.report_id = r.report_id
  LEFT JOIN (SELECT profile_id, any_value(name) AS name FROM judge.profiles GROUP BY profile_id) n ON n.profile_id = p.profile_id
  LEFT JOIN judge.report_scores t ON t.report_id = r.report_id;

CREATE OR REPLACE VIEW out.header_fields AS
  SELECT report_id, field, label,
         CASE WHEN regexp_matches(field, 'phone|tel|mobile') THEN mart.masked_phone(text)
              WHEN regexp_matches(field, 'contact|responsible|preparer|leader|reviewer|person|signer|author') THEN mart.masked_name(text)
              ELSE mart.masked(text) END AS text,
         place, location
  FROM core.header_fields;
