"""Recomputes scores by profile: profiles of reports, execution, indicators, totals. The rules are SQL and YAML."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import duckdb
import yaml

from expectations.hands import hired
from expectations.profiles import stage_signals, store_profiles
from expectations.slices import REPORTS_PER_SLICE, Slices, sliced
from expectations.sql_files import run_sql_folder, sql_text
from warehouse.table_rows import insert_rows
from warehouse.transaction import transaction

TIER_WORDS = Path(__file__).parent / "vocabulary" / "tiers.yaml"


def score_reports(con: duckdb.DuckDBPyConnection, reports_per_slice: int = REPORTS_PER_SLICE) -> None:
    """Write judge.report_profiles, budget_scores, indicator_scores, scored_items and report_scores.

    Needs the macros and the `active` views. Reports that no longer count lose their rows. Raises ProfileError for a
    broken profile.
    """
    with hired(con) as hands:
        begin_scores(con)
        with sliced(hands, reports_per_slice) as slices:
            for number in slices:
                score_slice(con, number, slices)


def begin_scores(con: duckdb.DuckDBPyConnection) -> None:
    """Profiles and words in place, former scores gone; temporary table reports_of_other_years."""
    stage_signals(con)
    con.execute("CREATE OR REPLACE TABLE staging.tier_words (word VARCHAR, tier VARCHAR)")
    insert_rows(con, "tier_words", [{"word": word, "tier": tier} for word, tier in tier_words().items()])
    with transaction(con):
        store_profiles(con)
        con.execute(sql_text("scoring/000_begin.sql"))


def score_slice(con: duckdb.DuckDBPyConnection, number: int, slices: Slices) -> None:
    """Stage a slice and score its reports, into its room and into the warehouse, there in one transaction."""
    slices.stage(con, number)
    with slices.entered(number, con):
        run_sql_folder(con, "scoring/slice")
    with transaction(con):
        con.execute(slices.room(number).sql("scoring/100_keep.sql"))


@cache
def tier_words(path: Path = TIER_WORDS) -> dict[str, str]:
    """Whole answers and the tier they name: high, middle or low."""
    content: dict[str, list[str | bool]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {re.sub(r"\s", "", str(word)): tier for tier, words in content.items() for word in words}
