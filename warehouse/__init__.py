"""The warehouse: numbered schema, load, marts that people query, decisions, publication."""
