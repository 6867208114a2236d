"""A finding's places and difference in words that a person can follow."""

from __future__ import annotations

import re

from warehouse.publication.rows import Record

PLACES_SHOWN = 6


def places_shown(row: Record) -> str:
    """The places of a finding's row (columns place and places), each once; 全文 where it has none."""
    places = list(dict.fromkeys(row["places"] or [])) or [row["place"] or "全文"]
    more = f"等{len(places)}处" if len(places) > PLACES_SHOWN else ""
    return "；".join(places[:PLACES_SHOWN]) + more


def gap_shown(difference: str | None) -> str:
    """A bare figure is by how much two values differ; other words say themselves what they are (为目标的 130%)."""
    return f"相差 {difference}" if difference and re.match(r"[-−]?[\d.]|约", difference) else difference or ""
