"""The kinds of tables that may be handed in, as `kinds.yaml` declares them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

KIND_FILE = Path(__file__).parent / "kinds.yaml"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. titles: the first is the one to use. read: text, year, money, target. any_of: one of the columns
    with this word must be there. may_be_blank: a required column whose cells may say nothing."""

    titles: tuple[str, ...]
    read: str
    required: bool = False
    any_of: str | None = None
    may_be_blank: bool = False


@dataclass(frozen=True, slots=True)
class TableKind:
    """One kind of table. title: what people call it. file_names: without ending. key: what makes a row one of a kind."""

    name: str
    title: str
    file_names: tuple[str, ...]
    key: tuple[str, ...]
    columns: Mapping[str, Column]

    @property
    def titles(self) -> dict[str, tuple[str, ...]]:
        """Field -> the headings it may have."""
        return {field: column.titles for field, column in self.columns.items()}

    def reading(self, how: str) -> tuple[str, ...]:
        """The fields read as money, year, target or text."""
        return tuple(field for field, column in self.columns.items() if column.read == how)


@dataclass(frozen=True, slots=True)
class HandedInWords:
    """All kinds by name, and the words that stand for a comparator."""

    kinds: Mapping[str, TableKind]
    comparators: Mapping[str, str]


@cache
def handed_in_words() -> HandedInWords:
    """The content of kinds.yaml."""
    content: dict[str, Any] = yaml.safe_load(KIND_FILE.read_text("utf-8"))
    kinds = {
        name: TableKind(
            name=name,
            title=said["title"],
            file_names=tuple(said["file_names"]),
            key=tuple(said["key"]),
            columns={
                field: Column(
                    tuple(column["titles"]),
                    column["read"],
                    bool(column.get("required")),
                    column.get("any_of"),
                    bool(column.get("may_be_blank")),
                )
                for field, column in said["columns"].items()
            },
        )
        for name, said in content["kinds"].items()
    }
    return HandedInWords(kinds, content["comparators"])
