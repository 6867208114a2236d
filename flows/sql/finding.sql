-- One finding with all that a reviewer needs, by its id or the beginning of it.
SELECT f.finding_id, f.file_name, f.check_id, f.check_version, f.title, f.basis, f.severity, f.state, f.subject, f.message,
       f.reported_value, f.expected_value, f.difference, f.evidence, f.place, f.places, f.location,
       f.decision, f.decided_by, f.decision_reason, f.decided_until, f.decided_at, f.reopened,
       f.facts_hash, f.first_seen_on, f.first_run_id, f.last_run_id,
       r.report_id, r.unit_name, r.fiscal_year, r.project_name, r.form_no, r.template, r.profile,
       s.submission_id, s.file_path, s.member_path, s.sha256, s.received_at, s.run_id
FROM out.findings f
LEFT JOIN out.reports r USING (report_id)
LEFT JOIN out.submissions s USING (submission_id)
WHERE starts_with(f.finding_id, $finding)
ORDER BY f.finding_id = $finding DESC, f.finding_id
LIMIT 2
