-- One slice of the tables people read, in order of the reports. this_judging (run_id, as_of) is one row.
-- Comparisons of one subject stand in the order of their words' hash: any order does that is always the same, and long words are dear to
-- sort by.
INSERT INTO judge.tests BY NAME
SELECT t.*
FROM (FROM judged_tests UNION ALL BY NAME SELECT * FROM sliced_tests WHERE NOT failed) AS t JOIN sliced_reports AS r USING (report_id)
ORDER BY r.report_no, t.check_id, length(t.subject_key), t.subject_key,
         hash(t.place, t.subject, t.reported_value, t.expected_value, t.difference, t.detail, t.evidence, t.location);

INSERT INTO judge.check_results BY NAME SELECT * EXCLUDE (report_no, check_no) FROM judged_results ORDER BY report_no, check_no;

UPDATE judge.findings AS old SET
  report_id = new.report_id, check_version = new.check_version, severity = new.severity, subject = new.subject,
  message = new.message, reported_value = new.reported_value, expected_value = new.expected_value,
  difference = new.difference, evidence = new.evidence, place = new.place, places = new.places, location = new.location,
  facts_hash = new.facts_hash, active = TRUE, last_run_id = (SELECT run_id FROM this_judging)
FROM found AS new WHERE new.finding_id = old.finding_id;

INSERT INTO judge.findings BY NAME
SELECT found.*, TRUE AS active, as_of AS first_seen_on, run_id AS first_run_id, run_id AS last_run_id
FROM found CROSS JOIN this_judging WHERE finding_id NOT IN (SELECT finding_id FROM judge.findings)
ORDER BY finding_id;
