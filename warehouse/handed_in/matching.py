"""Which unit of a handed-in table each report means: by code, name and alias, as with the roster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.incoming import incoming
from warehouse.unit_matching import RosterUnit, UnitMatcher

SQL_FOLDER = Path(__file__).parent / "sql"
CERTAIN = frozenset({"code", "exact", "alias", "normalised"})
"""Ways of matching on which a figure may be compared; a name that is only alike decides nothing."""

RosterKey = tuple[str, str | None]
TableKey = tuple[str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Printed:
    """A unit as reports print it. roster: name and region of the roster's unit where the match is certain."""

    name: str | None
    code: str | None
    region: str | None
    roster: RosterKey | None


def match_handed_in(con: duckdb.DuckDBPyConnection) -> int:
    """Fills raw.handed_in_matches afresh for all reports and tables loaded; gives the number of matches.

    A report means the table's unit that is the same unit of the roster; where the roster knows one of them not, the
    one with its code, name or alias. Two candidates, or a name that is only alike, are no match.
    """
    tables = _units_by_kind(con)
    if not tables:
        con.execute("DELETE FROM raw.handed_in_matches")
        return 0
    roster = [
        RosterUnit(*row)
        for row in con.execute("SELECT unit_name, region, unit_code, aliases FROM raw.roster").fetchall()
    ]
    reports = _reports_by_unit(con)
    rows: list[tuple[str, str, str, str | None, str | None, str]] = []
    for kind, units in tables.items():
        finder = _Finder(units, roster)
        for printed, report_ids in reports.items():
            found = finder.find(printed)
            if found:
                rows += [(kind, report_id, *found[0], found[1]) for report_id in report_ids]
    _write(con, sorted(rows))
    return len(rows)


class _Finder:
    """The units of one table, under every name and code they are known by."""

    def __init__(self, units: Sequence[TableKey], roster: Sequence[RosterUnit]):
        known = UnitMatcher(roster)
        self._by_roster: dict[RosterKey, list[TableKey]] = defaultdict(list)
        self._roster_of: dict[TableKey, RosterKey] = {}
        self._keys: dict[int, TableKey] = {}
        entries: list[RosterUnit] = []
        for key in units:
            name, code, region = key
            match = known.match(name, code, region)
            aliases: list[str] = []
            if match and match.how in CERTAIN:
                unit = match.unit
                self._by_roster[unit.name, unit.region].append(key)
                self._roster_of[key] = (unit.name, unit.region)
                aliases = [unit.name, *(unit.aliases or ())]
                code, region = code or unit.code, region or unit.region
            entry = RosterUnit(name, region, code, [alias for alias in aliases if alias != name])
            self._keys[id(entry)] = key
            entries.append(entry)
        self._entries = entries  # kept alive: they are known by their identity
        self._matcher = UnitMatcher(entries)

    def find(self, printed: Printed) -> tuple[TableKey, str] | None:
        same = self._by_roster.get(printed.roster, []) if printed.roster else []
        if len(same) == 1:
            return same[0], "roster"
        match = self._matcher.match(printed.name, printed.code, printed.region)
        if match is None or match.how not in CERTAIN:
            return None
        key = self._keys[id(match.unit)]
        other = self._roster_of.get(key)
        if printed.roster and other and other != printed.roster:
            return None
        return key, match.how


def _units_by_kind(con: duckdb.DuckDBPyConnection) -> dict[str, list[TableKey]]:
    found: dict[str, list[TableKey]] = defaultdict(list)
    for kind, *key in con.execute((SQL_FOLDER / "units_of_tables.sql").read_text("utf-8")).fetchall():
        found[kind].append((key[0], key[1], key[2]))
    return found


def _reports_by_unit(con: duckdb.DuckDBPyConnection) -> dict[Printed, list[str]]:
    found: dict[Printed, list[str]] = defaultdict(list)
    for report_id, name, code, region, roster_name, roster_region, how in con.execute(
        (SQL_FOLDER / "units_of_reports.sql").read_text("utf-8")
    ).fetchall():
        roster = (roster_name, roster_region) if how in CERTAIN else None
        found[Printed(name, code, region, roster)].append(report_id)
    return found


def _write(
    con: duckdb.DuckDBPyConnection, rows: Iterable[tuple[str, str, str, str | None, str | None, str]]
) -> None:
    import pyarrow as pa

    names = ("kind", "report_id", "unit_name", "unit_code", "region", "how")
    table = pa.Table.from_pylist(
        [dict(zip(names, row, strict=True)) for row in rows],
        pa.schema([(name, pa.string()) for name in names]),
    )
    with incoming(con, "handed_in_matches", table):
        con.execute((SQL_FOLDER / "replace_matches.sql").read_text("utf-8"))
