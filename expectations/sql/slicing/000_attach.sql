-- A database in memory for what the connections of one judging share.
ATTACH ':memory:' AS staging;
