"""The words of `wording.yaml`: code lists, column titles, help texts."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def wording() -> dict[str, Any]:
    """Everything in wording.yaml."""
    return yaml.safe_load((Path(__file__).parent / "wording.yaml").read_text(encoding="utf-8"))


def in_chinese(code_list: str, code: object) -> str:
    """A code in the reader's words; an unknown code as it is."""
    if code is None:
        return ""
    return str(wording()[code_list].get(code, code))
