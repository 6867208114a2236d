"""The tables of docs/accuracy.md about the checks on injected faults, from the counts that the runs left."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.corpus.measured_checks import CheckTally, Measured, Part
from tests.corpus.table import CHECKS
from tests.corpus.trial_formats import EVERY

MIXTURE = "mixed"
COUNTS = ("faults", "found", "false", "decoys")


@dataclass(frozen=True, slots=True)
class Counted:
    """What a run over one format counted: tallies by check, the class of every check, and when it was measured."""

    format: str
    tallies: Mapping[str, CheckTally]
    classes: Mapping[str, str]
    measured: str = ""

    def of_class_a(self) -> CheckTally:
        """All checks of class A together."""
        return summed(t for c, t in self.tallies.items() if self.classes.get(c, "A") == "A")


def summed(tallies: Iterable[CheckTally]) -> CheckTally:
    """Several tallies as one."""
    whole = CheckTally()
    for t in tallies:
        whole.faults += t.faults
        whole.found += t.found
        whole.false += t.false
        whole.decoys += t.decoys
    return whole


def save(measured: Measured, format_: str, folder: Path, part: Part) -> Path:
    """Keep the counts of a run, or of one part of it, as `<format>.<part>-<parts>.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{format_}.{part.number}-{part.of}.json"
    tallies = {
        check_id: {name: getattr(t, name) for name in COUNTS} for check_id, t in measured.tallies.items()
    }
    told = {"classes": measured.answers.classes, "tallies": tallies, "measured": _now()}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
    return path


def _now() -> str:
    """The time, and the commit whose files are measured; with a plus where they differ from it."""
    home = Path(__file__).parent
    said = [
        subprocess.run(["git", *words.split()], cwd=home, capture_output=True, text=True, check=False).stdout
        for words in ("rev-parse --short HEAD", "status --porcelain --untracked-files=no")
    ]
    commit = said[0].strip() + ("+" if said[1].strip() else "")
    return f"{datetime.now():%Y-%m-%d %H:%M} {commit}".strip()


def saved(folder: Path) -> list[Counted]:
    """The counts of all runs in `folder`, in the order of the formats; the parts of a run as one."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(folder.glob("*.json")):
        parts.setdefault(path.name.split(".")[0], []).append(json.loads(path.read_text(encoding="utf-8")))
    order = [*EVERY]
    return [
        _joined(name, parts[name])
        for name in sorted(parts, key=lambda n: (order.index(n) if n in order else 99, n))
    ]


def _joined(format_: str, parts: list[dict[str, Any]]) -> Counted:
    classes = {check_id: name for told in parts for check_id, name in told["classes"].items()}
    checks = sorted({check_id for told in parts for check_id in told["tallies"]})
    tallies = {
        check_id: summed(
            CheckTally(**told["tallies"][check_id]) for told in parts if check_id in told["tallies"]
        )
        for check_id in checks
    }
    times = sorted({told["measured"] for told in parts})
    return Counted(format_, tallies, classes, times[0] if len(times) == 1 else f"{times[0]} – {times[-1]}")


def tables(runs: list[Counted]) -> str:
    """Markdown: recall and precision by format, and by check with what was found in each format."""
    classes = {check_id: name for run in runs for check_id, name in run.classes.items()}
    lines = [
        CHECKS,
        "",
        "Reports with one fault each beside reports that only look like it, over layouts and wordings, through extraction, warehouse and",
        "catalogue, every format with layouts, figures and units of its own (`python -m tests.corpus.checks_main`). faults: reports with a",
        "fault of this check; decoys: reports with something near it that is right; false: failures on any report without such a fault,",
        "consequences of other faults excepted (`tests/corpus/faults.yaml`). recall = found/faults, precision = found/(found + false).",
        "Checks of the narrative are not tried in worksheets; doc, wps and scans are samples, because they cost seconds a file.",
        "Every format is measured by itself, some in parts (`--part 1/4`). measured: when, and the commit whose files were measured.",
        "",
        "| format | measured | checks | faults | found | decoys | false | recall | precision |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for run in runs:
        tried = sum(t.faults > 0 for c, t in run.tallies.items() if classes.get(c, "A") == "A")
        lines.append(f"| {run.format} | {run.measured} | {tried} | {_figures(run.of_class_a())} |")
    everything = summed(run.of_class_a() for run in runs)
    lines += [f"| **all** | | | {_figures(everything)} |", ""]
    names = [run.format for run in runs]
    lines += [
        "By check; under a format: found of the faults put in there, and false alarms where there were any.",
        "",
        "| check | class | faults | found | decoys | false | recall | precision | "
        + " | ".join(names)
        + " |",
        "|---|---|---|---|---|---|---|---|" + "---|" * len(names),
    ]
    for check_id in sorted({check_id for run in runs for check_id in run.tallies}):
        each = [run.tallies.get(check_id, CheckTally()) for run in runs]
        cells = " | ".join(_cell(t) for t in each)
        lines.append(f"| {check_id} | {classes.get(check_id, '–')} | {_figures(summed(each))} | {cells} |")
    lines.append(
        f"| **class A** | | {_figures(everything)} | {' | '.join(_cell(run.of_class_a()) for run in runs)} |"
    )
    return "\n".join(lines) + "\n"


def _figures(t: CheckTally) -> str:
    recall, precision = (f"{t.recall:.3f}", f"{t.precision:.3f}") if t.faults else ("–", "–")
    return f"{t.faults} | {t.found} | {t.decoys} | {t.false} | {recall} | {precision}"


def _cell(t: CheckTally) -> str:
    found = f"{t.found}/{t.faults}" if t.faults else ""
    return f"{found} ({t.false} false)".strip() if t.false else found


def replace_section(path: Path, text: str) -> None:
    """Put the tables in the place of those that stand in the page."""
    page = path.read_text(encoding="utf-8") if path.exists() else ""
    before, _, after = page.partition(CHECKS)
    following = after[after.index("\n## ") + 1 :] if "\n## " in after else ""
    parts = [before.rstrip("\n"), text.rstrip("\n"), following.rstrip("\n")]
    path.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")
