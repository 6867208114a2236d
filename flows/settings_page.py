"""Fills the tables of docs/settings.md from the settings themselves: `python -m flows.settings_page`."""

from __future__ import annotations

import dataclasses
import inspect
import re
from pathlib import Path

from extractors.limits import DEFAULT_LIMITS, Limits
from flows.settings import Settings

PAGE = Path(__file__).parent.parent / "docs" / "settings.md"


def filled(page: str) -> str:
    """The page with its tables as they must be now; the words around them stay."""
    for name, rows in {"settings": _settings(), "limits": _limits()}.items():
        marked = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
        page = marked.sub(lambda found, rows=rows: found[1] + "\n".join(rows) + "\n" + found[2], page)
    return page


def _settings() -> list[str]:
    words = _docstrings(Settings)
    rows = ["| variable | default | what it does |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "–" if field.default is None else f"`{field.default}`"
        rows.append(f"| `JIXIAO_{name.upper()}` | {default} | {words[name]} |")
    return rows


def _limits() -> list[str]:
    words = _docstrings(Limits)
    rows = ["| name | default | what it bounds |", "|---|---|---|"]
    for field in dataclasses.fields(Limits):
        value = getattr(DEFAULT_LIMITS, field.name)
        rows.append(f"| `{field.name}` | {_amount(value)} | {words[field.name]} |")
    return rows


def _amount(value: float) -> str:
    megabytes = value / 2**20
    return f"{megabytes:,.0f} MB" if value >= 2**20 and megabytes.is_integer() else f"{value:,.10g}"


def _docstrings(kind: type) -> dict[str, str]:
    """The line of text under each field of a class."""
    found = re.finditer(
        r'^    (\w+): [^\n]*\n    """(.*?)"""', inspect.getsource(kind), re.MULTILINE | re.DOTALL
    )
    return {match[1]: " ".join(match[2].split()) for match in found}


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text("utf-8")), "utf-8")
