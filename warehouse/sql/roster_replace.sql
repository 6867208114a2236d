DELETE FROM raw.roster;
INSERT INTO raw.roster BY NAME FROM incoming_roster;
