"""`jixiao doctor`: what this machine has, what is missing, and which package to install."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from flows.engine import served_address
from flows.home import Home
from flows.settings import Settings

PACKAGES = (
    "prefect", "great_expectations", "duckdb", "duckdb-engine", "pyarrow", "python-docx", "lxml", "pdfplumber",
    "pypdfium2", "python-calamine", "openpyxl", "xlsxwriter", "pydantic-settings", "typer", "rich", "fsspec",
)  # fmt: skip
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
CHINESE_FONTS = ("wqy*", "NotoSansCJK*", "NotoSerifCJK*", "SourceHan*", "simsun*", "simhei*", "msyh*")


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing looked at. level: good, lacking (something cannot be read), broken (nothing can run)."""

    level: str
    what: str
    found: str
    remedy: str = ""


def examine(home: Path | None) -> int:
    """Prints every answer; gives 1 when nothing can run, else 0."""
    signs = {"good": "✓ 正常", "lacking": "△ 缺少", "broken": "✗ 有误"}
    answers = [
        answer
        for look in (_python, _packages, _tools, _machine, _home, _prefect)
        for answer in look(Home.at(home))
    ]
    for answer in answers:
        print(f"{signs[answer.level]}  {answer.what}：{answer.found}")
        if answer.remedy:
            print(f"        → {answer.remedy}")
    return int(any(answer.level == "broken" for answer in answers))


def _python(_: Home) -> Iterator[Answer]:
    found = ".".join(map(str, sys.version_info[:3]))
    yield Answer("good", "Python", found)


def _packages(_: Home) -> Iterator[Answer]:
    missing, present = [], []
    for name in PACKAGES:
        try:
            present.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        yield Answer(
            "broken", "Python 软件包", f"没有 {'、'.join(missing)}", "在项目目录运行 make test 重新安装"
        )
    yield Answer("good", "Python 软件包", "，".join(present))
    try:
        yield Answer("good", "扫描件识别 OCR", f"rapidocr {version('rapidocr')}")
    except PackageNotFoundError:
        yield Answer("lacking", "扫描件识别 OCR", "未安装", "扫描件和照片的状态将是 needs_tool")


def _tools(_: Home) -> Iterator[Answer]:
    # The readers' own probes: what they would find is what is told.
    from extractors.archives import bsdtar
    from extractors.readers.libreoffice import find_office

    office = find_office()
    if office:
        yield Answer("good", "LibreOffice（读取 .doc、.wps）", office)
    else:
        yield Answer(
            "lacking",
            "LibreOffice（读取 .doc、.wps）",
            "未安装，这类文件的状态将是 needs_tool",
            "apt-get install --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui",
        )
    archiver = shutil.which(bsdtar.PROGRAM)
    if archiver:
        yield Answer("good", "bsdtar（打开 .rar、.7z）", archiver)
    else:
        yield Answer(
            "lacking",
            "bsdtar（打开 .rar、.7z）",
            "未安装，这类文件的状态将是 needs_tool",
            f"apt-get install {bsdtar.PACKAGE}",
        )
    font = _chinese_font()
    if font:
        yield Answer("good", "中文字体", font.name)
    else:
        yield Answer(
            "lacking", "中文字体", "未安装，生成的 PDF 样例和图表会缺字", "apt-get install fonts-wqy-zenhei"
        )


def _chinese_font() -> Path | None:
    for folder in FONT_FOLDERS:
        for pattern in CHINESE_FONTS:
            for font in Path(folder).expanduser().rglob(pattern):
                if font.is_file():
                    return font
    return None


def _machine(_: Home) -> Iterator[Answer]:
    pages, page = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    memory = pages * page / 2**30
    cores = len(os.sched_getaffinity(0))
    enough = memory >= 3
    yield Answer(
        "good" if enough else "lacking",
        "处理器和内存",
        f"{cores} 核，{memory:.1f} GB",
        "" if enough else "内存不足 3 GB 时请用 --workers 1",
    )


def _home(home: Home) -> Iterator[Answer]:
    settings = Settings()
    folder = home.root
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // 2**20
    writable = os.access(folder, os.W_OK)
    yield Answer(
        "good" if writable else "broken",
        "数据目录",
        f"{home.root}{'' if home.root.exists() else '（尚未建立）'}",
        "" if writable else f"没有写权限：chown 或用 --home 指定其他目录（{folder}）",
    )
    yield Answer(
        "good" if free >= settings.min_free_mb else "broken",
        "磁盘空间",
        f"剩余 {free} MB",
        "" if free >= settings.min_free_mb else f"至少需要 {settings.min_free_mb} MB",
    )
    holder = home.holder() if home.root.exists() else None
    yield Answer("good", "写入锁", f"{holder} 正在运行" if holder else "空闲")


def _prefect(home: Home) -> Iterator[Answer]:
    address = os.environ.get("PREFECT_API_URL") or served_address(home)
    yield Answer("good", "Prefect 服务", address or f"内置（数据在 {home.prefect}），无需另行启动")
    analytics = os.environ.get("PREFECT_SERVER_ANALYTICS_ENABLED", "false").lower()
    if analytics in ("1", "true", "yes"):
        yield Answer("lacking", "Prefect 遥测", "已开启", "unset PREFECT_SERVER_ANALYTICS_ENABLED")
    else:
        yield Answer("good", "Prefect 遥测", "关闭")
