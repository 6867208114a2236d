"""Readers side by side in one run: time and memory a file and exact rows, ours against floors and well-known libraries.

Every contestant runs in a process of its own over the same generated forms; contestants take turns, the best of
the rounds counts. Absolute figures are this machine's; the ratios are what carries over.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TURNS = int(os.environ.get("JIXIAO_BENCH_TURNS", "3"))
ROUNDS = 3

LINE_UP: dict[str, tuple[str, ...]] = {
    "docx": ("floor_docx", "ours", "python_docx", "docx2python", "markitdown"),
    "xlsx": ("floor_xlsx", "ours", "openpyxl_cells", "calamine"),
    "xls": ("ours", "calamine"),
    "pdf": ("floor_pdf", "ours", "pdfplumber_tables"),
    "html": ("ours",),
    "text": ("ours",),
}
NEEDS = {"markitdown": "markitdown", "docx2python": "docx2python"}


def main() -> None:
    """Prints a table by format; works in a temporary folder. JIXIAO_BENCH_FORMATS=docx,pdf restricts it."""
    wanted = set(os.environ.get("JIXIAO_BENCH_FORMATS", ",".join([*LINE_UP, "doc"])).split(","))
    with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as folder:
        chosen = {name: contestants for name, contestants in LINE_UP.items() if name in wanted}
        folders = {name: _write_forms(name, Path(folder)) for name in {*chosen, "docx"}}
        results: dict[tuple[str, str], list[dict[str, float]]] = {}
        for _ in range(TURNS):
            for name, contestants in chosen.items():
                for contestant in contestants:
                    if importlib.util.find_spec(NEEDS.get(contestant, "extractors")):
                        results.setdefault((name, contestant), []).append(_run(contestant, folders[name]))
        _print(results)
        if "doc" in wanted:
            _print_legacy(folders["docx"], Path(folder))


def _write_forms(name: str, folder: Path) -> Path:
    """One form of each layout of the corpus, and beside them the rows they declare."""
    from flows.samples.sheet import Grid
    from tests.corpus.cases import all_cases

    target = folder / name
    target.mkdir()
    expected: dict[str, list[list[list[str | None]]]] = {}
    for case in all_cases(1, (name,), ("clean",)):
        path = case.write(target)
        expected[path.name] = [_filled(block) for block in case.document().blocks if isinstance(block, Grid)]
    (target / "expected.json").write_text(json.dumps(expected, ensure_ascii=False), encoding="utf-8")
    return target


def _filled(grid: object) -> list[list[str | None]]:
    from flows.samples.sheet import Grid

    assert isinstance(grid, Grid)
    rows: list[list[str | None]] = [[None] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, grid.row_count)):
            for column in range(cell.column, min(cell.column + cell.column_span, grid.column_count)):
                rows[row][column] = cell.text
    return rows


def _run(contestant: str, folder: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks._contest", contestant, str(folder), str(ROUNDS)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return {"ms": float("nan"), "mb": float("nan"), "exact": float("nan"), "files": 0}
    return json.loads(done.stdout.splitlines()[-1])


def _print(results: dict[tuple[str, str], list[dict[str, float]]]) -> None:
    print(f"{'format':<7}{'reader':<20}{'cpu-ms':>8}{'files/s':>9}{'MB':>6}{'rows exact':>12}  ratio to ours")
    for (name, contestant), runs in results.items():
        own = min(run["ms"] for run in results[name, "ours"])
        best = min(run["ms"] for run in runs)
        note = f"{best / own:.2f}"
        if contestant == "ours" and (name, f"floor_{name}") in results:
            floor = min(run["ms"] for run in results[name, f"floor_{name}"])
            note = f"1.00 ({own / floor:.2f} x floor)"
        exact = "" if contestant.startswith("floor") else f"{runs[-1]['exact']:.3f}"
        peak = max(run["mb"] for run in runs)
        print(f"{name:<7}{contestant:<20}{best:>8.2f}{1000 / best:>9.0f}{peak:>6.0f}{exact:>12}  {note}")


def _cpu() -> float:
    """CPU seconds of this process and of those it has ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _print_legacy(docx_folder: Path, folder: Path) -> None:
    """Word 97 through LibreOffice: one process for many files, reading included."""
    from extractors.limits import DEFAULT_LIMITS
    from extractors.readers import legacy, libreoffice

    if libreoffice.find_office() is None:
        print("doc     skipped: LibreOffice is not installed")
        return
    sources = [(path, "docx") for path in sorted(docx_folder.glob("*.docx"))[:36]]
    to_docx, libreoffice.TO_DOCX = libreoffice.TO_DOCX, "doc:MS Word 97"
    made = libreoffice.convert(sources, folder / "doc", DEFAULT_LIMITS)
    libreoffice.TO_DOCX = to_docx
    old = [(found.path, "doc") for found in made if found.path is not None and found.path.suffix == ".doc"]
    begin = _cpu()
    for found in libreoffice.convert(old, folder / "back", DEFAULT_LIMITS):
        if found.path is not None:
            legacy.read_converted(found.path, "doc", DEFAULT_LIMITS)
    took = (_cpu() - begin) * 1000 / max(len(old), 1)
    print(
        f"{'doc':<7}{'ours, in batch':<20}{took:>8.2f}{1000 / took:>9.0f}   (LibreOffice and reading, {len(old)} files in one process)"
    )


if __name__ == "__main__":
    main()
