"""What compares reports with each other keeps its memory when there are many of them."""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from expectations.catalogue import load_catalogue
from expectations.sql_files import load_macros

Fill = Callable[..., object]
UNITS, ROWS = 1500, 6


def test_indicators_of_many_units_are_compared_in_little_memory(
    warehouse: duckdb.DuckDBPyConnection, fill: Fill
):
    fill(
        reports=[{"report_id": f"r{unit}", "unit_name": f"第{unit}局"} for unit in range(UNITS)],
        indicators=[
            {
                "report_id": f"r{unit}",
                # The last unit has the rows of the first.
                "name": f"走访第{unit % (UNITS - 1)}乡第{row}村户数" if row else "服务对象满意度",
                "target_value": 20 + row,
                "actual_value": 31 + row,
            }
            for unit in range(UNITS)
            for row in range(ROWS)
        ],
    )
    load_macros(warehouse)
    # The form's own row stands in every unit's report: two million pairs, which no one must ever form.
    warehouse.execute("SET memory_limit = '150MB'; SET max_temp_directory_size = '0KB'")
    check = load_catalogue()["IND-11"]

    rows = warehouse.sql(check.query).fetchall()

    failed = {row[0]: row[5] for row in rows if row[3]}
    assert len(rows) == UNITS
    assert failed == {"r0": f"第{UNITS - 1}局", f"r{UNITS - 1}": "第0局"}
