"""Last year's rows: from last year's warehouse or snapshot (DuckDB), or from a table of indicators (csv, xlsx)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

from extractors.report import Quantity
from warehouse.errors import TableFileError
from warehouse.handed_in.reading import HandedInTable

Source = Literal["warehouse", "snapshot"]
SOURCES: dict[tuple[str, str], Source] = {
    ("core", "reports"): "warehouse",
    ("out", "reports"): "snapshot",
}
"""The table that tells what kind of database it is."""


@dataclass(frozen=True, slots=True)
class LastYearDatabase:
    """A database that holds last year's reports. counts: fiscal year -> reports, of the years to take over."""

    path: Path
    source: Source
    sha256: str
    counts: Mapping[int, int]

    kind = "last_year"

    @property
    def file_name(self) -> str:
        """As people know it."""
        return self.path.name

    @property
    def years(self) -> tuple[int, ...]:
        """The fiscal years to take over."""
        return tuple(sorted(self.counts))


def is_database(path: Path) -> bool:
    """Whether the file is a DuckDB database, by content."""
    with path.open("rb") as file:
        return file.read(12)[8:] == b"DUCK"


def examine_database(path: Path, year: int | None) -> LastYearDatabase:
    """What a database has to offer. year: the one judged; only the year before it is taken, every year for None.

    Raises TableFileError when it cannot be opened, is another database, or has nothing of that year.
    """
    try:
        with closing(duckdb.connect(str(path), read_only=True)) as con:
            tables = set(
                con.execute("SELECT table_schema, table_name FROM information_schema.tables").fetchall()
            )
            source: Source | None = next((name for table, name in SOURCES.items() if table in tables), None)
            if source is None:
                raise TableFileError(
                    path,
                    [
                        "不是 jixiao 的数据库，应为上年数据目录下的 warehouse.duckdb 或 published/review.duckdb"
                    ],
                )
            query = (Path(__file__).parent / "sql" / f"years_of_{source}.sql").read_text("utf-8")
            found = dict(con.execute(query).fetchall())
    except duckdb.Error as error:
        raise TableFileError(
            path,
            [
                f"数据库打不开（{str(error).splitlines()[0][:200]}）；"
                "请先结束正在使用它的程序，或改用上年发布的 published/review.duckdb"
            ],
        ) from error
    wanted = {y: n for y, n in found.items() if year is None or y == year - 1}
    if not wanted:
        has = "、".join(map(str, sorted(found))) or "无"
        raise TableFileError(
            path,
            [f"没有 {year - 1 if year else '任何'} 年度的自评报告（其中的年度：{has}），请换上年的数据库"],
        )
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return LastYearDatabase(path, source, digest.hexdigest(), wanted)


def report_rows(table: HandedInTable) -> dict[str, Sequence[Mapping[str, object]]]:
    """The rows of a handed-in table of last year's indicators, as last_reports and last_indicators hold them."""
    reports: dict[str, Mapping[str, object]] = {}
    indicators: list[Mapping[str, object]] = []
    for number, row in enumerate(table.rows, start=1):
        names = ("unit_name", "unit_code", "region", "fiscal_year", "project_name")
        identity = {name: row.get(name) for name in names}
        words = "|".join(str(value or "") for value in identity.values())
        report_id = f"last-{hashlib.sha256(words.encode()).hexdigest()[:16]}"
        scope = "project" if identity["project_name"] else "overall"
        reports[report_id] = {"last_report_id": report_id, "scope": scope, **identity}
        actual = row["quantity"]
        assert isinstance(actual, Quantity)
        indicators.append(
            {
                "last_report_id": report_id,
                "row_no": number,
                "level2": row.get("level2"),
                "name": row["name"],
                "target_text": row.get("target_text") or "",
                "actual_text": row["actual_text"],
                "actual_kind": actual.kind,
                "actual_value": None if actual.kind == "date" else actual.value,
                "actual_dimension": actual.dimension,
                "actual_base": actual.base,
            }
        )
    return {
        "last_reports": list(reports.values()),
        "last_indicators": indicators,
        "last_statements": [],
        "last_sections": [],
        "last_findings": [],
    }
