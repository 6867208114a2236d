"""Openers of archive and mail formats: each gives its members to a sink."""
