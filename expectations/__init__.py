"""What a reviewer expects of a report: check catalogue, scoring profiles, judge, and the gate before publication."""
