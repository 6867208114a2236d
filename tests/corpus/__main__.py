"""`python -m tests.corpus`: measure extraction over the corpus, print the table, write docs/accuracy.md and a list of failures."""

from __future__ import annotations

import argparse
import tempfile
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import groupby, islice
from pathlib import Path

from extractors.limits import DEFAULT_LIMITS
from extractors.readers.legacy import SUFFIXES, read_converted
from extractors.readers.libreoffice import Conversion, convert
from extractors.readers.sniff import sniff
from extractors.report import Report
from tests.corpus.cases import STATES, Case, all_cases, write_all
from tests.corpus.expectation import expected_forms
from tests.corpus.formats import FORMATS
from tests.corpus.measure import Outcome, compare, tally
from tests.corpus.table import write_accuracy

BATCH = 20
INVENTED = 120
"""Layouts put together at random for the page of docs."""


def measured(case: Case, folder: Path) -> list[Outcome]:
    """The outcomes of one case; an error of the extraction leaves every field missing and is told in one more outcome."""
    return dict(measured_all([case], folder))[case]


def measured_all(cases: Iterable[Case], folder: Path) -> Iterator[tuple[Case, list[Outcome]]]:
    """The outcomes of many cases, those of one format a batch at a time."""
    for _, group in groupby(
        sorted(cases, key=lambda case: tuple(FORMATS).index(case.format)), lambda case: case.format
    ):
        for batch in _batches(group):
            paths = write_all(batch, folder)
            for case, reports in zip(batch, _read(paths), strict=True):
                expected = expected_forms(case.document())
                if isinstance(reports, Exception):
                    told = f"{type(reports).__name__}: {reports}"
                    yield (
                        case,
                        [Outcome("form", "", "error", "missing", "可读", told), *compare(expected, [])],
                    )
                else:
                    yield case, compare(expected, reports)
            for path in paths:
                path.unlink()


def _batches(cases: Iterable[Case]) -> Iterator[list[Case]]:
    remaining = iter(cases)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _read(paths: Sequence[Path]) -> list[list[Report] | Exception]:
    """What extraction makes of each file; Word 97 and its kin through one process of LibreOffice, as the yearly run does."""
    from extractors import extract_reports

    if sniff(paths[0]) not in SUFFIXES:
        return [_or_error(extract_reports, path) for path in paths]
    with tempfile.TemporaryDirectory() as folder:
        made = convert([(path, SUFFIXES[sniff(path)]) for path in paths], Path(folder), DEFAULT_LIMITS)
        return [_or_error(_converted, path, done) for path, done in zip(paths, made, strict=True)]


def _converted(path: Path, done: Conversion) -> list[Report]:
    from extractors.forms import recognise

    if done.path is None:
        raise done.error or RuntimeError(f"{path.name} 未能转换")
    return recognise(read_converted(done.path, sniff(path), DEFAULT_LIMITS), path.name)


def _or_error(read: Callable[..., list[Report]], *given: object) -> list[Report] | Exception:
    try:
        return read(*given)
    except Exception as error:
        return error


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
    parser.add_argument("--sample", type=int, default=1, help="one case in so many, always the same ones")
    parser.add_argument("--failures", type=Path)
    parser.add_argument("--docs", type=Path)
    options = parser.parse_args()
    wanted = set(options.layouts.split(",")) - {""}
    results: dict[Case, list[Outcome]] = {}
    seconds: defaultdict[str, float] = defaultdict(float)
    with tempfile.TemporaryDirectory() as folder:
        formats, states = tuple(options.formats.split(",")), tuple(options.states.split(","))
        cases = [
            case
            for case in all_cases(options.seeds, formats, states, options.invented)
            if not wanted or any(fnmatchcase(case.layout, name) for name in wanted)
        ]
        cases = [case for case in cases if zlib.crc32(case.id.encode()) % options.sample == 0]
        started = time.process_time()
        for case, outcomes in measured_all(cases, Path(folder)):
            results[case] = outcomes
            seconds[case.format] += time.process_time() - started
            started = time.process_time()
    results = {case: results[case] for case in cases}
    _print(results, seconds)
    if options.failures:
        options.failures.write_text(failure_report(results), encoding="utf-8")
    if options.docs:
        write_accuracy(options.docs, results, _invented(options.sample), options.sample)


def _invented(sample: int) -> dict[Case, list[Outcome]]:
    with tempfile.TemporaryDirectory() as folder:
        drawn = all_cases(1, ("docx", "xlsx", "text", "pdf"), ("clean",), -(-INVENTED // sample))
        return dict(measured_all(drawn, Path(folder)))


def _print(results: dict[Case, list[Outcome]], seconds: Mapping[str, float]) -> None:
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
