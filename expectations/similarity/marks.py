"""Marks: a sample of each narrative's shingles, kept in judge.text_marks until the text changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from expectations.similarity.settings import SimilaritySettings
from expectations.similarity.shingles import (
    END,
    Marks,
    as_marks,
    fold,
    once,
    own_names,
    sampled,
    sentence_hashes,
    shingle_hashes,
    without_names,
)
from expectations.sql_files import sql_text

BATCH = 5_000
"""Texts marked at a time: each batch reads the tables of texts once."""
_KEPT = pa.schema([("report_id", pa.string()), ("text_version", pa.string()), ("marks", pa.binary())])


@dataclass(frozen=True, slots=True)
class MarkedTexts:
    """All marks. Reports stand with those of their unit together; the marks of report i are
    marks[offsets[i]:offsets[i + 1]], ascending. units, supervisors: number of each report's, -1 where unknown."""

    report_ids: list[str]
    units: NDArray[np.int64]
    supervisors: NDArray[np.int64]
    marks: Marks
    offsets: NDArray[np.int64]

    def of(self, report: int) -> Marks:
        """The marks of one report."""
        return self.marks[self.offsets[report] : self.offsets[report + 1]]


def text_marks(texts: list[str], settings: SimilaritySettings) -> list[Marks]:
    """The marks of each text, ascending; texts without their units' names."""
    codes = [fold(text + "\0") for text in texts]
    ends = np.cumsum([code.size for code in codes])
    everything = np.concatenate(codes)
    hashes, starts = shingle_hashes(everything, settings.shingle)
    kept = sampled(hashes, settings.sample)
    sentence_of = np.cumsum(everything == END)[starts]
    sentences, _ = sentence_hashes(hashes, sentence_of)
    opened = starts[np.flatnonzero(np.diff(sentence_of, prepend=-1))]
    marks = as_marks(np.concatenate((hashes[kept], sentences)))
    owners = np.searchsorted(ends, np.concatenate((starts[kept], opened)), side="right")
    keys = once(owners.astype(np.uint64) << np.uint64(32) | marks)
    bounds = np.searchsorted(keys >> np.uint64(32), np.arange(len(texts) + 1))
    values = (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    return [values[bounds[number] : bounds[number + 1]] for number in range(len(texts))]


def refresh_marks(con: duckdb.DuckDBPyConnection, settings: SimilaritySettings) -> int:
    """Make the marks of texts that are new or changed; gives how many. Each batch is kept at once."""
    forget, find, find_texts, keep_empty = sql_text("similarity/020_unmarked.sql").split(";\n")[:4]
    con.execute(forget, {"method": settings.method})
    con.execute(find, {"method": settings.method})
    con.execute(find_texts, {"batch": BATCH})
    con.execute(keep_empty)
    batches, made = con.execute(
        "SELECT (SELECT coalesce(max(batch_no) + 1, 0) FROM unmarked_texts), count(*) FROM unmarked"
    ).fetchone() or (0, 0)
    query = sql_text("similarity/030_texts.sql")
    for batch_no in range(batches):
        rows = con.execute(query, {"batch_no": batch_no}).fetchall()
        texts = [without_names(text, own_names(names), settings.self_reference) for _, _, names, text in rows]
        kept: list[dict[str, Any]] = [
            {"report_id": row[0], "text_version": row[1], "marks": marks.tobytes()}
            for row, marks in zip(rows, text_marks(texts, settings), strict=True)
        ]
        con.from_arrow(pa.Table.from_pylist(kept, schema=_KEPT)).insert_into("judge.text_marks")
    return made


def load_marks(con: duckdb.DuckDBPyConnection) -> MarkedTexts:
    """All marks of the warehouse."""
    table = con.execute(sql_text("similarity/040_marks.sql")).to_arrow_table()
    pieces = [np.frombuffer(piece.as_buffer(), dtype=np.uint32) for piece in table["marks"]]
    return MarkedTexts(
        report_ids=table["report_id"].to_pylist(),
        units=table["unit_no"].to_numpy(),
        supervisors=table["supervisor_no"].to_numpy(),
        marks=np.concatenate(pieces) if pieces else np.empty(0, np.uint32),
        offsets=np.concatenate(([0], np.cumsum([piece.size for piece in pieces], dtype=np.int64))),
    )
