"""The words that checks look for (expectations/vocabulary), lent to a connection."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
import yaml

from expectations.sql_files import sql_text

VOCABULARY = Path(__file__).parent / "vocabulary"


@cache
def check_words() -> dict[str, str]:
    """Name of a list -> its words joined by |, in the file's order."""
    lists: dict[str, list[str]] = yaml.safe_load((VOCABULARY / "words.yaml").read_text("utf-8"))
    return {name: "|".join(words) for name, words in lists.items()}


@cache
def slips() -> tuple[dict[str, str], ...]:
    """Wrong characters: wrong, right, and unless where there is such a pattern."""
    return tuple(yaml.safe_load((VOCABULARY / "slips.yaml").read_text("utf-8")))


def load_words(con: duckdb.DuckDBPyConnection) -> None:
    """Defines words('name') and the variable `slips` on this connection."""
    words = check_words() | {"slips": "|".join(slip["wrong"] for slip in slips())}
    con.register("incoming_words", pa.table({"name": list(words), "pattern": list(words.values())}))
    rows = [
        {
            "position": position,
            "wrong": slip["wrong"],
            "right_form": slip["right"],
            "unless": slip.get("unless"),
        }
        for position, slip in enumerate(slips())
    ]
    con.register("incoming_slips", pa.Table.from_pylist(rows))
    try:
        con.execute(sql_text("words.sql"))
    finally:
        con.unregister("incoming_words")
        con.unregister("incoming_slips")
