"""Walking a document: which tables and rows make up which form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.document import Cell, Document, Paragraph, Table
from extractors.forms.body import read_body
from extractors.forms.budget import read_budget
from extractors.forms.budget_across import SourcesAcross, read_across, sources_across
from extractors.forms.budget_header import budget_header, transposed_budget
from extractors.forms.budget_words import line_role, money_unit_in
from extractors.forms.choice_lists import WHY as CHOICES
from extractors.forms.choice_lists import choice_sheets
from extractors.forms.columns import Header
from extractors.forms.draft import Draft
from extractors.forms.fields import is_mere_label, is_note, pairs_in_text
from extractors.forms.fitness import is_level1_label
from extractors.forms.indicator_header import indicator_header
from extractors.forms.indicators import Body
from extractors.forms.labelled_amounts import amount_pairs
from extractors.forms.labels import (
    any_budget_column,
    footer_field,
    header_field,
    is_total_label,
    normalise_label,
    squeeze,
    vocabulary,
)
from extractors.forms.levels import level_label
from extractors.forms.lines import Line, TableLines, row_slice, transposed
from extractors.forms.orientation import split_side_by_side, upright
from extractors.forms.project_list import lists_projects
from extractors.forms.totals import read_loose_total
from extractors.report import Indicator, ScoreGroup, Unread
from extractors.values import parse_score

LONGEST_TITLE_LINE = 80
"""Longest line between two tables of one form; more is running text."""
INTRODUCTION = 12
"""How many paragraphs directly above a table can carry its title and header fields."""


def is_title(line: Line) -> bool:
    """True for a row that holds nothing but a form's title."""
    return (
        len(line.filled) == 1
        and len(squeeze(line.filled[0].text)) <= 60
        and bool(vocabulary().form_title.search(normalise_label(line.filled[0].text)))
    )


def _opens_form(line: Line) -> bool:
    return is_title(line) or any(
        header_field(cell.text) in ("project_name", "unit_name", "supervisor") for cell in line.filled[:3]
    )


_HEADING = re.compile(r"^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d{1,2}[.、](?!\d))")
_FIGURE = re.compile(r"\d[.,，]\d|\d{3}|[%％≥≤]")
ANOTHER_SHEET = "另一工作表中的目录或说明，不是自评表的栏目"
SHORTEST_TEXT = 30
LONGEST_HEADING = 30


def is_running_text(line: Line) -> bool:
    """True for a row that holds one paragraph or heading of the narrative, written into the sheet around the form."""
    if len(line.filled) != 1 or is_title(line):
        return False
    text = line.filled[0].text.strip()
    if is_note(text) or any(header_field(label) for label, *_ in pairs_in_text(text)) or footer_field(text):
        return False
    return len(text) >= SHORTEST_TEXT or (bool(_HEADING.match(text)) and len(text) >= 4)


def _is_heading(draft: Draft, line: Line) -> bool:
    """True for a title, for the short lines with it above a form's first block (（2024年度）, 附件2), and for the numbered
    headings of its parts."""
    alone = len(line.filled) == 1 and len(squeeze(line.filled[0].text)) <= LONGEST_HEADING
    return is_title(line) or (
        alone and (not draft.tables or bool(_HEADING.match(squeeze(line.filled[0].text))))
    )


def _is_early_total(line: Line) -> bool:
    """True for a row of totals above the table it sums up: 总得分 | 100 | 98.5, filled or not."""
    own, filled = line.own, line.filled
    if not filled or filled[0] is not own[0] or "分" not in squeeze(filled[0].text):
        return False
    figures = [cell for cell in filled[1:] if parse_score(cell.text) is not None]
    both = len(figures) == 2 or (len(figures) == 1 and 3 <= len(own) <= 4)
    return both and len(figures) == len(filled) - 1 and is_total_label(filled[0].text)


def _names_level(paragraph: Paragraph) -> bool:
    """True for a line between two tables of one form that names the level below: （二）效益指标（30分）."""
    return is_level1_label(level_label(normalise_label(paragraph.text))[0])


class Walker:
    """Reads the tables of a document in order and cuts them into drafts."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.intro: list[Paragraph] = []
        self.loose: list[Line] = []
        self.table: Table | None = None
        self.before: Table | None = None
        self.choices: frozenset[str] = frozenset()

    def walk(self, document: Document) -> list[Draft]:
        """All drafts, in reading order; a draft without any block is dropped."""
        pending: list[Paragraph] = []
        self.choices = choice_sheets(document)
        for block in document.blocks:
            if isinstance(block, Paragraph):
                pending.append(block)
                continue
            for number, side in enumerate(split_side_by_side(block)):
                for part, piece in enumerate(upright(side)):
                    self._table(piece, pending if number + part == 0 else [], number > 0 and part == 0)
            pending = []
        self._after(pending)
        for draft in self.drafts:
            draft.finish()
        return [draft for draft in self.drafts if draft.row_count or draft.budget_lines or draft.totals]

    def _after(self, paragraphs: Sequence[Paragraph]) -> None:
        if self.drafts:
            for paragraph in paragraphs[:6]:
                if len(paragraph.text) <= 80:
                    self.drafts[-1].fields.read_paragraph(paragraph)

    # -- one table -------------------------------------------------------------------------------------------

    def _table(self, table: Table, paragraphs: Sequence[Paragraph], beside: bool) -> None:
        filled = [paragraph for paragraph in paragraphs if paragraph.text.strip()]
        apart = any(len(paragraph.text) > LONGEST_TITLE_LINE for paragraph in filled)
        heading_table = self.before is not None and 0 < len(self.loose) <= 8 and not apart
        self.intro = (self.intro if heading_table else []) + filled[-INTRODUCTION:]
        self.loose, self.table = (self.loose if heading_table else []), table
        lines = TableLines(table)
        fresh = True
        row = self._continuation(lines, bool(filled), beside)
        while row < len(lines):
            indicators = indicator_header(lines, row)
            budget = None if indicators else budget_header(lines, row)
            if indicators:
                parted = any(not _names_level(paragraph) for paragraph in filled)
                row = self._indicator_block(lines, indicators, fresh, parted or beside)
                fresh = False
            elif budget:
                row = self._budget_block(lines, budget, bool(filled))
                fresh = False
            elif turned := self._sideways_budget(lines, row):
                sideways, header, end = turned
                self._budget_block(sideways, header, bool(filled), table)
                row, fresh = end, False
            elif across := sources_across(lines, row):
                row, fresh = self._across_block(lines, across, row, bool(filled)), False
            else:
                self.loose.append(lines[row])
                row += 1
        self._close_table(table, adjacent=not filled)
        self.before = table

    def _close_table(self, table: Table, adjacent: bool) -> None:
        """Rows after the last block belong to its form; a table without blocks closes the form above it or, kept
        for the next table, opens the one below."""
        draft = self.drafts[-1] if self.drafts else None
        if draft is not None and draft.tables and (draft.tables[-1] is table or adjacent):
            for line in self.loose:
                self._take(draft, line)
            self.loose = []

    def _continuation(self, lines: TableLines, separated: bool, beside: bool) -> int:
        """A table without a header of its own, right after an unfinished one of the same width, goes on with it."""
        draft = self.drafts[-1] if self.drafts else None
        same = self.before is not None and lines.table.column_count == self.before.column_count
        if separated or beside or not same or draft is None or draft.header is None or draft.totals:
            return 0
        if lines.table.location.sheet is not None or any(
            indicator_header(lines, row) or budget_header(lines, row) for row in range(min(len(lines), 6))
        ):
            return 0
        header = replace(draft.header, first_row=0, last_row=0)
        body = read_body(lines, header, draft.row_count + 1, len(draft.groups) + len(draft.totals) + 1)
        if body.indicators or body.totals:
            self._carry_levels(draft, body)
            draft.add_body(body, header)
            draft.tables.append(lines.table)
            return body.stop
        return 0

    @staticmethod
    def _carry_levels(draft: Draft, body: Body) -> None:
        """Rows that continue over a page break keep the level labels that stand above the break."""
        if not draft.indicators:
            return
        last = draft.indicators[-1]
        carried: list[Indicator] = []
        for row in body.indicators:
            if row.level1:
                carried += body.indicators[len(carried) :]
                break
            level2 = row.level2 or last.level2
            carried.append(
                replace(row, level1=last.level1, level1_code=last.level1_code, level2=level2,
                        dimension=row.dimension if row.level2 else last.dimension)
            )  # fmt: skip
        body.indicators = carried
        numbers = [row.row_no for row in carried if row.level1 == last.level1 and not row.cells.get("level1")]
        draft.groups = [_extended(group, last, numbers) for group in draft.groups]

    def _begin(self) -> Draft:
        draft = Draft()
        self.drafts.append(draft)
        return draft

    def _indicator_block(self, lines: TableLines, header: Header, fresh: bool, separated: bool) -> int:
        draft = self.drafts[-1] if self.drafts else None
        if draft is None or self._needs_new(draft, header, fresh, separated):
            draft = self._settle_loose(self._begin())
        else:
            self._settle_loose(draft)
        body = read_body(lines, header, draft.row_count + 1, len(draft.groups) + len(draft.totals) + 1)
        draft.add_body(body, header)
        self._remember(draft, lines.table)
        return body.stop

    def _needs_new(self, draft: Draft, header: Header, fresh: bool, separated: bool) -> bool:
        if not draft.row_count and draft.header is None:
            titled = any(vocabulary().form_title.search(squeeze(p.text)) for p in self.intro)
            own_table = draft.tables and draft.tables[-1] is not self.table
            # money that carries a score is the form's own, whatever is told between it and its indicators
            scored = any("reported_score" in header.fields for header in draft.budget_headers)
            far = len(self.intro) > 4 or any(len(p.text) > LONGEST_TITLE_LINE for p in self.intro)
            return bool(own_table and (titled or (far and not scored)))
        same = draft.header is not None and draft.header.known_fields == header.known_fields
        own_table = bool(draft.tables) and draft.tables[-1] is self.table
        continues = (
            (own_table or (same and not separated))
            and not draft.totals
            and not any(_opens_form(line) for line in self.loose)
        )
        return not continues

    @staticmethod
    def _sideways_budget(lines: TableLines, row: int) -> tuple[TableLines, Header, int] | None:
        """A budget block whose money columns run downwards, turned upright: its lines, their header, the first row after it.
        A label that runs down beside the block becomes a row above the header."""
        named = [cell for cell in lines[row].filled if line_role(cell.text)[0] != "other"]
        end = transposed_budget(lines, row) if len(named) >= 2 else None
        if end is None:
            return None
        turned = TableLines(transposed(row_slice(lines.table, row, end)))
        for first in range(min(len(turned), 2)):
            header = budget_header(turned, first, any_budget_column)
            if header is not None:
                return turned, header, end
        return None

    def _same_form(self, draft: Draft, separated: bool) -> bool:
        """True when a further budget block still belongs to the form: below its indicators, or beside its first
        block (tasks with their money), with no title in between."""
        if any(_opens_form(line) for line in self.loose):
            return False
        own_table = bool(draft.tables) and draft.tables[-1] is self.table
        if draft.budget_lines:
            return own_table and not draft.row_count
        return not draft.row_count or own_table or not separated

    def _budget_block(
        self, lines: TableLines, header: Header, separated: bool, table: Table | None = None
    ) -> int:
        draft = self.drafts[-1] if self.drafts else None
        if draft is None or not self._same_form(draft, separated):
            draft = self._begin()
        self._settle_loose(draft)
        outer = self._outer_unit(lines, header, draft.titles)
        block = read_budget(lines, header, outer, len(draft.budget_lines) + 1)
        draft.add_budget(block, header)
        draft.lists_projects = draft.lists_projects or lists_projects(lines, header)
        self._remember(draft, table or lines.table)
        return block.stop

    def _across_block(self, lines: TableLines, across: SourcesAcross, row: int, separated: bool) -> int:
        """A block of sources side by side; the row of their figures is the last of it."""
        draft = self.drafts[-1] if self.drafts else None
        if draft is None or not self._same_form(draft, separated):
            draft = self._begin()
        self._settle_loose(draft)
        header = Header(row, row + 1, ())
        outer = self._outer_unit(lines, header, draft.titles)
        draft.add_budget(read_across(across, outer, len(draft.budget_lines) + 1), header)
        self._remember(draft, lines.table)
        return row + 2

    @staticmethod
    def _outer_unit(lines: TableLines, header: Header, titles: Sequence[str]) -> str | None:
        """The money unit stated above the block: in the table's rows before it, its caption, or the form's title lines."""
        texts = [cell.text for line in lines.lines[: header.first_row] for cell in line.filled]
        texts += [lines.table.caption, *reversed(titles)]
        for text in texts:
            if len(text) <= 120 and ("单位" in text or "金额" in text) and (unit := money_unit_in(text)):
                return unit
        return None

    def _remember(self, draft: Draft, table: Table) -> None:
        if not draft.tables or draft.tables[-1] is not table:
            draft.tables.append(table)

    def _settle_loose(self, draft: Draft) -> Draft:
        """Hands the rows above a block to its form, but those before a title in the same table to the form before."""
        previous = self.drafts[-2] if len(self.drafts) > 1 and not draft.tables else None
        cut = 0
        if previous is not None and previous.tables and previous.tables[-1] is self.table:
            cut = next((i for i, line in enumerate(self.loose) if _opens_form(line)), len(self.loose))
            for line in self.loose[:cut]:
                self._take(previous, line)
        for paragraph in self.intro:
            if len(paragraph.text) <= 120:
                draft.titles.append(paragraph.text)
            draft.fields.read_paragraph(paragraph)
        self.intro = []
        if self.table is not None and not draft.tables:
            draft.titles += [text for text in (self.table.caption, self.table.location.sheet) if text]
        for line in self.loose[cut:]:
            self._take(draft, line)
        self.loose = []
        return draft

    def _take(self, draft: Draft, line: Line) -> None:
        if len(line.filled) == 1 and len(squeeze(line.filled[0].text)) <= 60:
            draft.titles.append(line.filled[0].text)
        if draft.header is not None and line.filled and is_total_label(line.filled[0].text):
            total = read_loose_total(line, draft.header, len(draft.groups) + len(draft.totals) + 1)
            if total is not None:
                draft.totals.append(total)
                return
        if draft.header is None and _is_early_total(line):
            draft.early_totals.append(line)
            return
        pairs = amount_pairs(line)
        if is_running_text(line) and not pairs:
            draft.texts.append(Paragraph(line.filled[0].text.strip(), line.filled[0].location))
            return
        draft.amount_pairs += pairs
        paired = [id(cell) for pair in pairs for cell in pair]
        if not pairs:
            draft.fields.read_line(line)
        for cell in line.filled:
            known = id(cell) in paired or draft.fields.has_read(cell)
            if not known and not _is_heading(draft, line) and not is_mere_label(cell):
                draft.unread.append(Unread(cell.text, cell.location, self._why_unread(cell, line)))

    def _why_unread(self, cell: Cell, line: Line) -> str:
        if cell.location.sheet in self.choices:
            return CHOICES
        own = self.table.location.sheet if self.table is not None else None
        if cell.location.sheet != own and not any(_FIGURE.search(other.text) for other in line.filled):
            return ANOTHER_SHEET
        return "没有对应的字段"


def _extended(group: ScoreGroup, last: Indicator, numbers: Sequence[int]) -> ScoreGroup:
    """The group that was open above a page break, with the rows that went on below it."""
    open_above = group.kind == "level1" and last.row_no in group.members
    return replace(group, members=(*group.members, *numbers)) if open_above and numbers else group


def text_paragraphs(document: Document, used: Sequence[Table]) -> Iterator[Paragraph]:
    """The narrative: paragraphs, and the texts of tables that are only frames around text."""
    forms = {id(table) for table in used}
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block
        elif id(block) not in forms:
            yield from _framed(block)


def _framed(table: Table) -> Iterator[Paragraph]:
    for line in TableLines(table).lines:
        if table.column_count > 2 and not is_running_text(line):
            continue
        for cell in line.filled:
            for text in cell.text.split("\n"):
                if len(text.strip()) > 1:
                    yield Paragraph(text.strip(), cell.location, confidence=cell.confidence)
