-- Two rooms in memory while a judging lasts: `staging` for what its connections share, `slice` for the reports at hand,
-- with the two schemas that checks and scores read by name.
ATTACH ':memory:' AS staging;
ATTACH ':memory:' AS slice;
CREATE SCHEMA slice.active;
CREATE SCHEMA slice.judge;
