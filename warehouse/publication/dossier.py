"""The dossier of one report: the form as submitted with the flagged cells marked, findings, recomputation, what passed.

Everything comes from a snapshot's `out` tables, where personal data is masked already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.publication.places import gap_shown, places_shown
from warehouse.publication.rows import Record, blocks, records
from warehouse.publication.wording import in_chinese

DOSSIER_SQL = Path(__file__).parent / "dossier.sql"
GRAVEST = ("blocker", "major", "minor", "query", "info")
POINTS_MACRO = "CREATE OR REPLACE TEMP MACRO points(x) AS rtrim(rtrim(x::VARCHAR, '0'), '.')"
"""A figure of points without trailing zeros."""
POINTS_CELL = 8


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A printed text with the findings that point at its place."""

    text: str
    findings: tuple[Record, ...] = ()

    @property
    def severity(self) -> str:
        """The gravest of its findings, empty when it has none."""
        present = {finding["severity"] for finding in self.findings}
        return next((code for code in GRAVEST if code in present), "")


class Marker:
    """Which findings stand at which place."""

    def __init__(self, findings: Sequence[Record]):
        """Indexes the findings by every place they name."""
        self._by_place: dict[str, list[Record]] = defaultdict(list)
        for finding in findings:
            for place in finding["places"] or [finding["place"]]:
                if place and finding not in self._by_place[place]:
                    self._by_place[place].append(finding)

    def cell(self, text: object, place: str | None) -> ShownCell:
        """The cell at a place."""
        found = self._by_place.get(place or "", [])
        return ShownCell("" if text is None else str(text), tuple(found))

    def row(self, place: str | None, cells: Sequence[str | None]) -> ShownCell:
        """What points at a row without pointing at one of its `cells`: the row itself, or a column not shown."""
        if not place:
            return ShownCell("")
        found = [
            finding
            for other, findings in self._by_place.items()
            if other not in cells and (other == place or other.startswith(place + "「"))
            for finding in findings
        ]
        return ShownCell("", tuple(found))


def read_dossiers(con: duckdb.DuckDBPyConnection, report_ids: Sequence[str]) -> Iterator[Record]:
    """What the page of each current report among `report_ids` (sorted) shows."""
    span = {"first": report_ids[0], "last": report_ids[-1]}
    wanted = set(report_ids)
    con.execute(POINTS_MACRO)
    parts: dict[str, dict[str, list[Record]]] = {}
    for name, query in blocks(DOSSIER_SQL).items():
        grouped: dict[str, list[Record]] = defaultdict(list)
        for record in records(con, query, span):
            if record["report_id"] in wanted:
                grouped[record["report_id"]].append(record)
        parts[name] = grouped
    for report_id in report_ids:
        if parts["reports"].get(report_id):
            yield _dossier({name: grouped.get(report_id, []) for name, grouped in parts.items()})


def _dossier(parts: dict[str, list[Record]]) -> Record:
    report = parts["reports"][0]
    findings = _findings(parts["findings"])
    marker = Marker(findings)
    year = f"{report['fiscal_year']}年度" if report["fiscal_year"] else "年度不明"
    scope = in_chinese("scope", report["scope"])
    project = (
        f"（{report['project_name']}）" if report["project_name"] and report["scope"] == "project" else ""
    )
    return {
        "report": report,
        "heading": f"{report['unit_name'] or '（单位不明）'} {year}{scope}绩效自评{project}",
        "recomputed": score_range(
            report["recomputed_score_total"],
            report["recomputed_score_total_low"],
            report["recomputed_score_total_high"],
        ),
        "findings": findings,
        "open_count": sum(finding["state"] in {"open", "returned"} for finding in findings),
        "header": [_header(record, marker) for record in parts["header"]],
        "budget": [_budget_line(record, marker) for record in parts["budget"]],
        "indicators": _indicators(parts["indicators"], marker),
        "groups": parts["groups"],
        "statements": parts["statements"],
        "statements_total": parts["statements"][0]["total"] if parts["statements"] else 0,
        "unread": parts["unread"],
        "scoring": list(_scoring(parts)),
        **_answers(parts),
    }


def _findings(rows: Sequence[Record]) -> list[Record]:
    return [
        row
        | {
            "number": number,
            "severity_words": in_chinese("severity", row["severity"]),
            "state_words": in_chinese("state", row["state"])
            + ("（事实已变，重新待处理）" if row["reopened"] else ""),
            "decision_words": in_chinese("decision", row["decision"]),
            "where": places_shown(row),
            "gap": gap_shown(row["difference"]),
        }
        for number, row in enumerate(rows, start=1)
    ]


def _header(record: Record, marker: Marker) -> Record:
    cell = marker.cell(record["text"], record["place"])
    return {
        "label": record["label"] or in_chinese("header_field", record["field"]),
        "field": record["field"],
        "text": cell.text,
        "findings": cell.findings,
        "severity": cell.severity,
    }


def _budget_line(record: Record, marker: Marker) -> Record:
    """The printed cells stand in the order in which dossier.sql gives them."""
    places: dict[str, str | None] = record["places"] or {}
    cells = [
        marker.cell(printed, places.get(column.removesuffix("_text")))
        for column, printed in record.items()
        if column.endswith("_text")
    ]
    return {
        "label": marker.cell(record["label"], places.get("label")),
        "cells": cells,
        "row": marker.row(record["place"], list(places.values())),
        "is_total": record["is_total"],
        "recomputed_score": record["recomputed_score"],
    }


def _indicators(rows: Sequence[Record], marker: Marker) -> list[Record]:
    shown: list[Record] = []
    for row in rows:
        places: dict[str, str | None] = row["places"] or {}
        texts = {
            "target": row["target_text"],
            "actual": row["actual_text"],
            "variance_reason": row["variance_reason"],
        }
        for name in ("max_score", "reported_score"):
            texts[name] = _points_text(row, name)
        line: Record = {name: marker.cell(text, places.get(name)) for name, text in texts.items()}
        line |= {name: marker.cell(row[name], places.get(name)) for name in ("level1", "level2", "name")}
        line["row"] = marker.row(row["place"], list(places.values()))
        line["recomputed"] = score_range(None, row["recomputed_score_low"], row["recomputed_score_high"])
        line["outcome"] = "未填写" if row["is_placeholder"] else in_chinese("outcome", row["outcome"])
        shown.append(line)
    for name in ("level1", "level2"):
        _merge(shown, name, within="level1" if name == "level2" else None)
    return shown


def _points_text(row: Record, name: str) -> str:
    """The points as printed; the bare figure where they stand inside a longer label (产出指标（50分）)."""
    printed = row[f"{name}_text"] or ""
    return printed if printed and len(printed) <= POINTS_CELL else row[name] or ""


def _merge(lines: list[Record], name: str, within: str | None) -> None:
    """Gives the first of equal labels that follow each other the rows they span, the others 0."""
    first = 0
    for at, line in enumerate(lines):
        same = (
            at > 0
            and line[name].text == lines[first][name].text
            and line[name].text
            and (within is None or line[f"{within}_span"] == 0)
        )
        if same:
            lines[first][f"{name}_span"] += 1
            line[f"{name}_span"] = 0
        else:
            first = at
            line[f"{name}_span"] = 1


def _scoring(parts: dict[str, list[Record]]) -> Iterator[Record]:
    for line in parts["budget"]:
        # lines below the total carry no points of their own
        if line["explanation"] and (line["is_total"] or line["recomputed_score"] is not None):
            yield {
                "name": line["label"],
                "max_score": line["max_score"],
                "reported": line["reported_score"],
                "recomputed": line["recomputed_score"] or "",
                "explanation": line["explanation"],
            }
    for row in parts["indicators"]:
        if row["explanation"]:
            yield {
                "name": row["name"],
                "max_score": row["max_score"],
                "reported": row["reported_score"],
                "recomputed": score_range(None, row["recomputed_score_low"], row["recomputed_score_high"]),
                "explanation": row["explanation"],
            }


def _answers(parts: dict[str, list[Record]]) -> Record:
    comparisons: dict[str, list[Record]] = defaultdict(list)
    questions: list[Record] = []
    for row in parts["comparisons"]:
        if row["class"] == "C" and row["failed"]:
            questions.append(row)
        elif not row["failed"]:
            comparisons[row["check_id"]].append(row)
    answers = [row for row in parts["answers"] if row["class"] != "C"]
    return {
        "questions": questions,
        "passed": [
            row | {"comparisons": comparisons.get(row["check_id"], [])}
            for row in answers
            if row["answer"] == "pass"
        ],
        "not_applicable": [row for row in answers if row["answer"] == "not_applicable"],
        "failed_count": sum(row["answer"] == "fail" for row in answers),
    }


def score_range(one: str | None, low: str | None, high: str | None) -> str:
    """One figure where there is one, else both ends."""
    if one is not None:
        return one
    if low is None or high is None or low == high:
        return low or high or ""
    return f"{low}～{high}"
