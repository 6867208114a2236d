-- One slice of the tables people read, in order of the reports. Slices take turns here, so that nothing is worked out that could be
-- before. this_judging (run_id, as_of) is one row.
INSERT INTO judge.tests BY NAME FROM ordered_tests;

INSERT INTO judge.check_results BY NAME FROM judged_results;

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
