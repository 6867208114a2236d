"""One empty warehouse in memory, copied for every fixture, and the way to judge a fixture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import duckdb
import pytest

from expectations.catalogue import load_catalogue
from expectations.fixture import Fixture, fill_warehouse
from expectations.judge import judge
from warehouse.store import apply_judged_views, apply_schema

ACTIVE = (
    "reports",
    "header_fields",
    "budget_lines",
    "indicators",
    "score_groups",
    "statements",
    "relations",
    "sections",
    "unread",
    "doubts",
)


@dataclass(frozen=True, slots=True)
class Trial:
    """What judging one fixture by one check gave."""

    answer: str
    reason: str | None
    failed: list[dict[str, str | None]]
    passed: int
    messages: list[str]
    error: str | None


def rows(con: duckdb.DuckDBPyConnection, query: str, *parameters: str) -> list[dict[str, str | None]]:
    result = con.execute(query, list(parameters))
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


@pytest.fixture
def empty_warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect(config={"threads": 1})
    apply_schema(con)
    apply_judged_views(con)
    yield con
    con.close()


@pytest.fixture
def try_check(empty_warehouse: duckdb.DuckDBPyConnection) -> Callable[[str, Fixture], Trial]:
    """Fill the warehouse with a fixture, run one check (and those it names in `with`), give what came out."""

    def run(check_id: str, fixture: Fixture) -> Trial:
        con = empty_warehouse
        fill_warehouse(con, fixture)
        catalogue = load_catalogue().only(*dict.fromkeys((check_id, *fixture.also)))
        # One report a slice: a check that compares reports with each other must say so.
        judgement = judge(con, fixture.as_of, "run-1", fixture.year, catalogue=catalogue, reports_per_slice=1)
        answers = rows(
            con, "SELECT answer, reason FROM judge.check_results WHERE check_id = ? ORDER BY answer", check_id
        )
        tests = rows(con, "SELECT * FROM judge.tests WHERE check_id = ?", check_id)
        findings = rows(con, "SELECT message FROM judge.findings WHERE check_id = ? AND active", check_id)
        order = {"fail": 0, "pass": 1, "not_applicable": 2}
        worst = min(answers, key=lambda row: order[str(row["answer"])])
        return Trial(
            answer=str(worst["answer"]),
            reason=worst["reason"],
            failed=[row for row in tests if row["failed"]],
            passed=sum(not row["failed"] for row in tests),
            messages=[str(row["message"]) for row in findings],
            error=judgement.broken.get(check_id),
        )

    return run
