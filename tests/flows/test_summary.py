"""What a run tells at its end, and that it calls things by the names that workbooks and pages use."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from flows.request import RunSummary
from flows.summary import LISTED, show
from flows.words import word
from warehouse.publication.wording import wording


def told(**parts: object) -> str:
    console = Console(file=StringIO(), width=80)
    show(RunSummary("r1", "done", **parts), console)  # pyright: ignore[reportArgumentType]
    return console.file.getvalue()  # pyright: ignore[reportAttributeAccessIssue]


def test_files_that_gave_no_report_are_named_with_the_reason_on_one_line_each() -> None:
    line = "云溪县 档案馆 自评（上传中断）.docx（无法读取 unreadable）：文件已损坏（压缩结构不完整），请重新保存后报送"
    assert f"未能采用 not taken  {line}\n" in told(not_taken=(line,))
    many = told(not_taken=(line,) * (LISTED + 3))
    assert many.count(line) == LISTED
    assert f"共 {LISTED + 3} 个" in many


def test_a_home_fed_from_several_folders_says_so() -> None:
    """Samples and real submissions in one home are counted together: the user must hear of it."""
    assert "2 个收件目录，一并统计：/a、/b" in told(inboxes=("/a", "/b"))
    assert "收件目录" not in told(inboxes=("/a",))


@pytest.mark.parametrize(
    ("kind", "published"), [("severities", "severity"), ("states", "state"), ("decisions", "decision")]
)
def test_the_command_uses_the_words_of_workbooks_and_pages(kind: str, published: str) -> None:
    for code, chinese in wording()[published].items():
        assert word(kind, code) == f"{chinese} {code}"
