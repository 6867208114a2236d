"""Sequence of the yearly run: register, extract, load, judge, gate, publish; and the `jixiao` command."""
