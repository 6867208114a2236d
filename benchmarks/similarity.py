"""Comparison of narratives between units: precision and recall by degree of copying, cpu-seconds, peak memory.

Run: `python -m benchmarks.similarity [reports ...]`; 10,000 and 100,000 narratives of about 5,000 characters by default.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.narratives import DEGREES, Narrative, corpus, load
from expectations.catalogue import load_catalogue
from expectations.judge import judge
from expectations.similarity import find_similar_texts
from expectations.sql_files import load_macros
from warehouse.store import StoreSettings, open_warehouse


@dataclass(frozen=True, slots=True)
class Outcome:
    """found, injected: copies by degree. wrong: findings on reports that neither copied nor were copied from, or that name
    another unit than the right one. cpu: seconds of the first and of a second comparison. memory: MB."""

    reports: int
    found: Counter[str]
    injected: Counter[str]
    wrong: int
    cpu: tuple[float, float]
    memory: int

    @property
    def recall(self) -> float:
        """Of the copies."""
        return self.found.total() / max(1, self.injected.total())

    @property
    def precision(self) -> float:
        """Of the reports found; both sides of a copy are found."""
        return 1 - self.wrong / max(1, self.wrong + 2 * self.found.total())


def measure(units: int, copies: int, characters: int) -> Outcome:
    """Make a corpus, compare, and hold what TXT-06 found against what was injected."""
    with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as folder:
        warehouse = Path(folder) / "warehouse.duckdb"
        told = _alone(make, warehouse, units, copies, characters)
        cpu, memory, findings = _alone(compare, warehouse)
    found, injected, wrong = judge_findings(told, findings)
    return Outcome(len(told), found, injected, wrong, cpu, memory)


def make(warehouse: Path, units: int, copies: int, characters: int) -> list[Narrative]:
    """A warehouse with a corpus; gives the narratives without their texts."""
    told = corpus(units, copies, characters)
    with closing(open_warehouse(warehouse, settings=StoreSettings("1GB", 2))) as con:
        load(con, told)
        con.execute("CHECKPOINT")
    return [replace(item, chapters=()) for item in told]


def compare(warehouse: Path) -> tuple[tuple[float, float], int, dict[str, str]]:
    """cpu-seconds of a first and of a second comparison, peak memory in MB, and what TXT-06 finds by them."""
    with closing(open_warehouse(warehouse, settings=StoreSettings("2GB", 2))) as con:
        load_macros(con)
        cpu = (_cpu(lambda: find_similar_texts(con)), _cpu(lambda: find_similar_texts(con)))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        judge(con, date(2024, 4, 1), "bench", catalogue=load_catalogue().only("TXT-06"))
        rows = con.execute(
            "SELECT report_id, expected_value FROM judge.findings WHERE check_id = 'TXT-06'"
        ).fetchall()
    return cpu, memory, {str(one): str(other) for one, other in rows}


def _alone(work: Callable[..., Any], *arguments: object) -> Any:
    """In a process of its own, so that one step's memory is not another's."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def judge_findings(told: list[Narrative], findings: dict[str, str]) -> tuple[Counter[str], Counter[str], int]:
    """Copies found and injected by degree, and findings without a cause. findings: report -> the other unit named."""
    partners: dict[str, set[str]] = {}
    for number, item in enumerate(told):
        if item.copied_from is not None:
            partners.setdefault(f"n{number}", set()).add(told[item.copied_from].unit)
            partners.setdefault(f"n{item.copied_from}", set()).add(item.unit)
    of_unit: dict[str, set[str]] = {}
    for number, item in enumerate(told):
        of_unit.setdefault(item.unit, set()).update(partners.get(f"n{number}", ()))
    wrong = sum(other not in of_unit[told[int(report[1:])].unit] for report, other in findings.items())
    injected = Counter(item.degree for item in told if item.degree)
    found = Counter(
        item.degree for number, item in enumerate(told) if item.degree and f"n{number}" in findings
    )
    return found, injected, wrong


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    """Measure and print."""
    for units in [int(word) for word in sys.argv[1:]] or [10_000, 100_000]:
        outcome = measure(units, max(60, units // 100), 5_000)
        print(
            f"{outcome.reports:,} narratives: {outcome.cpu[0]:.1f} cpu-s the first time, {outcome.cpu[1]:.1f} with marks kept, "
            f"peak memory {outcome.memory:,} MB; recall {outcome.recall:.3f}, precision {outcome.precision:.3f}"
        )
        for degree in DEGREES:
            print(f"  {degree}: {outcome.found[degree]} of {outcome.injected[degree]}")


if __name__ == "__main__":
    main()
