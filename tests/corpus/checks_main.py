"""`python -m tests.corpus.checks_main`: the trials of the checks; faults, found, missed, false, recall and precision.

Without `--formats` one mixture of formats; with it every format by itself (`--formats all`, or names). `--results DIR` keeps the
counts, so that formats may be measured one after the other; `--docs PAGE` writes the tables of all that is kept there into the page.
A format that takes long is measured in parts: `--part 1/4` judges the first quarter of its checks, and the counts add up.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.corpus.measured_checks import Measured, Part, Verdict, all_trials, measure, thinned
from tests.corpus.trial_formats import EVERY, MIXED, Formats, single
from tests.corpus.trial_table import MIXTURE, Counted, replace_section, save, saved, tables
from tests.corpus.worlds import world_trials

WHOLE = Part()
SAMPLED = 6
"""How many examples of a kind of failure the list shows."""


def run(
    variants: int,
    only: frozenset[str] = frozenset(),
    workers: int = 2,
    formats: Formats = MIXED,
    keep: Path | None = None,
    part: Part = WHOLE,
) -> Measured:
    """Draw the trials and measure them: those of single reports in one warehouse, the worlds with their roster in another."""
    only = only or part.checks()
    drawn = (all_trials(variants, only, formats), world_trials(0, only, formats))
    reports, worlds = (
        measure([t for t in thinned(trials, formats.most, formats.name) if part.holds(t)], workers, keep)
        for trials in drawn
    )
    return reports.joined(worlds)


def report(verdicts: Sequence[Verdict], measured: Measured) -> str:
    """What went wrong, by check."""
    answers = measured.answers
    lines = [f"# Check failures, {time.strftime('%H:%M')}", ""]
    if answers.broken:
        lines.append(f"BROKEN: {answers.broken}")
    if answers.not_accepted:
        lines.append(
            f"NOT ACCEPTED ({len(answers.not_accepted)}): {dict(list(answers.not_accepted.items())[:6])}"
        )
    groups: dict[tuple[str, str, str], list[Verdict]] = {}
    for verdict in verdicts:
        class_ = answers.classes.get(verdict.check_id, "?")
        groups.setdefault((class_, verdict.check_id, verdict.kind), []).append(verdict)
    for (class_, check_id, kind), found in sorted(groups.items()):
        on = Counter(f"{v.trial.check_id or 'sound'}{'' if v.trial.fault else '·decoy'}" for v in found)
        lines.append(f"- {kind.upper()} {check_id} ({class_}) x{len(found)} on {dict(on.most_common(8))}")
        for verdict in found[:SAMPLED] if kind == "false" else found:
            lines.append(
                f"    - {verdict.file_name} [{verdict.trial.document.layout}] {verdict.told}  «{verdict.trial.variant}»"
            )
    return "\n".join(lines) + "\n"


def _chosen(names: str, most: int | None) -> Iterable[tuple[str, Formats]]:
    if not names:
        return [(MIXTURE, MIXED)]
    wanted = tuple(EVERY) if names == "all" else names.split(",")
    return [(name, single(name, most)) for name in wanted]


def _part(told: str) -> Part:
    number, of = told.split("/")
    return Part(int(number), int(of))


def main() -> None:
    """Parse the arguments, run, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--variants", type=int, default=24)
    parser.add_argument("--only", default="", help="checks, separated by commas")
    parser.add_argument("--formats", default="", help="formats each by itself, separated by commas; all")
    parser.add_argument("--most", type=int, help="faults a check gets at most in a format")
    parser.add_argument("--results", type=Path, help="folder that keeps counts and failures by format")
    parser.add_argument("--docs", type=Path, help="page whose tables are written anew from what is kept")
    parser.add_argument("--keep", type=Path, help="folder for the files that were judged wrongly")
    parser.add_argument(
        "--part", type=_part, default=WHOLE, help="2/4: the second of four parts of the checks"
    )
    parser.add_argument("--workers", type=int, default=2, help="processes that write and extract")
    options = parser.parse_args()
    only = frozenset(options.only.split(",")) - {""}
    measured_now: list[Counted] = []
    chosen = [] if options.docs and not options.formats else _chosen(options.formats, options.most)
    for name, formats in chosen:
        started = time.process_time()
        measured = run(options.variants, only, options.workers, formats, options.keep, options.part)
        measured_now.append(Counted(name, measured.tallies, measured.answers.classes))
        print(f"{name}: {time.process_time() - started:.0f} cpu-s", flush=True)
        if options.results:
            kept = save(measured, name, options.results, options.part)
            told = report(measured.verdicts, measured)
            kept.with_suffix(".failures.md").write_text(told, encoding="utf-8")
    text = tables(saved(options.results) if options.results else measured_now)
    print(text)
    if options.docs:
        replace_section(options.docs, text)


if __name__ == "__main__":
    main()
