-- A room in memory for the reports of one slice, with the two schemas that checks and scores read by name. `slice` stands
-- for the room's own name in this and the following files.
ATTACH ':memory:' AS slice;
CREATE SCHEMA slice.active;
CREATE SCHEMA slice.judge;
