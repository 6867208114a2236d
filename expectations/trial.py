"""A check tried on real reports while it is being written: `python -m expectations.trial FUN-04 HOME/warehouse.duckdb`.

Prints what it finds failing; judges nothing and writes nothing. The file may stand anywhere: an id names one of the
catalogue, a path any other.
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import duckdb

from expectations.catalogue import Check, load_catalogue, parse_check
from expectations.errors import CatalogueError
from expectations.sql_files import load_macros
from expectations.words import load_words

SHOWN = ("report_id", "subject", "reported_value", "expected_value", "difference", "place")


def try_on(check: Check, warehouse: Path) -> tuple[int, list[dict[str, object]]]:
    """How many comparisons the check makes on the warehouse, and the failing ones with all their columns.

    Raises duckdb.Error for a query that does not run, or while another program writes the warehouse.
    """
    with closing(duckdb.connect(str(warehouse), read_only=True)) as con:
        load_macros(con)
        load_words(con)
        found = con.execute(check.query)
        names = [column[0] for column in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return len(rows), [row for row in rows if row["failed"]]


def main(check: str, warehouse: str) -> int:
    """Prints the failing rows; 0 when the query ran."""
    path = Path(check)
    try:
        one = parse_check(path.read_text("utf-8"), path) if path.suffix == ".sql" else load_catalogue()[check]
        compared, failed = try_on(one, Path(warehouse))
    except KeyError:
        print(f"{check} 不在目录里；jixiao checks 列出全部编号", file=sys.stderr)
        return 1
    except (CatalogueError, OSError, duckdb.Error) as error:
        print(f"{check} 不能试运行：{error}", file=sys.stderr)
        return 1
    for row in sorted(failed, key=lambda row: (str(row["report_id"]), str(row["subject_key"]))):
        print("  ".join(f"{row[name]}" for name in SHOWN if row.get(name) is not None))
    print(f"{one.id}：比对 {compared} 项，不符 {len(failed)} 项")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("用法：python -m expectations.trial 检查编号或文件.sql HOME/warehouse.duckdb")
    sys.exit(main(sys.argv[1], sys.argv[2]))
