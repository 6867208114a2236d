"""`python -m tests.corpus.checks_main`: the fault corpora through extraction, warehouse and catalogue; recall and precision by check."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.corpus.faults import CheckTally, FaultCase, Verdict, cases, judge_cases
from tests.corpus.formats import FORMATS
from tests.corpus.judged import Answers, judge_folder


def run(
    variants: int, only: frozenset[str], workers: int = 2
) -> tuple[Answers, dict[str, CheckTally], list[Verdict]]:
    """Draw, write, extract, load, judge, compare."""
    drawn = dict(cases(variants, only))
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder, "in")
        inbox.mkdir()
        paths = [_write(case, document, inbox) for case, document in drawn.items()]
        answers = judge_folder(Path(folder), paths, workers)
    failing = {
        (
            f.file_name,
            f.check_id,
        ): f"{f.subject} | {f.reported} | {f.expected} | {f.evidence[:90]} | {f.place}"
        for f in reversed(answers.failures)
    }
    tallies, verdicts = judge_cases(drawn, answers.answers, failing)
    return answers, tallies, verdicts


def _write(case: FaultCase, document, inbox: Path) -> Path:
    path = inbox / case.file_name
    FORMATS[case.format].writer(document, path)
    return path


def table(tallies: dict[str, CheckTally], classes: dict[str, str]) -> str:
    """Markdown: recall and precision per check, and over all checks of class A."""
    lines = [
        "## Checks on injected faults",
        "",
        "Sound documents with one fault each, over layouts, formats and wordings, through extraction, warehouse and catalogue",
        "(`python -m tests.corpus.checks_main`). Recall: faults found; precision: failures that a fault explains. Checks without",
        "an injected count only raise alarms here.",
        "",
        "| check | class | injected | found | recall | failures | explained | precision |",
        "|---|---|---|---|---|---|---|---|",
    ]
    whole = CheckTally()
    for check_id, t in sorted(tallies.items()):
        lines.append(
            f"| {check_id} | {classes.get(check_id, '–')} | {t.injected} | {t.found} | {t.recall:.3f} | {t.failed} | {t.rightly} | {t.precision:.3f} |"
        )
        if classes.get(check_id, "A") == "A":
            whole.injected += t.injected
            whole.found += t.found
            whole.failed += t.failed
            whole.rightly += t.rightly
    lines.append(
        f"| **class A** | | {whole.injected} | {whole.found} | {whole.recall:.3f} | {whole.failed} | {whole.rightly} | {whole.precision:.3f} |"
    )
    return "\n".join(lines) + "\n"


def report(verdicts: Sequence[Verdict], answers: Answers) -> str:
    """What went wrong, by check."""
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
    for (kind, check_id), found in sorted(groups.items(), key=lambda item: -len(item[1])):
        layouts = Counter(v.case.layout for v in found)
        formats = Counter(v.case.format for v in found)
        injected = Counter(v.case.check_id or "sound" for v in found)
        about = (
            f"answers {dict(Counter(v.told for v in found))}"
            if kind == "missed"
            else f"on {dict(injected.most_common(8))}"
        )
        lines.append(
            f"- {kind.upper()} {check_id} x{len(found)} {about} layouts {dict(layouts.most_common(5))} formats {dict(formats)}"
        )
        for verdict in found[:4]:
            lines.append(f"    - {verdict.case.file_name}: {verdict.told}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Parse the arguments, run, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--variants", type=int, default=24)
    parser.add_argument("--only", default="")
    parser.add_argument("--failures", type=Path)
    parser.add_argument("--table", type=Path)
    options = parser.parse_args()
    started = time.perf_counter()
    answers, tallies, verdicts = run(options.variants, frozenset(options.only.split(",")) - {""})
    text = table(tallies, answers.classes)
    print(text)
    print(f"{time.perf_counter() - started:.0f} s")
    if options.failures:
        options.failures.write_text(report(verdicts, answers), encoding="utf-8")
    if options.table:
        options.table.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
