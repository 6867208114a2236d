"""`python -m tests.corpus`: measure extraction over the corpus, print the table, write docs/accuracy.md and a list of failures."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.corpus.cases import FORMATS, STATES, Case, all_cases
from tests.corpus.expectation import expected_forms
from tests.corpus.measure import Outcome, compare, tally
from tests.corpus.table import write_accuracy

INVENTED = 120
"""Layouts put together at random for the page of docs."""


def measured(case: Case, folder: Path) -> list[Outcome]:
    """The outcomes of one case; an error of the extraction leaves every field missing and is told in one more outcome."""
    from extractors import extract_reports

    path = case.write(folder)
    expected = expected_forms(case.document())
    try:
        reports = extract_reports(path)
    except Exception as error:
        told = Outcome("form", "", "error", "missing", "可读", f"{type(error).__name__}: {error}")
        return [told, *compare(expected, [])]
    finally:
        path.unlink()
    return compare(expected, reports)


def main() -> None:
    """Parse the arguments, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--states", default=",".join(STATES))
    parser.add_argument("--layouts", default="")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument(
        "--invented", type=int, default=0, help="layouts put together at random, instead of the named ones"
    )
    parser.add_argument("--failures", type=Path)
    parser.add_argument("--docs", type=Path)
    parser.add_argument("--checks", type=int, default=0, help="variants a check: the fault corpora too")
    options = parser.parse_args()
    wanted = set(options.layouts.split(",")) - {""}
    results: dict[Case, list[Outcome]] = {}
    seconds: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for case in all_cases(
            options.seeds,
            tuple(options.formats.split(",")),
            tuple(options.states.split(",")),
            options.invented,
        ):
            if wanted and case.layout not in wanted:
                continue
            started = time.perf_counter()
            results[case] = measured(case, Path(folder))
            seconds[case.format] += time.perf_counter() - started
    _print(results, seconds)
    if options.failures:
        options.failures.write_text(failure_report(results), encoding="utf-8")
    if options.docs:
        write_accuracy(options.docs, results, _invented(), _checks(options.checks) if options.checks else "")


def _invented() -> dict[Case, list[Outcome]]:
    with tempfile.TemporaryDirectory() as folder:
        drawn = all_cases(1, ("docx", "xlsx", "text", "pdf"), ("clean",), INVENTED)
        return {case: measured(case, Path(folder)) for case in drawn}


def _checks(variants: int) -> str:
    from tests.corpus.checks_main import run, table

    answers, tallies, _ = run(variants, frozenset())
    return table(tallies, answers.classes)


def _print(results: dict[Case, list[Outcome]], seconds: Counter[str]) -> None:
    for group in ("format", "layout", "state"):
        print(f"\n{group:26} exact  recall precis | missing wrong misplaced spurious  of")
        for key in dict.fromkeys(getattr(case, group) for case in results):
            t = tally(
                o for case, outcomes in results.items() if getattr(case, group) == key for o in outcomes
            )
            took = f" {seconds[key]:.1f}s" if group == "format" else ""
            print(
                f"{key:26} {t.exact_share:.4f} {t.recall:.4f} {t.precision:.4f} | {t.missing:7} {t.wrong:5} {t.misplaced:9} {t.spurious:8} {t.total:5}{took}"
            )


def failure_report(results: dict[Case, list[Outcome]]) -> str:
    """Failures grouped by layout, field and verdict, with counts by format and examples."""
    groups: dict[tuple[str, str, str], list[tuple[Case, Outcome]]] = {}
    for case, outcomes in results.items():
        for outcome in outcomes:
            if outcome.verdict != "exact":
                groups.setdefault(
                    (case.layout, f"{outcome.part}.{outcome.field}", outcome.verdict), []
                ).append((case, outcome))
    lines = [
        f"# Corpus failures, {time.strftime('%H:%M')}: layout, field, verdict, times (formats/states), examples expected -> got",
        "",
    ]
    for (layout, field, verdict), found in sorted(groups.items(), key=lambda item: -len(item[1])):
        formats = Counter(f"{case.format}/{case.state}" for case, _ in found)
        lines.append(f"- {layout} {field} {verdict} x{len(found)} in {dict(formats.most_common(6))}")
        for case, outcome in found[:2]:
            lines.append(f"    - [{case.id}] {outcome.subject}: `{outcome.expected}` -> `{outcome.got}`")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
