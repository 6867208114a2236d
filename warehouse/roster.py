"""The roster of units that must report: read from csv or xlsx, validated, and matched to what came in."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import yaml

from warehouse.errors import TableFileError
from warehouse.incoming import incoming
from warehouse.table_remarks import is_remark
from warehouse.tablefile import TableFile, TableRow, parse_date, read_table_file
from warehouse.unit_matching import RosterUnit, UnitMatcher

COLUMN_FILE = Path(__file__).parent / "roster_columns.yaml"
SQL_FOLDER = Path(__file__).parent / "sql"


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One unit. deadline and extension are days inclusive; expected_forms 0 means the unit need not report."""

    unit_name: str
    unit_code: str | None = None
    aliases: tuple[str, ...] = ()
    parent_name: str | None = None
    department: str | None = None
    region: str | None = None
    division: str | None = None
    contact: str | None = None
    deadline: date | None = None
    extension_until: date | None = None
    profile: str | None = None
    expected_forms: int | None = None


def read_roster(path: Path | str, profiles: Collection[str] | None = None) -> tuple[RosterEntry, ...]:
    """The units of a roster file. profiles: the scoring profiles that may be named; None: any.

    Raises TableFileError naming row and column of every fault.
    """
    titles = yaml.safe_load(COLUMN_FILE.read_text(encoding="utf-8"))
    table = read_table_file(path, titles, required=("unit_name",), spread=titles)
    faults: list[str] = []
    rows = [row for row in table.rows if not is_remark(row)]
    entries = [_entry(table, row, faults) for row in rows]
    if not entries:
        faults.append("没有任何单位")
    faults += _doubles(table, rows, entries)
    for row, entry in zip(rows, entries, strict=True):
        if profiles is not None and entry.profile and entry.profile not in profiles:
            faults.append(
                f"{table.spot(row, 'profile')}「{entry.profile}」不是计分规则的编号，可用 {'、'.join(sorted(profiles))}"
            )
    if faults:
        raise TableFileError(table.path, faults)
    return tuple(entries)


def load_roster(con: duckdb.DuckDBPyConnection, path: Path | str) -> int:
    """Replaces raw.roster by the units of `path` (csv or xlsx) and gives their number; writes nothing when equal.

    Raises TableFileError naming row and column; the former roster then stays.
    """
    import pyarrow as pa

    entries = read_roster(path)
    fields = list(RosterEntry.__dataclass_fields__)
    types = {
        "aliases": pa.list_(pa.string()),
        "deadline": pa.date32(),
        "extension_until": pa.date32(),
        "expected_forms": pa.int32(),
    }
    schema = pa.schema([(field, types.get(field, pa.string())) for field in fields])
    rows = [{field: getattr(entry, field) for field in fields} for entry in entries]
    with incoming(con, "roster", pa.Table.from_pylist(rows, schema)):
        if _first(con, "roster_changed.sql"):
            con.execute(_sql("roster_replace.sql"))
    return len(entries)


def match_units(con: duckdb.DuckDBPyConnection) -> int:
    """Matches every report, and every file without one, to the roster; gives the number matched.

    Fills raw.unit_matches afresh. A report is matched by code, by name (exact, alias, normalised, then alike), a file
    without reports by the one roster name its path holds. Doubtful ones stay unmatched.
    """
    import pyarrow as pa

    units = [
        RosterUnit(*row)
        for row in con.execute("SELECT unit_name, region, unit_code, aliases FROM raw.roster").fetchall()
    ]
    matcher = UnitMatcher(units)
    found: list[tuple[str, str | None, str | None, str, str | None, str, float]] = []
    for submission_id, report_id, name, code, region, file_path in con.execute(
        _sql("units_to_match.sql")
    ).fetchall():
        match = matcher.match(name, code, region) if report_id is not None else None
        match = match or (matcher.match_path(file_path) if not name else None)
        if match:
            found.append(
                (submission_id, report_id, name, match.unit.name, match.unit.region, match.how, match.score)
            )
    schema = pa.schema(
        [
            (n, pa.string())
            for n in ("submission_id", "report_id", "unit_name", "roster_unit_name", "roster_region", "how")
        ]
        + [("score", pa.float64())]
    )
    columns = list(zip(*found, strict=True)) or [()] * len(schema)
    table = pa.Table.from_arrays(
        [pa.array(c, t.type) for c, t in zip(columns, schema, strict=True)], schema=schema
    )
    with incoming(con, "matches", table):
        if _first(con, "matches_changed.sql"):
            con.execute(_sql("matches_replace.sql"))
    return len(found)


def _sql(file_name: str) -> str:
    return (SQL_FOLDER / file_name).read_text(encoding="utf-8")


def _first(con: duckdb.DuckDBPyConnection, file_name: str) -> object:
    row = con.execute(_sql(file_name)).fetchone()
    return row and row[0]


def _entry(table: TableFile, row: TableRow, faults: list[str]) -> RosterEntry:
    def day(field: str) -> date | None:
        if not row[field]:
            return None
        try:
            return parse_date(row[field])
        except ValueError:
            faults.append(f"{table.spot(row, field)}「{row[field]}」不是日期，应写作 2024-03-31")
            return None

    if not row["unit_name"]:
        faults.append(f"{table.spot(row, 'unit_name')}为空，每行必须有单位名称")
    forms: int | None = None
    if row["expected_forms"]:
        if re.fullmatch(r"\d{1,4}", row["expected_forms"]):
            forms = int(row["expected_forms"])
        else:
            faults.append(
                f"{table.spot(row, 'expected_forms')}「{row['expected_forms']}」不是整数，应写作 1，不需报送的写 0"
            )
    deadline, extension = day("deadline"), day("extension_until")
    if deadline and extension and extension < deadline:
        faults.append(f"{table.spot(row, 'extension_until')}早于截止日期，请核对两个日期")
    aliases = tuple(a.strip() for a in re.split(r"[；;、|\n]", row["aliases"]) if a.strip())
    return RosterEntry(
        unit_name=row["unit_name"],
        unit_code=row["unit_code"] or None,
        aliases=aliases,
        parent_name=row["parent_name"] or None,
        department=row["department"] or None,
        region=row["region"] or None,
        division=row["division"] or None,
        contact=row["contact"] or None,
        deadline=deadline,
        extension_until=extension,
        profile=row["profile"] or None,
        expected_forms=forms,
    )


def _doubles(table: TableFile, rows: list[TableRow], entries: list[RosterEntry]) -> list[str]:
    faults: list[str] = []
    names: dict[tuple[str, str | None], int] = {}
    codes: dict[str, int] = {}
    for row, entry in zip(rows, entries, strict=True):
        first = names.setdefault((entry.unit_name, entry.region), row.number)
        if entry.unit_name and first != row.number:
            faults.append(
                f"{table.spot(row, 'unit_name')}「{entry.unit_name}」与第{first}行重复，请只保留一行，或填写「地区」加以区分"
            )
        if entry.unit_code:
            first = codes.setdefault(entry.unit_code, row.number)
            if first != row.number:
                faults.append(
                    f"{table.spot(row, 'unit_code')}「{entry.unit_code}」与第{first}行重复，请核对编码"
                )
    return faults
