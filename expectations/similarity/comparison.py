"""The comparison in order: marks, candidates, close comparison, rows for the checks to join."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

import duckdb

from expectations.similarity.candidates import candidate_pairs
from expectations.similarity.closeness import Likeness, liken
from expectations.similarity.commonness import SharedMarks, share_out
from expectations.similarity.marks import MarkedTexts, load_marks, refresh_marks
from expectations.similarity.sentences import Paragraph, ToldText, tell
from expectations.similarity.settings import SimilaritySettings, similarity_settings
from expectations.sql_files import sql_text
from warehouse.table_rows import insert_rows

_CLOSE_AT_A_TIME = 1_000
Comparison = tuple[str, str, str]
"""report_id, other_report_id, relation."""


def find_similar_texts(con: duckdb.DuckDBPyConnection) -> int:
    """Rewrite judge.similar_texts and judge.similar_sections for the reports that count; gives the pairs found.

    Needs the `active` views. Marks of texts known from an earlier run are used again; everything else is made anew,
    in an order that does not depend on that of arrival.
    """
    settings = similarity_settings()
    con.execute(sql_text("similarity/010_reports.sql"))
    refresh_marks(con, settings)
    texts = load_marks(con)
    shared = share_out(texts, settings)
    comparisons = [*_with_other_units(con, texts, shared, settings), *_with_last_year(con, texts)]
    con.execute("DELETE FROM judge.similar_texts")
    con.execute("DELETE FROM judge.similar_sections")
    for start in range(0, len(comparisons), _CLOSE_AT_A_TIME):
        _compare(con, comparisons[start : start + _CLOSE_AT_A_TIME], shared, settings)
    return len(comparisons)


def _with_other_units(
    con: duckdb.DuckDBPyConnection, texts: MarkedTexts, shared: SharedMarks, settings: SimilaritySettings
) -> list[Comparison]:
    judged = {row[0] for row in con.execute("SELECT report_id FROM active.reports").fetchall()}
    both_ways = {
        (texts.report_ids[one], texts.report_ids[other])
        for pair in candidate_pairs(texts, shared, settings)
        for one, other in (pair, pair[::-1])
    }
    return [(one, other, "other_unit") for one, other in sorted(both_ways) if one in judged]


def _with_last_year(con: duckdb.DuckDBPyConnection, texts: MarkedTexts) -> list[Comparison]:
    # A sentence long enough to be compared has a mark.
    told = {report_id for number, report_id in enumerate(texts.report_ids) if texts.of(number).size}
    pairs = con.execute(sql_text("similarity/050_last_year.sql")).fetchall()
    return [(report_id, other_id, "last_year") for report_id, other_id in pairs if report_id in told]


def _compare(
    con: duckdb.DuckDBPyConnection,
    comparisons: Sequence[Comparison],
    shared: SharedMarks,
    settings: SimilaritySettings,
) -> None:
    needed = sorted({report_id for one, other, _ in comparisons for report_id in (one, other)})
    con.execute("CREATE OR REPLACE TEMP TABLE close_reports (report_id VARCHAR)")
    insert_rows(con, "close_reports", [{"report_id": report_id} for report_id in needed])
    told = {text.report_id: text for text in _told_texts(con, shared, settings)}
    likenesses = [
        (liken(told[one], told[other], settings), relation)
        for one, other, relation in comparisons
        if one in told and other in told
    ]
    kept = [(likeness, relation) for likeness, relation in likenesses if likeness.shared]
    if kept:
        insert_rows(con, "judge.similar_texts", [_text_row(*found, settings) for found in kept])
    chapters = [row for found in likenesses for row in _chapter_rows(*found)]
    if chapters:
        insert_rows(con, "judge.similar_sections", chapters)


def _told_texts(
    con: duckdb.DuckDBPyConnection, shared: SharedMarks, settings: SimilaritySettings
) -> Iterator[ToldText]:
    rows = con.execute(sql_text("similarity/060_paragraphs.sql")).fetchall()
    for report_id, paragraphs in groupby(rows, key=lambda row: row[0]):
        found = list(paragraphs)
        yield tell(
            report_id,
            found[0][2],
            found[0][1],
            [Paragraph(*row[3:]) for row in found],
            shared.template,
            settings,
        )


def _text_row(likeness: Likeness, relation: str, settings: SimilaritySettings) -> dict[str, Any]:
    characters = likeness.text.characters
    return {
        "report_id": likeness.text.report_id,
        "other_report_id": likeness.other.report_id,
        "relation": relation,
        "characters": characters,
        "shared_characters": likeness.shared_characters,
        "share": _fraction(likeness.shared_characters / characters),
        "resemblance": _fraction(likeness.resemblance),
        "sentences": len(likeness.text.sentences),
        "shared_sentences": len(likeness.shared),
        "same_figures": sum(found.same_figures for found in likeness.shared),
        "own_words": likeness.own_words(settings),
        "names_other_unit": likeness.names_other_unit,
        "passages": [
            {
                "text": found.sentence.text,
                "place": found.sentence.paragraph.place,
                "location": found.sentence.paragraph.location,
                "other_text": found.other.text,
                "other_place": found.other.paragraph.place,
                "other_location": found.other.paragraph.location,
                "similarity": _fraction(found.similarity),
                "same_figures": found.same_figures,
            }
            for found in likeness.shown(settings.passages)
        ],
    }


def _chapter_rows(likeness: Likeness, relation: str) -> Iterator[dict[str, Any]]:
    for chapter in likeness.chapters():
        yield {
            "report_id": likeness.text.report_id,
            "other_report_id": likeness.other.report_id,
            "relation": relation,
            "section_no": chapter.section_no,
            "characters": chapter.characters,
            "shared_characters": chapter.shared_characters,
            "updated_characters": chapter.updated_characters,
            "text": chapter.text,
            "place": chapter.paragraph.place,
            "location": chapter.paragraph.location,
            "other_place": chapter.other_place,
        }


def _fraction(value: float) -> Decimal:
    return Decimal(value).quantize(Decimal("0.000001"))
