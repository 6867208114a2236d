-- What still waits for a decision.
SELECT severity AS name, count(*) AS number FROM out.findings WHERE state = 'open' GROUP BY severity ORDER BY severity
