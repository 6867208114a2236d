DELETE FROM raw.unit_matches;
INSERT INTO raw.unit_matches BY NAME FROM incoming_matches;
