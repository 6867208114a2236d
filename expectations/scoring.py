"""Recomputes scores by profile: profiles of reports, execution, indicators, totals. The rules are SQL and YAML."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import duckdb
import yaml

from expectations.profiles import store_profiles
from expectations.runner import insert_rows, run_sql_folder

TIER_WORDS = Path(__file__).parent / "vocabulary" / "tiers.yaml"


def score_reports(con: duckdb.DuckDBPyConnection) -> None:
    """Write judge.report_profiles, budget_scores, indicator_scores, scored_items and report_scores, all or nothing.

    Needs the macros and the `active` views. Reports that no longer count lose their rows.
    """
    con.execute("BEGIN")
    try:
        store_profiles(con)
        con.execute("CREATE OR REPLACE TEMP TABLE tier_words (word VARCHAR, tier VARCHAR)")
        insert_rows(con, "tier_words", [{"word": word, "tier": tier} for word, tier in tier_words().items()])
        run_sql_folder(con, "scoring")
        con.execute("COMMIT")
    except duckdb.Error:
        con.execute("ROLLBACK")
        raise


@cache
def tier_words(path: Path = TIER_WORDS) -> dict[str, str]:
    """Whole answers and the tier they name: high, middle or low."""
    content: dict[str, list[str | bool]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {re.sub(r"\s", "", str(word)): tier for tier, words in content.items() for word in words}
