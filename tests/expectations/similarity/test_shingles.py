"""Folding and shingles: what a copy keeps, and what it may change."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from expectations.similarity.marks import text_marks
from expectations.similarity.settings import similarity_settings
from expectations.similarity.shingles import END, FIGURE, fold, own_names, shingle_hashes, without_names

SETTINGS = similarity_settings()
TEXT = st.text(
    alphabet="城乡道路养护巡查维修节能灯具移交社区管网清淤abcＡＢ0123456789，、 。；\n", max_size=80
)
SENTENCE = st.text(alphabet="城乡道路养护巡查维修节能灯具移交社区管网清淤", min_size=12, max_size=40)


def codes(text: str) -> list[int]:
    return fold(text).tolist()


def test_width_case_punctuation_and_blanks_do_not_count():
    assert codes("ＡＢ路 灯、（12）盏") == codes("ab路灯12盏")


def test_a_number_is_one_sign_whatever_its_value():
    assert codes("新装1,200.5盏") == codes("新装７盏") == [*codes("新装"), FIGURE, *codes("盏")]


def test_the_end_of_a_sentence_stays():
    assert codes("甲。乙") == [ord("甲"), END, ord("乙")]


@given(TEXT, st.integers(1, 12))
def test_shingles_are_those_of_the_definition(text: str, length: int):
    folded = codes(text)
    windows = [tuple(folded[i : i + length]) for i in range(len(folded) - length + 1)]
    inside = [(i, window) for i, window in enumerate(windows) if END not in window]

    hashes, starts = shingle_hashes(fold(text), length)

    assert starts.tolist() == [i for i, _ in inside]
    by_hash: dict[int, set[tuple[int, ...]]] = {}
    for value, (_, window) in zip(hashes.tolist(), inside, strict=True):
        by_hash.setdefault(value, set()).add(window)
    assert all(len(windows) == 1 for windows in by_hash.values())
    assert len(by_hash) == len({window for _, window in inside})


@given(st.lists(SENTENCE, min_size=1, max_size=6), st.randoms())
def test_marks_do_not_depend_on_the_order_of_sentences(sentences: list[str], random):
    shuffled = sentences.copy()
    random.shuffle(shuffled)
    one, other = text_marks(["。".join(sentences), "。".join(shuffled)], SETTINGS)
    assert np.array_equal(one, other)


@given(st.lists(TEXT, min_size=1, max_size=5))
def test_marks_of_a_text_do_not_depend_on_its_batch(texts: list[str]):
    together = text_marks(texts, SETTINGS)
    assert all(
        np.array_equal(marks, text_marks([text], SETTINGS)[0])
        for text, marks in zip(texts, together, strict=True)
    )


def test_the_names_of_the_unit_are_left_out():
    names = own_names(["临昌市水利局（本级）", "临昌水利"])
    text = without_names(
        "临昌市水利局完成清淤，水利局验收，临昌水利和我局巡查，本单位记录", names, SETTINGS.self_reference
    )
    assert text == "完成清淤，验收，和巡查，记录"
