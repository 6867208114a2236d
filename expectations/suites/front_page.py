"""The first page of the Data Docs, in Chinese, without scripts: what was checked, what failed, where to read on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from expectations.suites.data_docs import STYLE


@dataclass(frozen=True, slots=True)
class SuiteLine:
    """One suite on the front page: its name, expectations evaluated, expectations failed."""

    name: str
    evaluated: int
    failed: int


def write_front_page(
    folder: Path,
    suites: Sequence[SuiteLine],
    failures: Sequence[str],
    watched: Sequence[str],
    checks: Mapping[str, tuple[str, int]],
) -> None:
    """Write folder/index.html over Great Expectations' own, which needs scripts from elsewhere.

    checks: id -> (title, number of reports that fail it).
    """
    verdict = "数据校验通过，可以发布" if not failures else f"数据校验未通过（{len(failures)} 条），未发布"
    parts = [
        f"<h1>数据校验 Data Docs</h1><p><strong>{escape(verdict)}</strong></p>",
        _items("未通过 Failed", failures),
        _items("提示（不影响发布） Watched", watched),
        "<h2>各表 Tables</h2><table><tr><th>表 table</th><th>规则 rules</th><th>不符 failed</th></tr>",
        *(
            f"<tr><td>{_linked(folder, line.name)}</td><td>{line.evaluated}</td><td>{line.failed or ''}</td></tr>"
            for line in suites
        ),
        "</table><h2>检查目录 Checks</h2><table><tr><th>编号</th><th>检查</th><th>未通过的报告</th></tr>",
        *(
            f"<tr><td>{escape(check_id)}</td><td>{escape(title)}</td><td>{failed or ''}</td></tr>"
            for check_id, (title, failed) in checks.items()
        ),
        "</table>",
    ]
    style = STYLE.read_text(encoding="utf-8")
    page = f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>数据校验</title><style>{style}</style></head>'
    (folder / "index.html").write_text(f"{page}<body>{''.join(parts)}</body></html>\n", encoding="utf-8")


def _items(heading: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    return f"<h2>{escape(heading)}</h2><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


def _linked(folder: Path, suite: str) -> str:
    # Great Expectations makes a folder of every dot in a suite's name.
    page = next(iter(sorted((folder / "validations").joinpath(*suite.split(".")).rglob("*.html"))), None)
    if page is None:
        return escape(suite)
    return f'<a href="{escape(page.relative_to(folder).as_posix())}">{escape(suite)}</a>'
