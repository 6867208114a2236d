"""Forms drawn by hand after the ways of many places are read as a careful person reads them, in every digital format."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors import extract_reports
from extractors.errors import NotAnEvaluation
from tests.corpus.drawn_forms import Drawn, compare_drawn, load_drawn
from tests.corpus.formats import FORMATS
from tests.corpus.measure import EXACT, MISPLACED, WRONG, Outcome

DRAWN = {drawn.id: drawn for drawn in load_drawn()}
EVALUATIONS = [drawn.id for drawn in DRAWN.values() if drawn.refused is None]
REFUSED = [drawn.id for drawn in DRAWN.values() if drawn.refused is not None]
EXACT_SHARE = {"docx": 1.0, "xlsx": 1.0, "html": 1.0, "pdf": 0.99, "text": 0.97}
"""In flattened text and in print some merges are lost for good; what is read there must still be right."""


def outcomes(drawn: Drawn, format_: str, folder: Path) -> tuple[Outcome, ...]:
    return tuple(compare_drawn(drawn, extract_reports(_written(drawn, format_, folder))))


def _written(drawn: Drawn, format_: str, folder: Path) -> Path:
    suffix, write = FORMATS[format_].suffix, FORMATS[format_].writer
    path = folder / f"{drawn.document.name}{suffix}"
    write(drawn.document, path)
    return path


@pytest.mark.parametrize("name", EVALUATIONS)
def test_every_field_of_a_drawn_form_is_read(name: str, tmp_path: Path) -> None:
    missed = [o for o in outcomes(DRAWN[name], "docx", tmp_path) if o.verdict != EXACT]
    assert not missed, "\n".join(map(str, missed))


@pytest.mark.parametrize("format_", [name for name in EXACT_SHARE if name != "docx"])
def test_drawn_forms_in_other_formats(format_: str, tmp_path: Path) -> None:
    shown = [DRAWN[name] for name in EVALUATIONS if format_ not in DRAWN[name].lost_in]
    read = [(drawn.id, o) for drawn in shown for o in outcomes(drawn, format_, tmp_path)]
    told = [entry for entry in read if entry[1].expected or entry[1].got]
    wrong = [entry for entry in told if entry[1].verdict in {WRONG, MISPLACED}]
    exact = sum(o.verdict == EXACT for _, o in told) / len(told)
    assert not wrong, "\n".join(map(str, wrong))
    assert exact >= EXACT_SHARE[format_], f"{exact:.4f}\n" + "\n".join(
        str(entry) for entry in told if entry[1].verdict != EXACT
    )


@pytest.mark.parametrize("name", REFUSED)
def test_other_kinds_of_document_are_refused_by_name(name: str, tmp_path: Path) -> None:
    drawn = DRAWN[name]
    with pytest.raises(NotAnEvaluation) as refusal:
        extract_reports(_written(drawn, "docx", tmp_path))
    assert refusal.value.kind == drawn.refused
