"""Forms whose table is gone: cells one a line, or with only spaces between. Put back into rows where the order decides.

The header's labels still stand in sequence, and every text must suit its column (`fitness`): the cheapest way
to place the sequence into rows of that header is found exactly (Viterbi). Rows that even so contradict a column
are left out and reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.document import Cell, Document, Location, Paragraph, Table
from extractors.forms.budget_words import line_role, money_unit_in
from extractors.forms.fitness import WRONG, fit
from extractors.forms.labels import (
    budget_column,
    footer_field,
    header_field,
    indicator_column,
    is_total_label,
    normalise_label,
    vocabulary,
)
from extractors.values import is_marker, parse_money, parse_score

CONFIDENCE = 0.6
SHORTEST_HEADER = 4
SKIP_COST = {
    "level1": 0.2,
    "level2": 0.2,
    "name": 6.0,
    "target": 2.5,
    "actual": 2.5,
    "max_score": 2.5,
    "reported_score": 2.0,
}
OTHER_SKIP = 0.5
NOTE = "表格已失去格线，按文字先后顺序对应各栏，请对照原件核对"


@dataclass(frozen=True, slots=True)
class Token:
    """One cell's text with its place."""

    text: str
    location: Location


def tokens_of(paragraphs: Sequence[Paragraph]) -> list[Token]:
    """The texts between white space, or whole lines where a paragraph is one cell."""
    found = []
    for paragraph in paragraphs:
        for match in re.finditer(r"\S+", paragraph.text):
            found.append(Token(match.group(), paragraph.location.span(match.start(), match.end())))
    return _mended(found)


def _mended(tokens: Sequence[Token]) -> list[Token]:
    """Labels that a line break cut are put together: 年初 | 预算数."""
    mended: list[Token] = []
    for token in tokens:
        head = mended[-1] if mended else None
        if head is not None and head.text in vocabulary().label_heads:
            whole = head.text + token.text
            if len(whole) <= 14 and (indicator_column(whole) or budget_column(whole)):
                mended[-1] = Token(whole, head.location)
                continue
        mended.append(token)
    return mended


def restore(document: Document) -> Document:
    """The document with such forms put back as tables; unchanged when it has tables or no header in sequence."""
    if document.tables:
        return document
    tokens = tokens_of(document.paragraphs)
    starts = [at for at in range(len(tokens)) if _header_at(tokens, at)]
    if not starts:
        return document
    rows = _rows(tokens)
    if not any(len(row) > 3 for row in rows):
        return document
    table = _table(rows)
    return replace(document, blocks=(*document.blocks, table), warnings=(*document.warnings, NOTE))


def taken_paragraphs(tables: Sequence[Table]) -> frozenset[int]:
    """The paragraphs whose text became cells of such tables, so that they are not read again as narrative."""
    found = {cell.location.paragraph for table in tables if not table.ruled for cell in table.cells}
    return frozenset(number for number in found if number is not None)


_GLUED = re.compile(
    r"一级指标\s?二级指标\s?三级指标|(?:指标值|目标值)\s?(?:实际|全年)\s?(?:完成|实际)?值\s?(?:分值|得分)"
)


def glued_paragraphs(document: Document) -> list[Paragraph]:
    """Paragraphs that hold a form's table without anything between its cells: nothing in them can be told apart."""
    return [p for p in document.paragraphs if len(p.text) > 60 and _GLUED.search(re.sub(r"\s", "", p.text))]


def _header_at(tokens: Sequence[Token], at: int) -> list[str]:
    """The fields of the header that begins at a token; empty when none does."""
    fields: list[str] = []
    for token in tokens[at : at + 14]:
        term = indicator_column(token.text)
        if term is None or (term.name in fields and term.name != "max_score"):
            break
        fields.append(term.name)
    known = {"name"} & set(fields) and {"target", "actual"} & set(fields)
    return fields if known and len(fields) >= SHORTEST_HEADER else []


def _budget_at(tokens: Sequence[Token], at: int) -> list[str]:
    fields: list[str] = []
    for token in tokens[at : at + 9]:
        term = budget_column(token.text)
        if term is None or term.name in fields:
            break
        fields.append(term.name)
    money = {"initial_budget", "adjusted_budget", "executed"} & set(fields)
    return fields if len(money) >= 2 or (money and "execution_rate" in fields) else []


Row = list[Token | None]


def _rows(tokens: Sequence[Token]) -> list[Row]:
    """The whole sequence as rows: header fields, budget block, indicator table, footers."""
    rows: list[Row] = []
    at = 0
    while at < len(tokens):
        if fields := _header_at(tokens, at):
            rows.append(list(tokens[at : at + len(fields)]))
            end = _body_end(tokens, at + len(fields))
            rows += _place(tokens[at + len(fields) : end], fields)
            at = end
        elif fields := _budget_at(tokens, at):
            above = tokens[at - 1] if at and money_unit_in(tokens[at - 1].text) else None
            rows.append([above, *tokens[at : at + len(fields)]])
            at, lines = _budget_rows(tokens, at + len(fields), fields)
            rows += lines
        elif is_total_label(tokens[at].text) and (numbers := _numbers(tokens, at + 1, 2)):
            rows.append([tokens[at], *numbers])
            at += 1 + len(numbers)
        elif _is_label(tokens[at]) and at + 1 < len(tokens) and not _is_label(tokens[at + 1]):
            rows.append([tokens[at], tokens[at + 1]])
            at += 2
        else:
            at += 1
    return rows


def _is_label(token: Token) -> bool:
    label = normalise_label(token.text)
    return bool(header_field(token.text) or footer_field(token.text)) and len(label) <= 12


def _numbers(tokens: Sequence[Token], at: int, most: int) -> list[Token]:
    found = []
    for token in tokens[at : at + most]:
        if parse_score(token.text) is None:
            break
        found.append(token)
    return found


def _body_end(tokens: Sequence[Token], at: int) -> int:
    for end in range(at, len(tokens)):
        token = tokens[end]
        if is_total_label(token.text) or _header_at(tokens, end):
            return end
        if footer_field(token.text) and len(token.text) <= 20 and not indicator_column(token.text):
            return end
        if vocabulary().form_title.search(token.text) and len(token.text) <= 40:
            return end
    return len(tokens)


def _budget_rows(tokens: Sequence[Token], at: int, fields: Sequence[str]) -> tuple[int, list[Row]]:
    """Lines of the budget block: a known label, then as many figures as the header has columns, or as money columns."""
    rows: list[Row] = []
    money = [n for n, name in enumerate(fields) if name in ("initial_budget", "adjusted_budget", "executed")]
    while at < len(tokens) and line_role(tokens[at].text)[0] != "other":
        label, at = tokens[at], at + 1
        figures: list[Token] = []
        while at < len(tokens) and len(figures) < len(fields) and _is_figure(tokens[at]):
            figures.append(tokens[at])
            at += 1
        row: Row = [label, *([None] * len(fields))]
        if len(figures) == len(fields):
            row[1:] = figures
        elif len(figures) == len(money):
            for column, figure in zip(money, figures, strict=True):
                row[column + 1] = figure
        rows.append(row)
    return at, rows


def _is_figure(token: Token) -> bool:
    text = token.text.rstrip("%％")
    return is_marker(token.text) or parse_money(text, "元") is not None or parse_score(text) is not None


def _place(tokens: Sequence[Token], fields: Sequence[str]) -> list[Row]:
    """The cheapest rows of `fields` that take the tokens in order; rows with a contradiction are dropped."""
    if not tokens:
        return []
    skip = [SKIP_COST.get(name, OTHER_SKIP) for name in fields]
    ends = [sum(skip[column + 1 :]) for column in range(len(fields))]
    begins = [sum(skip[:column]) for column in range(len(fields))]
    cost = [begins[column] - fit(name, tokens[0].text) for column, name in enumerate(fields)]
    steps: list[list[int]] = []
    for token in tokens[1:]:
        fits = [fit(name, token.text) for name in fields]
        chosen, new = [], []
        for column in range(len(fields)):
            ways = [
                (
                    cost[last]
                    + (sum(skip[last + 1 : column]) if last < column else ends[last] + begins[column]),
                    last,
                )
                for last in range(len(fields))
            ]
            least, last = min(ways)
            chosen.append(last)
            new.append(least - fits[column])
        steps.append(chosen)
        cost = new
    columns = [min(range(len(fields)), key=lambda column: cost[column] + ends[column])]
    for chosen in reversed(steps):
        columns.append(chosen[columns[-1]])
    columns.reverse()
    return [row for row in _cut(tokens, columns, len(fields)) if _sound(row, fields)]


def _cut(tokens: Sequence[Token], columns: Sequence[int], width: int) -> list[Row]:
    rows: list[Row] = []
    before = width
    for token, column in zip(tokens, columns, strict=True):
        if column <= before:
            rows.append([None] * width)
        rows[-1][column] = token
        before = column
    return rows


def _sound(row: Row, fields: Sequence[str]) -> bool:
    named = row[fields.index("name")] is not None
    return named and all(
        token is None or fit(name, token.text) > WRONG for name, token in zip(fields, row, strict=True)
    )


def _table(rows: Sequence[Row]) -> Table:
    width = max(len(row) for row in rows)
    cells = []
    for number, row in enumerate(rows):
        for column in range(width):
            token = row[column] if column < len(row) else None
            location = token.location if token else Location()
            cells.append(
                Cell(number, column, token.text if token else "", location=location, confidence=CONFIDENCE)
            )
    return Table(tuple(cells), len(rows), width, ruled=False)
