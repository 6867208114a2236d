"""Trials that need more than one report or more than the report: roster, resubmissions, last year, approved figures, departments."""

from tests.corpus.worlds import approved, blocks, money, points, receipt, told
from tests.corpus.worlds.ground import WORLDS, world_trials

__all__ = ["WORLDS", "approved", "blocks", "money", "points", "receipt", "told", "world_trials"]
