"""The published set: whole, read-only usable, masked, replaced atomically, and harmless to open."""

from __future__ import annotations

import shutil
import threading
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest

from warehouse.decisions import QUEUE_SHEET, import_workbook, record
from warehouse.errors import PublicationError
from warehouse.publication import publish, publish_snapshot
from warehouse.store import open_warehouse


@pytest.fixture(scope="module")
def published_once(filled_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    shutil.copy(filled_county, folder / "warehouse.duckdb")
    con = open_warehouse(folder / "warehouse.duckdb")
    publish(con, folder / "published", 2023)
    con.close()
    return folder / "published"


@pytest.fixture
def published(published_once: Path, tmp_path: Path) -> Path:
    """The county's published set, free to be changed."""
    return Path(shutil.copytree(published_once, tmp_path / "published"))


@pytest.fixture
def snapshot(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect(str(published / "review.duckdb"), read_only=True)
    yield con
    con.close()


def test_the_set_is_whole(published: Path) -> None:
    names = {path.name for path in published.iterdir()}
    assert {"review.duckdb", "queue.xlsx", "rollup.xlsx", "parquet", "snapshots"} <= names
    assert not [name for name in names if name.startswith(".staging")]


def test_the_snapshot_holds_every_view_with_its_comments(
    county: duckdb.DuckDBPyConnection, snapshot: duckdb.DuckDBPyConnection
) -> None:
    views = county.execute(
        "SELECT view_name, comment FROM duckdb_views() WHERE schema_name = 'out' ORDER BY 1"
    ).fetchall()
    tables = snapshot.execute(
        "SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'out' ORDER BY 1"
    ).fetchall()
    assert tables == views
    columns = (
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE schema_name = 'out' ORDER BY ALL"
    )
    assert snapshot.execute(columns).fetchall() == county.execute(columns).fetchall()
    for name, _ in views:
        assert (
            snapshot.execute(f"SELECT count(*) FROM out.{name}").fetchall()
            == county.execute(f"SELECT count(*) FROM out.{name}").fetchall()
        )


def test_nothing_but_out_leaves_the_warehouse(snapshot: duckdb.DuckDBPyConnection) -> None:
    assert snapshot.execute("SELECT DISTINCT schema_name FROM duckdb_tables()").fetchall() == [("out",)]


@pytest.mark.parametrize("secret", ["王小明", "李大伟", "赵丽", "13912345678", "13800138000"])
def test_no_personal_data_in_any_published_file(published: Path, secret: str) -> None:
    assert {".xlsx", ".docx", ".html", ".duckdb", ".parquet"} <= {
        path.suffix for path in published.rglob("*")
    }
    for path in published.rglob("*"):
        if path.suffix in {".xlsx", ".docx"}:
            with zipfile.ZipFile(path) as book:
                content = b"".join(book.read(name) for name in book.namelist())
        elif path.is_file():
            content = path.read_bytes()
        else:
            continue
        assert secret.encode() not in content, path


def test_parquet_has_one_file_a_view(published: Path, snapshot: duckdb.DuckDBPyConnection) -> None:
    files = {path.stem for path in (published / "parquet").glob("*.parquet")}
    assert files == {row[0] for row in snapshot.execute("SELECT table_name FROM duckdb_tables()").fetchall()}


def test_a_reader_keeps_the_old_set_and_a_new_one_sees_the_new(
    county: duckdb.DuckDBPyConnection, published: Path
) -> None:
    old = (published / "review.duckdb").open("rb")
    before = old.read(1)
    record(county, "b1-1-exe-03-l1", "waive", "李敏", "已说明")
    publish(county, published, 2023)
    with duckdb.connect(str(published / "review.duckdb"), read_only=True) as con:
        assert con.execute("SELECT state FROM out.findings WHERE check_id = 'EXE-03'").fetchone() == (
            "waived",
        )
    assert before and old.read(1024)
    old.close()


def test_readers_see_a_whole_snapshot_at_every_moment(
    county: duckdb.DuckDBPyConnection, published: Path
) -> None:
    import subprocess
    import sys

    reader = (
        "import duckdb, sys, time\n"
        "end = time.time() + 4\n"
        "while time.time() < end:\n"
        "    with duckdb.connect(sys.argv[1], read_only=True) as c:\n"
        "        a = c.execute('SELECT count(*) FROM out.findings').fetchone()[0]\n"
        "        assert a == 5, a\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", reader, str(published / "review.duckdb")], stderr=subprocess.PIPE
    )
    failures: list[BaseException] = []

    def keep_publishing() -> None:
        try:
            while process.poll() is None:
                publish_snapshot(county, published)
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=keep_publishing)
    thread.start()
    _, errors = process.communicate(timeout=60)
    thread.join()
    assert process.returncode == 0, errors.decode()
    assert not failures


def test_the_last_snapshots_are_kept(county: duckdb.DuckDBPyConnection, published: Path) -> None:
    for _ in range(4):
        publish_snapshot(county, published, keep=2)
    assert [path.name for path in sorted((published / "snapshots").iterdir())] == [
        "review-000004.duckdb",
        "review-000005.duckdb",
    ]


def test_what_the_new_set_no_longer_has_goes(county: duckdb.DuckDBPyConnection, published: Path) -> None:
    stale = published / "parquet" / "forgotten.parquet"
    stale.write_bytes(b"x")
    publish(county, published, 2023)
    assert not stale.exists()


def test_a_full_disk_is_told_before_anything_is_written(
    county: duckdb.DuckDBPyConnection, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (published / "review.duckdb").read_bytes()
    monkeypatch.setattr("warehouse.publication.published_set.SPARE_BYTES", 2**62)
    with pytest.raises(PublicationError, match="磁盘空间不足"):
        publish(county, published, 2023)
    assert (published / "review.duckdb").read_bytes() == before


def test_a_failure_half_way_leaves_the_old_set(
    county: duckdb.DuckDBPyConnection, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in published.rglob("*") if path.is_file()}

    def fail(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("warehouse.publication.published_set.write_rollup", fail)
    with pytest.raises(PublicationError, match="已保留原有文件"):
        publish(county, published, 2023)
    assert {path: path.read_bytes() for path in published.rglob("*") if path.is_file()} == before


def test_the_queue_workbook_has_one_row_a_finding_and_runs_nothing(published: Path) -> None:
    book = openpyxl.load_workbook(published / "queue.xlsx")
    sheet = book[QUEUE_SHEET]
    titles = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 6 and titles[:4] == ["优先级", "严重程度", "单位", "年度"]
    assert sheet.freeze_panes == "D2" and sheet.auto_filter.ref
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]
    values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert any("=1+1" in row for row in values)
    editable = {titles[cell.column - 1] for cell in sheet[2] if not cell.protection.locked}
    assert editable == {"处理决定", "处理人", "处理理由", "有效期至", "承办科室"} and sheet.protection.sheet
    assert any("采纳,豁免,退回" in (rule.formula1 or "") for rule in sheet.data_validations.dataValidation)


def test_the_queue_comes_back_with_decisions(
    county: duckdb.DuckDBPyConnection, published: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(published / "queue.xlsx")
    sheet = book[QUEUE_SHEET]
    titles = [cell.value for cell in sheet[1]]
    for title, value in (("处理决定", "豁免"), ("处理人", "李敏"), ("处理理由", "已核对")):
        sheet.cell(2, titles.index(title) + 1).value = value
    book.save(tmp_path / "returned.xlsx")
    assert import_workbook(county, tmp_path / "returned.xlsx").recorded == 1
    assert county.execute("SELECT state FROM out.findings WHERE check_id = 'EXE-03'").fetchone() == (
        "waived",
    )


def test_the_rollup_workbook_has_six_sheets_and_coverage_beside_averages(published: Path) -> None:
    book = openpyxl.load_workbook(published / "rollup.xlsx")
    assert book.sheetnames == [
        "图表",
        "报送情况",
        "部门汇总",
        "地区汇总",
        "指标汇总",
        "与上年对比",
        "单位汇总",
        "说明",
    ]
    titles = [cell.value for cell in book["地区汇总"][1]]
    for title in (
        "应报单位数",
        "缺报单位数",
        "计入得分的单位数",
        "未计入原因",
        "自评总分简单平均",
        "有自评总分的单位数",
    ):
        assert title in titles, titles
    counts = next(col for col in book["指标汇总"].columns if col[0].value == "有分值和得分的指标数")
    assert {cell.number_format for cell in counts[1:]} == {"General"}
    said = [row[1].value for row in book["说明"].iter_rows(min_row=3) if row[1].value]
    assert len(said) == len(set(said))
    assert (
        "「报送情况」「部门汇总」「地区汇总」「指标汇总」「与上年对比」「单位汇总」预算年度：不明为空" in said
    )
    assert not any(code in line for line in said for code in ("overall", "department ", "projects"))
    with zipfile.ZipFile(published / "rollup.xlsx") as book_file:
        assert sum(name.startswith("xl/charts/chart") for name in book_file.namelist()) == 4


def test_an_empty_warehouse_gives_a_whole_set(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    publish(con, tmp_path / "published", None)
    assert (tmp_path / "published" / "site" / "index.html").is_file()
    assert (tmp_path / "published" / "queue.xlsx").is_file()


def test_a_decision_is_seen_in_snapshot_and_queue_at_once(
    county: duckdb.DuckDBPyConnection, published: Path
) -> None:
    def waiting() -> set[str]:
        sheet = openpyxl.load_workbook(published / "queue.xlsx").worksheets[0]
        column = [cell.value for cell in sheet[1]].index("问题编号")
        return {str(row[column]) for row in sheet.iter_rows(min_row=2, values_only=True)}

    before = waiting()
    finding = min(before)
    record(county, finding, "waive", "王复核", "已核实", None, datetime(2024, 4, 2, 9))
    publish_snapshot(county, published)

    assert waiting() == before - {finding}
