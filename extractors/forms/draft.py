"""One form in the making: what its blocks gave so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from extractors.document import Cell, Paragraph, Table
from extractors.forms.budget import BudgetBlock
from extractors.forms.budget_words import money_unit_in
from extractors.forms.columns import Header
from extractors.forms.fields import FieldReader
from extractors.forms.indicators import Body
from extractors.forms.labelled_amounts import attribute_amounts, pair_lines
from extractors.forms.lines import Line
from extractors.forms.totals import read_loose_total
from extractors.report import BudgetLine, Indicator, ScoreGroup, Unread


@dataclass
class Draft:
    """One form in the making."""

    titles: list[str] = field(default_factory=list)
    fields: FieldReader = field(default_factory=FieldReader)
    header: Header | None = None
    budget_headers: list[Header] = field(default_factory=list)
    budget_lines: list[BudgetLine] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    placeholders: list[Indicator] = field(default_factory=list)
    groups: list[ScoreGroup] = field(default_factory=list)
    totals: list[ScoreGroup] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    money_unit: str | None = None
    lists_projects: bool = False
    texts: list[Paragraph] = field(default_factory=list)
    amount_pairs: list[tuple[Cell, Cell]] = field(default_factory=list)
    early_totals: list[Line] = field(default_factory=list)

    @property
    def row_count(self) -> int:
        """Rows read so far, prompts included."""
        return len(self.indicators) + len(self.placeholders)

    @property
    def names(self) -> set[str]:
        """All fields that have a column."""
        found = set(self.header.fields) if self.header else set()
        for header in self.budget_headers:
            found |= header.fields
        return found

    @property
    def shows_results(self) -> bool:
        """True when the form has a column for what was achieved or scored, so that it is an evaluation."""
        return bool(
            self.header and self.header.fields & {"actual", "reported_score", "completion_rate", "achieved"}
        )

    @property
    def is_full(self) -> bool:
        """True for a form that stands by itself; False for a table that only repeats indicators."""
        has_score = bool(self.header and "reported_score" in self.header.fields)
        return has_score or bool(self.budget_lines) or bool(self.totals)

    def add_body(self, body: Body, header: Header) -> None:
        """Takes what an indicator table gave."""
        self.header = self.header or header
        self.indicators += body.indicators
        self.placeholders += body.placeholders
        self.groups += body.groups
        self.totals += body.totals
        self.unread += body.unread

    def finish(self) -> None:
        """Adds the totals and budget amounts that stand outside their blocks, once all of the form is known."""
        for line in self.early_totals:
            number = len(self.groups) + len(self.totals) + 1
            total = read_loose_total(line, self.header, number) if self.header else None
            if total is not None and not self.totals:
                self.totals.append(total)
            else:
                self.unread += [Unread(cell.text, cell.location, "没有对应的字段") for cell in line.filled]
        unit = self.money_unit
        for label, _ in self.amount_pairs:
            unit = unit or money_unit_in(label.text)
        if self.amount_pairs:
            self.budget_lines += pair_lines(self.amount_pairs, unit, self.budget_lines)
            self.budget_lines = attribute_amounts(self.budget_lines)

    def add_budget(self, block: BudgetBlock, header: Header) -> None:
        """Takes what a budget block gave."""
        has_total = any(line.is_total for line in self.budget_lines)
        self.budget_headers.append(header)
        self.budget_lines += [
            replace(line, role="other", is_total=False, max_score=None)
            if has_total and line.is_total
            else line
            for line in block.lines
        ]
        self.unread += block.unread
        self.warnings += block.warnings
        self.money_unit = self.money_unit or block.money_unit
