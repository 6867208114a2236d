-- The bureau's configuration as applied at the last judging: checks switched off or weighed otherwise, profiles
-- switched off. position: order in the file; the last rule that fits a report wins.
CREATE TABLE judge.check_rules (
  position INTEGER NOT NULL, line INTEGER NOT NULL, check_id VARCHAR NOT NULL, enabled BOOLEAN NOT NULL, severity VARCHAR,
  jurisdiction VARCHAR, first_year INTEGER, last_year INTEGER, reason VARCHAR NOT NULL
);

CREATE TABLE judge.profile_rules (
  position INTEGER NOT NULL, line INTEGER NOT NULL, profile_id VARCHAR NOT NULL, enabled BOOLEAN NOT NULL,
  first_year INTEGER, last_year INTEGER, reason VARCHAR NOT NULL
);
