"""The catalogue of checks: one SQL file a check, its header in YAML, its body one SELECT.

The contract of a check stands in docs/architecture.md. Loading refuses what a reader would otherwise find out
late: unknown keys, a doubled id, a class B check above `query`, a message with an unknown placeholder.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from expectations.errors import CatalogueError
from expectations.slices import tables_of_a_slice

CHECKS_DIR = Path(__file__).parent / "checks"
SEVERITIES = ("blocker", "major", "minor", "query", "info")
CLASSES = ("A", "B", "C")
NEEDS = ("report", "roster", "last_year", "budget", "accounts", "evidence")
PLACEHOLDERS = frozenset(
    {"subject", "reported", "expected", "difference", "evidence", "detail", "place", "count"}
)
REQUIRED_KEYS = frozenset(
    {"id", "version", "class", "severity", "needs", "title", "basis", "message", "not_applicable"}
)
OPTIONAL_KEYS = frozenset({"suppressed_by", "group", "title_en", "note", "across_reports"})

_HEADER = re.compile(r"\A\s*/\*(?P<header>.*?)\*/(?P<query>.*)\Z", re.DOTALL)
_ID = re.compile(r"[A-Z]{3}-\d{2}")


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the catalogue.

    klass: A decided by the program, B candidate (severity at most query), C open question for a person. needs: what
    must be there beside the report. message: template over PLACEHOLDERS. suppressed_by: checks whose failure on
    the same subject (or on the whole report) is the cause of a failure here. group: the failing rows of one report
    become one finding. across_reports: looks beyond the report itself, and is run once over all of them instead of slice by
    slice (expectations.slices). query: the SELECT. body_hash: of the whole file's meaning, for provenance.
    """

    id: str
    version: int
    klass: str
    severity: str
    needs: tuple[str, ...]
    title: str
    basis: str
    message: str
    not_applicable: str
    suppressed_by: tuple[str, ...]
    group: bool
    across_reports: bool
    title_en: str
    note: str
    query: str
    path: Path

    @property
    def family(self) -> str:
        """The three letters before the number: FUN of FUN-04."""
        return self.id.split("-")[0]

    @property
    def body_hash(self) -> str:
        """Changes when the query or the header's meaning changes."""
        parts = (self.id, str(self.version), self.severity, self.message, self.query)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All checks by id, in order of id."""

    checks: Mapping[str, Check]

    def __iter__(self) -> Iterator[Check]:
        return iter(self.checks.values())

    def __len__(self) -> int:
        return len(self.checks)

    def __getitem__(self, check_id: str) -> Check:
        return self.checks[check_id]

    def __contains__(self, check_id: object) -> bool:
        return check_id in self.checks

    def only(self, *check_ids: str) -> Catalogue:
        """The same catalogue restricted to some checks, for fixtures and single looks."""
        return Catalogue({check_id: self.checks[check_id] for check_id in check_ids})


@cache
def load_catalogue(folder: Path = CHECKS_DIR) -> Catalogue:
    """Read every `<family>/<ID>.sql` below folder.

    Raises CatalogueError naming the file and what to change.
    """
    checks: dict[str, Check] = {}
    for path in sorted(folder.glob("*/*.sql")):
        check = parse_check(path.read_text(encoding="utf-8"), path)
        if check.id in checks:
            raise CatalogueError(
                path, f"编号 {check.id} 已被 {checks[check.id].path.name} 使用，请换一个编号"
            )
        checks[check.id] = check
    for check in checks.values():
        unknown = [cause for cause in check.suppressed_by if not _ID.fullmatch(cause) or cause == check.id]
        if unknown:
            raise CatalogueError(check.path, f"suppressed_by 中的 {'、'.join(unknown)} 不是别的检查编号")
    return Catalogue(dict(sorted(checks.items())))


def parse_check(text: str, path: Path) -> Check:
    """One check from its file's text; path is for messages and must be named after the id."""
    match = _HEADER.match(text)
    if match is None:
        raise CatalogueError(path, "文件须以 /* …… */ 中的 YAML 头开始，其后为一条 SELECT")
    try:
        header = yaml.safe_load(match["header"])
    except yaml.YAMLError as error:
        raise CatalogueError(path, f"头部不是合法的 YAML：{error}") from error
    if not isinstance(header, dict):
        raise CatalogueError(path, "头部须为「键: 值」的形式")
    _refuse_wrong_keys(header, path)
    query = match["query"].strip().rstrip(";").strip()
    check = Check(
        id=str(header["id"]),
        version=header["version"],
        klass=str(header["class"]),
        severity=str(header["severity"]),
        needs=_texts(header, "needs", path),
        title=str(header["title"]).strip(),
        basis=str(header["basis"]).strip(),
        message=str(header["message"]).strip(),
        not_applicable=str(header["not_applicable"]).strip(),
        suppressed_by=_texts(header, "suppressed_by", path),
        group=bool(header.get("group", False)),
        across_reports=bool(header.get("across_reports", False)) or _reads_beyond_a_slice(query),
        title_en=str(header.get("title_en", "")).strip(),
        note=str(header.get("note", "")).strip(),
        query=query,
        path=path,
    )
    _refuse_wrong_values(check)
    return check


def _refuse_wrong_keys(header: dict[str, object], path: Path) -> None:
    missing = sorted(REQUIRED_KEYS - header.keys())
    if missing:
        raise CatalogueError(path, f"头部缺少 {'、'.join(missing)}")
    unknown = sorted(str(key) for key in header.keys() - REQUIRED_KEYS - OPTIONAL_KEYS)
    if unknown:
        raise CatalogueError(
            path,
            f"头部有不认识的键 {'、'.join(unknown)}，可用的是 {'、'.join(sorted(REQUIRED_KEYS | OPTIONAL_KEYS))}",
        )


def _reads_beyond_a_slice(query: str) -> bool:
    """Whether a query names what no slice holds: last year's rows, the whole of core, the marts."""
    named = set(
        re.findall(r"\b(?:active|judge|core|mart)\.\w+\b(?!\s*\()", re.sub(r"--[^\n]*|'[^']*'", "", query))
    )
    return bool(named - tables_of_a_slice())


def _texts(header: dict[str, object], key: str, path: Path) -> tuple[str, ...]:
    value = header.get(key) or []
    if not isinstance(value, list):
        raise CatalogueError(path, f"{key} 须为列表，例如 [report]")
    return tuple(str(item) for item in value)


def _refuse_wrong_values(check: Check) -> None:
    problems = {
        f"编号 {check.id} 须为三个大写字母、连字符和两位数字，并与文件名一致": not _ID.fullmatch(check.id)
        or check.path.stem != check.id,
        f"文件须放在 checks/{check.family.lower()}/ 之下": check.path.parent.name != check.family.lower(),
        "version 须为不小于 1 的整数": not isinstance(check.version, int) or check.version < 1,
        f"class 须为 {'、'.join(CLASSES)} 之一": check.klass not in CLASSES,
        f"severity 须为 {'、'.join(SEVERITIES)} 之一": check.severity not in SEVERITIES,
        "B、C 类检查的 severity 至多为 query": check.klass != "A" and check.severity not in ("query", "info"),
        f"needs 须取自 {'、'.join(NEEDS)}": not check.needs or not set(check.needs) <= set(NEEDS),
        "title、basis、message、not_applicable 不得为空": not all(
            (check.title, check.basis, check.message, check.not_applicable)
        ),
        "头部之后须为一条 SELECT（可用 WITH 开头）": not re.match(r"(?i)(select|with|from|--)", check.query),
        "一个文件只能有一条语句": ";" in re.sub(r"'[^']*'|--[^\n]*", "", check.query),
    }
    for problem, found in problems.items():
        if found:
            raise CatalogueError(check.path, problem)
    unknown = set(re.findall(r"\{(\w*)\}", check.message)) - PLACEHOLDERS
    if unknown:
        raise CatalogueError(
            check.path,
            f"message 中的 {'、'.join(sorted(unknown))} 不认识，可用 {'、'.join(sorted(PLACEHOLDERS))}",
        )
