"""Every layout in every digital format and state of filling is read as declared: 0.995 exact, and no value in a wrong row or column."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.corpus.__main__ import measured, measured_all
from tests.corpus.cases import STATES, Case, all_cases
from tests.corpus.formats import FORMATS, SCANS
from tests.corpus.formats.office import is_installed
from tests.corpus.measure import MISPLACED, WRONG, Outcome, tally
from tests.corpus.unfamiliar.drawing import unfamiliar_layouts

DIGITAL = ("docx", "xlsx", "xls", "text", "pdf", "html", "ofd", "text-tabs")
VARIANTS = tuple(name for name, made in FORMATS.items() if made.group == "digital" and name not in DIGITAL)
OFFICE = tuple(name for name, made in FORMATS.items() if made.group == "office")
EXACT_SHARE = 0.995
OFFICE_SHARE = 0.99
SCAN_SHARE = 0.97

needs_office = pytest.mark.skipif(not is_installed(), reason="LibreOffice 未安装")


@cache
def known_gaps() -> frozenset[tuple[str, str]]:
    text = Path(__file__).with_name("known_gaps.yaml").read_text(encoding="utf-8")
    return frozenset((gap["layout"], gap["format"]) for gap in yaml.safe_load(text) or ())


def outcomes_of(
    folder: Path, format_: str, states: tuple[str, ...], gaps: bool = False
) -> dict[Case, list[Outcome]]:
    wanted = [
        case
        for case in all_cases(1, (format_,), states)
        if ((case.layout, case.format) in known_gaps()) == gaps
    ]
    return dict(measured_all(wanted, folder))


def assert_read_as_declared(results: dict[Case, list[Outcome]], share: float = EXACT_SHARE) -> None:
    counts = tally(outcome for outcomes in results.values() for outcome in outcomes)
    told = [
        f"{case.id} {o.part}.{o.field} {o.subject}: {o.verdict} {o.expected!r} -> {o.got!r}"
        for case, outcomes in results.items()
        for o in outcomes
        if o.verdict in {WRONG, MISPLACED}
    ]
    assert not told, "\n".join(told[:20])
    assert counts.exact_share >= share, (
        f"{counts.exact_share:.4f}：缺 {counts.missing}，多 {counts.spurious}，共 {counts.total}"
    )


@pytest.mark.parametrize("format_", DIGITAL)
def test_filled_forms_are_read_exactly(format_: str, tmp_path: Path) -> None:
    assert_read_as_declared(outcomes_of(tmp_path, format_, ("clean",)))


@pytest.mark.parametrize("state", [state for state in STATES if state != "clean"])
def test_forms_in_every_state_are_read_exactly(state: str, tmp_path: Path) -> None:
    assert_read_as_declared(outcomes_of(tmp_path, "text", (state,)))


@pytest.mark.parametrize("format_", ["docx", "pdf"])
def test_layouts_put_together_at_random_are_read_exactly(format_: str, tmp_path: Path) -> None:
    assert_read_as_declared(
        {case: measured(case, tmp_path) for case in all_cases(1, (format_,), ("clean",), 40)}
    )


@needs_office
def test_word_97_files_are_read_as_declared(tmp_path: Path) -> None:
    cases = [
        case for case in all_cases(1, ("doc",), ("clean",)) if case.layout in list(unfamiliar_layouts())[::3]
    ]
    assert_read_as_declared(dict(measured_all(cases, tmp_path)), OFFICE_SHARE)


@pytest.mark.long
@needs_office
@pytest.mark.parametrize("format_", OFFICE)
def test_what_office_programs_write_is_read_as_declared(format_: str, tmp_path: Path) -> None:
    assert_read_as_declared(outcomes_of(tmp_path, format_, ("clean", "half")), OFFICE_SHARE)


@pytest.mark.long
@pytest.mark.parametrize("format_", SCANS)
def test_scans_are_read_as_declared(format_: str, tmp_path: Path) -> None:
    results = outcomes_of(tmp_path, format_, STATES)
    counts = tally(outcome for outcomes in results.values() for outcome in outcomes)
    assert counts.exact_share >= SCAN_SHARE


@pytest.mark.long
@pytest.mark.parametrize("format_", (*DIGITAL, *VARIANTS))
def test_every_format_in_every_state(format_: str, tmp_path: Path) -> None:
    assert_read_as_declared(outcomes_of(tmp_path, format_, STATES))


@pytest.mark.long
def test_known_gaps_are_still_gaps(tmp_path: Path) -> None:
    for layout, format_ in known_gaps():
        outcomes = [
            outcome
            for case in all_cases(1, (format_,), ("clean",))
            if case.layout == layout
            for outcome in measured(case, tmp_path)
        ]
        assert tally(outcomes).exact_share < EXACT_SHARE, (
            f"{layout}/{format_} 已能读准，请从 known_gaps.yaml 中删除"
        )
