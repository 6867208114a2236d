DELETE FROM raw.handed_in_matches;
INSERT INTO raw.handed_in_matches BY NAME FROM incoming_handed_in_matches;
