"""Unfamiliar layouts by name, and forms drawn in them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from flows.samples.layouts import Layout, layout_of


@cache
def unfamiliar_layouts() -> dict[str, tuple[Layout, tuple[Any, ...]]]:
    """Layout and shapes by identifier, in file order."""
    text = Path(__file__).with_name("layouts.yaml").read_text(encoding="utf-8")
    found = {}
    for entry in yaml.safe_load(text):
        shapes = tuple(entry.pop("shapes", ()))
        found[entry["id"]] = (layout_of(entry), shapes)
    return found
