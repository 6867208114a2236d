"""The commands at a reviewer's desk: status, queue, show, decide, query, checks, profiles, doctor."""
