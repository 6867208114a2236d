"""Readers side by side in one run: speed, memory and exact cells of this project, plain library calls, converters and floors.

Every contestant runs in a process of its own over the same generated forms; the best time of each file counts (ours and the
floor take three turns each, one after the other). Times are CPU times, so a shared machine distorts them little; ratios are over the files both have read. Absolute
figures are this machine's; the ratios are what carries over. The table is Markdown. Environment: JIXIAO_BENCH_FORMATS=docx,pdf
restricts the run to those kinds, JIXIAO_BENCH_TURNS sets the turns (3), JIXIAO_BENCH_CONVERTERS=0 leaves the converters out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks._contestants import CONVERTERS
from benchmarks._corpus import KINDS, write_kind, write_legacy, write_scans
from benchmarks._environment import ROOT, converters_python

TURNS = int(os.environ.get("JIXIAO_BENCH_TURNS", "3"))
ROUNDS = 3
BUDGET = 6.0
"""CPU seconds a contestant may take for one pass over a folder."""

OURS = {"jixiao", "jixiao_in_batch"}
WORD = (
    "floor_docx",
    "jixiao",
    "python_docx",
    "python_docx_cell_by_cell",
    "docx2python",
    "mammoth",
    "docling",
    "markitdown",
)
PDF = ("floor_pdf", "jixiao", "pdfplumber", "camelot", "img2table", "markitdown")
LINE_UP: dict[str, tuple[str, ...]] = {
    "docx": WORD,
    "docx, report": WORD[:3],
    "doc": ("jixiao_in_batch",),
    "wps": ("jixiao_in_batch",),
    "xlsx": ("floor_xlsx", "jixiao", "openpyxl", "calamine", "markitdown"),
    "xls": ("jixiao", "xlrd", "calamine", "markitdown"),
    "pdf": PDF,
    "pdf, report": PDF[:3],
    "pdf, blank forms": PDF[:3],
    "pdf, page breaks": PDF[:3],
    "scan": ("jixiao",),  # by the page
    "html": ("floor_html", "jixiao", "markitdown"),
    "text": ("floor_text", "jixiao"),
}
SHOWN = {
    "jixiao_in_batch": "jixiao (LibreOffice in batches)",
    "python_docx_cell_by_cell": "python-docx, cell(r, c)",
}
SHOWN |= {
    "python_docx": "python-docx, row.cells",
    "pdfplumber": "pdfplumber, extract_tables",
    "jixiao": "jixiao",
}
SHOWN |= {"floor_docx": "floor: unzip, parse XML", "floor_xlsx": "floor: unzip, parse XML"}
SHOWN |= {"floor_pdf": "floor: PDFium text only", "floor_html": "floor: parse", "floor_text": "floor: decode"}

HEADER = """| format | reader | files | cpu-ms | files/s/core | peak MB | cells exact | cells nobody drew | rows exact | time to ours | time to floor |
|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"""


@dataclass(slots=True)
class Result:
    """What a contestant did with a kind over all its turns. ms: the best time of each file."""

    ms: dict[str, float] = field(default_factory=dict)
    mb: float = 0.0
    score: dict[str, int] = field(default_factory=dict)
    failure: str = ""

    def add(self, turn: dict[str, object]) -> None:
        """Take in one turn's answer."""
        times = turn.pop("ms")
        assert isinstance(times, dict)
        for name, took in times.items():
            self.ms[name] = min(took, self.ms.get(name, took))
        peak = turn.pop("mb")
        assert isinstance(peak, float)
        self.mb = max(self.mb, peak)
        self.score = {name: int(str(value)) for name, value in turn.items()}

    def ratio(self, other: Result) -> float:
        """How many times longer this one takes than the other over the files both have read."""
        both = sorted(self.ms.keys() & other.ms.keys())
        return sum(self.ms[name] for name in both) / max(sum(other.ms[name] for name in both), 1e-9)

    def share(self, what: str) -> str:
        """Rows or cells found of those wanted."""
        return f"{self.score.get(what, 0) / max(self.score.get(f'{what}_wanted', 0), 1):.4f}"


def main() -> None:
    """Prints a table; works in a temporary folder."""
    wanted = set(filter(None, os.environ.get("JIXIAO_BENCH_FORMATS", "").split(","))) or set(LINE_UP)
    wanted |= {kind for kind in LINE_UP if kind.partition(",")[0] in wanted}
    chosen = {kind: line_up for kind, line_up in LINE_UP.items() if kind in wanted}
    converters = _converters()
    with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as folder:
        folders = _write(list(chosen), Path(folder))
        print(HEADER, flush=True)
        for kind, home in folders.items():
            _print(kind, _contest(chosen[kind], home, converters))


def _contest(line_up: tuple[str, ...], folder: Path, converters: Path | None) -> dict[str, Result]:
    """What each contestant made of a folder."""
    results: dict[str, Result] = {}
    for turn in range(TURNS):
        for contestant in line_up:
            outside = contestant in CONVERTERS
            # Only ours and the floor are near enough to each other to need several turns.
            if (turn and not _near(contestant)) or (outside and converters is None):
                continue
            python = converters if outside and converters else Path(sys.executable)
            _run(python, contestant, folder, results.setdefault(contestant, Result()))
    return results


def _near(contestant: str) -> bool:
    return contestant in OURS or contestant.startswith("floor")


def _converters() -> Path | None:
    if os.environ.get("JIXIAO_BENCH_CONVERTERS") == "0":
        return None
    python, reason = converters_python()
    if python is None:
        print(f"converters left out: their environment could not be built ({reason})\n")
    return python


def _write(kinds: list[str], root: Path) -> dict[str, Path]:
    """The folders of the kinds; without those that this machine cannot make, which are named."""
    from extractors.readers.libreoffice import find_office

    folders: dict[str, Path] = {}
    sources = {"docx"} if {"doc", "wps"} & set(kinds) else set()
    sources |= {"pdf"} if "scan" in kinds else set()
    made = {kind: write_kind(kind, root) for kind in KINDS if kind in kinds or kind in sources}
    for kind in kinds:
        if kind in made:
            folders[kind] = made[kind]
        elif kind == "scan":
            folders[kind] = write_scans(made["pdf"], root)
        elif find_office() is None:
            print(f"{kind} left out: LibreOffice is not installed\n")
        else:
            folders[kind] = write_legacy(made["docx"], root, kind)
    return folders


def _run(python: Path, contestant: str, folder: Path, result: Result) -> None:
    command = [str(python), "-m", "benchmarks._contest", contestant, str(folder), str(ROUNDS), str(BUDGET)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        last = done.stderr.strip().splitlines()
        result.failure = last[-1] if last else f"exit {done.returncode}"
        return
    result.add(json.loads(done.stdout.splitlines()[-1]))


def _print(kind: str, results: dict[str, Result]) -> None:
    kind = "scan (a page)" if kind == "scan" else kind
    ours = next(result for name, result in results.items() if name in OURS)
    floor = next((result for name, result in results.items() if name.startswith("floor")), None)
    for contestant, result in results.items():
        name = SHOWN.get(contestant, contestant)
        if not result.ms:
            print(f"| {kind} | {name} | | failed: {result.failure} | | | | | | | |", flush=True)
            continue
        mean = sum(result.ms.values()) / len(result.ms)
        accuracy = (
            "| | | "
            if contestant.startswith("floor")
            else f"| {result.share('cells')} | {result.score['cells_spurious']} | {result.share('rows')} "
        )
        to_ours = f"{result.ratio(ours):.2f}" if ours.ms else ""
        to_floor = f"{result.ratio(floor):.2f}" if floor is not None and floor.ms else ""
        print(
            f"| {kind} | {name} | {len(result.ms)} | {mean:.2f} | {1000 / mean:.0f} | {result.mb:.0f} {accuracy}"
            f"| {to_ours} | {to_floor} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
