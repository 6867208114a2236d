-- What a dossier shows, for the reports $first to $last (report_ids in order). One block a part, named by its first line.

-- : reports
SELECT r.* REPLACE (points(r.max_score_total) AS max_score_total, points(r.reported_score_total) AS reported_score_total,
         points(r.recomputed_score_total) AS recomputed_score_total, points(r.recomputed_score_total_low) AS recomputed_score_total_low,
         points(r.recomputed_score_total_high) AS recomputed_score_total_high),
       s.member_path, s.received_at
FROM out.reports r JOIN out.submissions s USING (submission_id)
WHERE r.is_current AND r.report_id BETWEEN $first AND $last ORDER BY r.report_id;

-- : header
SELECT report_id, field, label, text, place FROM out.header_fields WHERE report_id BETWEEN $first AND $last 
ORDER BY report_id, (location->>'table')::INTEGER, (location->>'row')::INTEGER, (location->>'column')::INTEGER, (location->>'paragraph')::INTEGER, length(place), place, field;

-- : budget
SELECT report_id, label, is_total, initial_budget_text, adjusted_budget_text, executed_text, execution_rate_text, max_score_text,
       reported_score_text, points(max_score) AS max_score, points(reported_score) AS reported_score,
       points(recomputed_score) AS recomputed_score, explanation, place, places
FROM out.budget_lines WHERE report_id BETWEEN $first AND $last ORDER BY report_id, line_no;

-- : indicators
SELECT report_id, level1, level2, name, target_text, actual_text, variance_reason, max_score_text, reported_score_text,
       points(max_score) AS max_score, points(reported_score) AS reported_score,
       points(recomputed_score_low) AS recomputed_score_low, points(recomputed_score_high) AS recomputed_score_high,
       outcome, explanation, is_placeholder, place, places
FROM out.indicators WHERE report_id BETWEEN $first AND $last ORDER BY report_id, row_no;

-- : groups
SELECT report_id, label, points(max_score) AS max_score, points(reported_score) AS reported_score, place
FROM out.score_groups WHERE report_id BETWEEN $first AND $last AND (max_score IS NOT NULL OR reported_score IS NOT NULL)
ORDER BY report_id, group_no;

-- : statements
SELECT report_id, subject, printed, text, place, count(*) OVER (PARTITION BY report_id) AS total
FROM out.statements WHERE report_id BETWEEN $first AND $last
QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY statement_no) <= 200 ORDER BY report_id, statement_no;

-- : unread
SELECT report_id, text, why, place FROM out.unread WHERE report_id BETWEEN $first AND $last ORDER BY report_id, length(place), place, text;

-- : findings
SELECT report_id, finding_id, check_id, title, basis, severity, message, reported_value, expected_value, difference, evidence, place, places,
       state, reopened, decision, decided_by, decision_reason, decided_until
FROM out.findings WHERE report_id BETWEEN $first AND $last AND state <> 'resolved'
ORDER BY report_id, CASE state WHEN 'open' THEN 0 WHEN 'returned' THEN 1 ELSE 2 END,
         CASE severity WHEN 'blocker' THEN 0 WHEN 'major' THEN 1 WHEN 'minor' THEN 2 WHEN 'query' THEN 3 ELSE 4 END, check_id, finding_id;

-- : answers
SELECT r.report_id, r.check_id, c.title, c.class, r.answer, r.reason, r.tested
FROM out.check_results r LEFT JOIN out.check_catalogue c USING (check_id)
WHERE r.report_id BETWEEN $first AND $last ORDER BY r.report_id, r.check_id;

-- : comparisons
SELECT report_id, check_id, title, class, subject, failed, reported_value, expected_value, evidence, detail, place
FROM out.tested WHERE report_id BETWEEN $first AND $last
QUALIFY row_number() OVER (PARTITION BY report_id, check_id, failed ORDER BY subject_key) <= 60 ORDER BY report_id, check_id, subject_key;
