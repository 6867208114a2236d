"""Reports as rows: one Arrow table a core table, with exactly the columns of warehouse/schema/001_core.sql."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from extractors import EXTRACTOR_VERSION
from extractors.report import Report
from extractors.report_rows import Row, rows_of_report
from extractors.row_schemas import SCHEMAS

__all__ = ["SCHEMAS", "BatchRows", "Row", "Submission", "report_key", "rows_of", "submission_id"]


@dataclass(frozen=True, slots=True)
class Submission:
    """What is known of one file beside its reports; the columns of raw.submissions without the run.

    outcome: accepted, refused, unreadable, not_an_evaluation, needs_tool. reason: Chinese, None when accepted.
    """

    file_path: str
    sha256: str
    size_bytes: int
    received_at: datetime
    member_path: str | None = None
    format: str | None = None
    reader: str | None = None
    outcome: str = "accepted"
    reason: str | None = None
    document_kind: str | None = None
    seconds: float = 0.0
    page_count: int | None = None
    warnings: tuple[str, ...] = ()

    @property
    def submission_id(self) -> str:
        """Stable over runs: from the path in the inbox, the member path and the content."""
        return submission_id(self.file_path, self.member_path, self.sha256)


def submission_id(file_path: str, member_path: str | None, sha256: str) -> str:
    """The identity of a file: path in the inbox, path in its archive, and content."""
    return hashlib.sha256(f"{file_path}{member_path or ''}{sha256}".encode()).hexdigest()[:16]


class BatchRows:
    """Rows of a batch, collected file by file, given out as Arrow tables."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Row]] = {name: [] for name in SCHEMAS}

    def add(self, submission: Submission, reports: Sequence[Report] = ()) -> None:
        """Add one file and the reports found in it."""
        for name, rows in rows_of(submission, reports).items():
            self._rows[name].extend(rows)

    def extend(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Add rows made elsewhere by `rows_of`."""
        for name, more in rows.items():
            self._rows[name].extend(more)

    def tables(self) -> dict[str, pa.Table]:
        """One Arrow table a core table, empty ones included."""
        return {name: pa.Table.from_pylist(rows, schema=SCHEMAS[name]) for name, rows in self._rows.items()}


def rows_of(submission: Submission, reports: Sequence[Report]) -> dict[str, list[Row]]:
    """The rows of one file, by table."""
    rows: dict[str, list[Row]] = {name: [] for name in SCHEMAS}
    rows["submissions"].append(_submission_row(submission))
    for report in reports:
        for table, found in rows_of_report(report, submission.submission_id, report_key(submission, report)):
            rows[table].extend(found)
    return rows


def _submission_row(submission: Submission) -> Row:
    return {
        "submission_id": submission.submission_id,
        "file_name": submission.file_path.rpartition("/")[2],
        "file_path": submission.file_path,
        "member_path": submission.member_path,
        "sha256": submission.sha256,
        "size_bytes": submission.size_bytes,
        "received_at": submission.received_at.replace(tzinfo=None),
        "format": submission.format,
        "reader": submission.reader,
        "outcome": submission.outcome,
        "reason": submission.reason,
        "document_kind": submission.document_kind,
        "seconds": submission.seconds,
        "page_count": submission.page_count,
        "warnings": list(submission.warnings),
        "extractor_version": EXTRACTOR_VERSION,
    }


def report_key(submission: Submission, report: Report) -> str:
    """What makes two reports versions of one: unit, year, scope, project and kind; the content where unknown."""
    if report.unit_name and report.fiscal_year:
        parts = (report.unit_name, report.fiscal_year, report.scope, report.project_name or "", report.kind)
        return "|".join(str(part) for part in parts)
    return f"{submission.sha256}-{report.form_no}"
