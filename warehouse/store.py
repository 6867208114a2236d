"""Opens the warehouse file: numbered schema files once, marts and their comments whenever their text changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.comments import apply_comments
from warehouse.errors import SchemaError
from warehouse.transaction import transaction

HERE = Path(__file__).parent
SCHEMA_FOLDER = HERE / "schema"
MART_FOLDER = HERE / "marts"
COMMENT_FILE = MART_FOLDER / "comments.yaml"

MARTS = (
    "names",
    "masking",
    "active",
    "current",
    "submissions",
    "handed_in",
    "reports",
    "form_rows",
    "findings",
    "tested",
    "review_queue",
    "coverage",
    "rollup_units",
    "rollup_departments",
    "rollup_regions",
    "rollup_indicators",
    "year_on_year",
    "calendar",
    "runs",
)
"""The mart files in the order in which they build on each other."""

JUDGED = ("names", "active", "current", "handed_in")
"""The mart files that checks and scores read."""


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """How much of the machine DuckDB may use. memory_limit: as DuckDB writes it (`2500MB`). threads: None is all cores."""

    memory_limit: str = "2500MB"
    threads: int | None = None

    def as_config(self, temp_directory: Path) -> dict[str, str | bool | int | float | list[str]]:
        """The settings for `duckdb.connect`. Extensions are never fetched: the network may be closed."""
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": self.memory_limit,
            "temp_directory": str(temp_directory),
            "autoinstall_known_extensions": False,
        }
        if self.threads is not None:
            config["threads"] = self.threads
        return config


def open_warehouse(
    path: Path | str, read_only: bool = False, settings: StoreSettings | None = None
) -> duckdb.DuckDBPyConnection:
    """A connection to the warehouse at `path`, created and brought to the present schema when it may be written.

    Opening a file that is up to date writes nothing. Raises SchemaError when the file is newer than this program, or
    read_only was asked of a file that does not exist.
    """
    path = Path(path)
    if read_only and not path.exists():
        raise SchemaError(f"数据库「{path}」不存在。请先运行 jixiao run 生成。")
    settings = settings or StoreSettings()
    config = settings.as_config(path.with_name(path.name + ".tmp"))
    con = duckdb.connect(str(path), read_only=read_only, config=config)
    try:
        if not read_only:
            apply_schema(con)
            apply_marts(con)
    except BaseException:
        con.close()
        raise
    return con


def apply_schema(con: duckdb.DuckDBPyConnection, folder: Path = SCHEMA_FOLDER) -> tuple[int, ...]:
    """Applies the numbered files that this database has not seen, each in its own transaction; gives their numbers.

    Raises SchemaError when two files have one number, or the database knows a number that is not there.
    """
    present = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = current_database()"
        " AND schema_name = 'main' AND table_name = 'schema_version'"
    ).fetchone()
    if not present or not present[0]:
        con.execute(
            "CREATE TABLE main.schema_version (version INTEGER NOT NULL, file_name VARCHAR NOT NULL,"
            " sha256 VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL)"
        )
    files: dict[int, Path] = {}
    for file in sorted(folder.glob("[0-9]*.sql")):
        number = int(file.name.split("_", 1)[0])
        if number in files:
            # One of the two would never be applied where the other already was.
            raise SchemaError(
                f"数据库结构文件 {files[number].name} 和 {file.name} 编号相同。请把后加的一个改为下一个编号。"
            )
        files[number] = file
    done = {
        row[0] for row in con.execute("SELECT version FROM main.schema_version WHERE version > 0").fetchall()
    }
    newer = done - files.keys()
    if newer:
        raise SchemaError(f"数据库结构版本 {max(newer)} 比本程序新。请升级 jixiao 后再运行。")
    applied = tuple(number for number in sorted(files) if number not in done)
    for number in applied:
        text = files[number].read_text(encoding="utf-8")
        _apply_file(con, text, number, files[number].name)
    return applied


def apply_marts(con: duckdb.DuckDBPyConnection) -> bool:
    """Rebuilds the views of `active` and `out` with their comments when their files changed; says whether it did.

    The hash of all mart files stands in main.schema_version under version 0.
    """
    files = [MART_FOLDER / f"{name}.sql" for name in MARTS]
    texts = [file.read_text(encoding="utf-8") for file in files]
    comments = COMMENT_FILE.read_text(encoding="utf-8")
    digest = hashlib.sha256("\n".join([*texts, comments]).encode()).hexdigest()
    known = con.execute("SELECT sha256 FROM main.schema_version WHERE version = 0").fetchone()
    if known and known[0] == digest:
        return False
    with transaction(con):
        con.execute(
            "DROP SCHEMA IF EXISTS out CASCADE; DROP SCHEMA IF EXISTS active CASCADE;"
            " DROP SCHEMA IF EXISTS mart CASCADE"
        )
        for text in texts:
            con.execute(text)
        apply_comments(con, "out", COMMENT_FILE)
        con.execute("DELETE FROM main.schema_version WHERE version = 0")
        con.execute(
            "INSERT INTO main.schema_version VALUES (0, 'marts', ?, current_localtimestamp())", [digest]
        )
    con.execute("CHECKPOINT")
    return True


def apply_judged_views(con: duckdb.DuckDBPyConnection) -> None:
    """Builds only the views that checks and scores read, for a warehouse in memory (fixtures, notebooks)."""
    for name in JUDGED:
        con.execute((MART_FOLDER / f"{name}.sql").read_text(encoding="utf-8"))


def _apply_file(con: duckdb.DuckDBPyConnection, text: str, number: int, file_name: str) -> None:
    with transaction(con):
        con.execute(text)
        con.execute(
            "INSERT INTO main.schema_version VALUES (?, ?, ?, current_localtimestamp())",
            [number, file_name, hashlib.sha256(text.encode()).hexdigest()],
        )
