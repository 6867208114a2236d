-- The room of a slice: a database in memory with the two schemas that checks and scores read by name.
ATTACH ':memory:' AS slice;
CREATE SCHEMA slice.active;
CREATE SCHEMA slice.judge;
