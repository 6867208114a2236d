"""Faults put into sound facts, each named after the check that should notice it."""

from flows.samples.faults import indicators, money, narrative, scores
from flows.samples.faults.mechanism import INJECTORS, inject

__all__ = ["INJECTORS", "indicators", "inject", "money", "narrative", "scores"]
