-- What a waiting decision must still rest on.
SELECT facts_hash FROM judge.findings WHERE finding_id = $finding_id
