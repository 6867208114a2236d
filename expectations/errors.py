"""One exception family of this layer; messages in Chinese name the file, the place and the remedy."""

from __future__ import annotations

from pathlib import Path


class ExpectationError(Exception):
    """Something in the catalogue, the profiles or the configuration is not as it must be."""

    def __init__(self, path: Path | str, problem: str):
        super().__init__(f"{path}：{problem}")
        self.path = str(path)
        self.problem = problem


class CatalogueError(ExpectationError):
    """A check file that cannot be used."""


class ProfileError(ExpectationError):
    """A scoring profile that cannot be used."""


class ConfigurationError(ExpectationError):
    """A configuration of checks that cannot be used."""


class FixtureError(ExpectationError):
    """A fixture of a check that names an unknown table or column."""
