"""What must hold of every table, and its compilation into Great Expectations suites."""
