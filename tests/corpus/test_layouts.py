"""Every layout in every digital format and state of filling is read as declared: 0.995 exact, and no value in a wrong row or column."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.corpus.__main__ import measured
from tests.corpus.cases import STATES, Case, all_cases
from tests.corpus.measure import MISPLACED, WRONG, Outcome, tally

DIGITAL = ("docx", "xlsx", "xls", "text", "pdf", "html")
VARIANTS = ("docx-tracked", "docx-controls", "docx-nested", "xlsx-text", "pdf-pages", "pdf-headers")
EXACT_SHARE = 0.995


@cache
def known_gaps() -> frozenset[tuple[str, str]]:
    text = Path(__file__).with_name("known_gaps.yaml").read_text(encoding="utf-8")
    return frozenset((gap["layout"], gap["format"]) for gap in yaml.safe_load(text) or ())


def outcomes_of(
    folder: Path, format_: str, states: tuple[str, ...], gaps: bool = False
) -> dict[Case, list[Outcome]]:
    return {
        case: measured(case, folder)
        for case in all_cases(1, (format_,), states)
        if ((case.layout, case.format) in known_gaps()) == gaps
    }


def assert_read_as_declared(results: dict[Case, list[Outcome]]) -> None:
    counts = tally(outcome for outcomes in results.values() for outcome in outcomes)
    told = [
        f"{case.id} {o.part}.{o.field} {o.subject}: {o.verdict} {o.expected!r} -> {o.got!r}"
        for case, outcomes in results.items()
        for o in outcomes
        if o.verdict in {WRONG, MISPLACED}
    ]
    assert not told, "\n".join(told[:20])
    assert counts.exact_share >= EXACT_SHARE, (
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
