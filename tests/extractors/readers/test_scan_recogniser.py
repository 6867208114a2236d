"""The recogniser's session is asked in few shapes, and an answer in another shape than the question's is no answer."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.readers.scan.recogniser import PIXELS_A_SIGN, STEP, SteppedSession, stepped

SIGNS = 7


def test_few_widths_serve_every_line() -> None:
    widths = {stepped(width) for width in range(1, 2400)}
    assert all(stepped(width) >= width and stepped(width) % STEP == 0 for width in range(1, 2400))
    assert len(widths) <= 20


def test_lines_are_padded_and_as_many_answers_come_back() -> None:
    asked: list[tuple[int, ...]] = []

    def session(lines: np.ndarray) -> np.ndarray:
        asked.append(lines.shape)
        return np.zeros((len(lines), lines.shape[3] // PIXELS_A_SIGN, SIGNS))

    found = SteppedSession(session)(np.ones((5, 3, 48, 101), np.float32))

    assert asked == [(6, 3, 48, 128)]
    assert found.shape == (5, 16, SIGNS)


@pytest.mark.parametrize("stale", [(6, 16), (4, 40)])
def test_an_answer_in_the_shape_of_an_earlier_call_is_want_of_memory(stale: tuple[int, int]) -> None:
    session = SteppedSession(lambda lines: np.zeros((*stale, SIGNS)))

    with pytest.raises(MemoryError):
        session(np.ones((4, 3, 48, 128), np.float32))
