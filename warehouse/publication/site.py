"""site/: static pages that work from disk without a server and load nothing from outside."""

from __future__ import annotations

import base64
import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import jinja2

from warehouse.publication.dossier import GRAVEST
from warehouse.publication.page_writing import page_path, write_pages
from warehouse.publication.rows import Record, blocks, records
from warehouse.publication.wording import in_chinese, wording

HERE = Path(__file__).parent
PAGES = HERE / "pages"
INDEX_SQL = HERE / "index.sql"
FINGERPRINTS_SQL = HERE / "fingerprints.sql"
MANIFEST = "pages.csv"
REPORTS_A_PAGE = 2_000
LISTED = 500
FOLDED_FROM = 20
"""A list longer than this is folded up, so that the reports below it are in sight."""


@dataclass(frozen=True, slots=True)
class Site:
    """What was written. kept: pages, relative to site/, whose content stands in the former set already."""

    pages: int
    kept: frozenset[Path] = field(default_factory=frozenset)


def write_site(con: duckdb.DuckDBPyConnection, folder: Path, previous: Path, year: int | None) -> Site:
    """Writes index and dossiers from a snapshot into `folder`.

    previous: the site of the former set. A dossier whose fingerprint is in its manifest is not written again.
    """
    folder.mkdir()
    fingerprints = dict(con.execute(FINGERPRINTS_SQL.read_text(encoding="utf-8")).fetchall())
    known = _manifest(previous)
    stamp = _templates_hash()
    kept: set[Path] = set()
    changed: list[str] = []
    for report_id, fingerprint in fingerprints.items():
        page = page_path(report_id)
        if known.get(report_id) == f"{stamp}-{fingerprint}" and (previous / page).is_file():
            kept.add(page)
        else:
            changed.append(report_id)
    write_pages(con, changed, folder, dossier_template(), _file_of(con))
    _write_index(con, folder, year)
    with (folder / MANIFEST).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((report_id, f"{stamp}-{one}") for report_id, one in fingerprints.items())
    return Site(len(fingerprints), frozenset(kept))


def dossier_template() -> jinja2.Template:
    """The template of a dossier's page."""
    return _environment().get_template("dossier.html")


def _write_index(con: duckdb.DuckDBPyConnection, folder: Path, year: int | None) -> None:
    parts = {name: records(con, query) for name, query in blocks(INDEX_SQL).items()}
    reports = [_listed(row) for row in parts["reports"]]
    total = parts["total"][0] if parts["total"] else {}
    shared: Record = {
        "heading": f"{year}年度绩效自评审核" if year else "绩效自评审核",
        "as_of": parts["scope"][0]["as_of"] if parts["scope"] else None,
        "severities": [(code, in_chinese("severity", code)) for code in GRAVEST],
    }
    lists = [reports[at : at + REPORTS_A_PAGE] for at in range(0, len(reports), REPORTS_A_PAGE)]
    single = len(lists) <= 1
    links = [] if single else [_part(number, rows) for number, rows in enumerate(lists, start=1)]
    template = _environment().get_template("index.html")
    front = shared | {
        "total": _defaults(con, total),
        "queue": parts["queue"][0]["findings"],
        "blockers": parts["queue"][0]["blockers"] or 0,
        "regions": [_region(row) for row in parts["regions"]],
        "absent": [
            row | {"state_words": in_chinese("coverage_state", row["state"])}
            for row in parts["absent"][:LISTED]
        ],
        "absent_total": len(parts["absent"]),
        "refused": [
            row | {"status_words": in_chinese("status", row["status"])} for row in parts["refused"][:LISTED]
        ],
        "refused_total": len(parts["refused"]),
        "parts": links,
        "reports": lists[0] if lists and single else [],
        "part": "",
        "folded_from": FOLDED_FROM,
    }
    _write(folder, Path("index.html"), template.render(i=front, root="", with_script=True))
    for link, rows in zip(links, lists, strict=False):
        page = shared | {"part": link["name"], "parts": [], "reports": rows}
        _write(folder, Path(link["path"]), template.render(i=page, root="../", with_script=True))


def _listed(row: Record) -> Record:
    counts = {code: row[code] for code in GRAVEST}
    return row | {
        "path": page_path(row["report_id"]).as_posix(),
        "scope_words": in_chinese("scope", row["scope"]),
        "worst": next((code for code in GRAVEST if counts[code]), None),
        "blockers": row["blocker"],
        "majors": row["major"],
    }


def _part(number: int, rows: Sequence[Record]) -> Record:
    first, last = (row["unit_name"] or "（单位不明）" for row in (rows[0], rows[-1]))
    return {"path": f"lists/{number}.html", "name": f"第{number}部分（{first} 至 {last}，{len(rows)}张）"}


def _region(row: Record) -> Record:
    expected = row["expected_units"]
    received = row["received_units"]
    whole = expected or row["units"] or 1
    late = row["late_units"] or 0
    counts = (
        ("ok", received - late),
        ("late", late),
        ("unreadable", row["unreadable_units"] or 0),
        ("missing", row["missing_units"] or 0),
    )
    return row | {
        "received": received,
        "shares": [(kind, round(100 * count / whole, 1)) for kind, count in counts if count],
    }


def _defaults(con: duckdb.DuckDBPyConnection, total: Record) -> Record:
    """The coverage of everything; every figure unknown where nothing came in yet."""
    return dict.fromkeys(con.table("out.coverage").columns) | total


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(PAGES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["points"] = _points
    environment.filters["percent"] = _percent
    script = (PAGES / "script.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    environment.globals |= {
        # the page's own files, marked safe in base.html: nothing of a submission is
        "style": (PAGES / "style.css").read_text(encoding="utf-8"),
        "script": script,
        "script_hash": f"'sha256-{digest}'",
        "with_script": False,
    }
    return environment


def _points(value: Any) -> str:
    """Points without trailing zeros, empty for None."""
    text = "" if value is None else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _percent(value: Any) -> str:
    return "" if value is None else f"{100 * value:.2f}%"


@cache
def _templates_hash() -> str:
    digest = hashlib.sha256(repr(wording()).encode())
    for file in sorted(PAGES.iterdir()):
        digest.update(file.read_bytes())
    for name in ("dossier.py", "dossier.sql", "places.py"):
        digest.update((HERE / name).read_bytes())
    return digest.hexdigest()[:12]


def _file_of(con: duckdb.DuckDBPyConnection) -> Path | None:
    row = con.execute(
        "SELECT path FROM duckdb_databases() WHERE database_name = current_database()"
    ).fetchone()
    return Path(row[0]) if row and row[0] else None


def _manifest(previous: Path) -> dict[str, str]:
    file = previous / MANIFEST
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8", newline="") as rows:
        return {row[0]: row[1] for row in csv.reader(rows) if len(row) == 2}


def _write(folder: Path, relative: Path, text: str) -> None:
    target = folder / relative
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
