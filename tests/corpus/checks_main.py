"""`python -m tests.corpus.checks_main`: the trials of the checks; faults, found, missed, false, recall and precision by check."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.corpus.measured_checks import CheckTally, Measured, Verdict, all_trials, measure
from tests.corpus.worlds import world_trials

SAMPLED = 6
"""How many examples of a kind of failure the list shows."""


def run(variants: int, only: frozenset[str] = frozenset(), workers: int = 2) -> Measured:
    """Draw the trials and measure them: those of single reports in one warehouse, the worlds with their roster in another."""
    single = measure(list(all_trials(variants, only)), workers)
    return single.joined(measure(list(world_trials(0, only)), workers))


def table(measured: Measured) -> str:
    """Markdown: one line a check, and over all checks of class A."""
    tallies, classes = measured.tallies, measured.answers.classes
    lines = [
        "## Checks on injected faults",
        "",
        "Reports with one fault each beside reports that only look like it, over layouts, formats and wordings, through extraction,",
        "warehouse and catalogue (`python -m tests.corpus.checks_main`). faults: reports with a fault of this check; decoys: reports",
        "with something near it that is right; false: failures on any report without such a fault, consequences of other faults",
        "excepted (`tests/corpus/faults.yaml`). recall = found/faults, precision = found/(found + false).",
        "",
        "| check | class | faults | found | missed | decoys | false | recall | precision | formats of the faults |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    whole = CheckTally()
    for check_id, t in sorted(tallies.items()):
        lines.append(f"| {check_id} | {classes.get(check_id, '–')} | {_figures(t)} |")
        if classes.get(check_id, "A") == "A":
            whole.faults += t.faults
            whole.found += t.found
            whole.false += t.false
            whole.decoys += t.decoys
    lines.append(f"| **class A** | | {_figures(whole)} |")
    return "\n".join(lines) + "\n"


def _figures(t: CheckTally) -> str:
    formats = ", ".join(f"{name} {count}" for name, count in sorted(t.formats.items()))
    recall = f"{t.recall:.3f}" if t.faults else "–"
    precision = f"{t.precision:.3f}" if t.faults else "–"
    return f"{t.faults} | {t.found} | {t.faults - t.found} | {t.decoys} | {t.false} | {recall} | {precision} | {formats}"


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
    groups: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        groups.setdefault((verdict.kind, verdict.check_id), []).append(verdict)
    for (kind, check_id), found in sorted(groups.items(), key=lambda item: (item[0][1], item[0][0])):
        on = Counter(f"{v.trial.check_id or 'sound'}{'' if v.trial.fault else '·decoy'}" for v in found)
        lines.append(f"- {kind.upper()} {check_id} x{len(found)} on {dict(on.most_common(8))}")
        for verdict in found[:SAMPLED] if kind == "false" else found:
            lines.append(
                f"    - {verdict.file_name} [{verdict.trial.document.layout}] {verdict.told}  «{verdict.trial.variant}»"
            )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Parse the arguments, run, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--variants", type=int, default=24)
    parser.add_argument("--only", default="")
    parser.add_argument("--failures", type=Path)
    parser.add_argument("--table", type=Path)
    options = parser.parse_args()
    started = time.process_time()
    measured = run(options.variants, frozenset(options.only.split(",")) - {""})
    text = table(measured)
    print(text)
    print(f"{time.process_time() - started:.0f} cpu-s")
    if options.failures:
        options.failures.write_text(report(measured.verdicts, measured), encoding="utf-8")
    if options.table:
        options.table.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
