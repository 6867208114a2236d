"""Reads one handed-in table and validates it: all its rows, or every fault named by row and column."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from warehouse.errors import TableFileError
from warehouse.handed_in.grammar import Grammar
from warehouse.handed_in.kinds import TableKind, handed_in_words
from warehouse.handed_in.money_units import MoneyUnits
from warehouse.table_remarks import is_remark
from warehouse.tablefile import TableFile, TableRow, read_table_file

_YEAR = re.compile(r"((?:19|20)\d{2})(?:\.0|年度?)?")
_TITLE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年度|年(?!\s*\d))")
"""A year in a title above the table, not the date under it."""
_BARE_NUMBER = re.compile(r"[\d.,]+")
_MEASURED_NUMBER = re.compile(r"(?!\d{4}年)[\d.,]+\s*[^\d\s~～—–至到-]*")
"""500, 95%, 50万元: what a sign in its own column speaks of; no date, no range."""
LARGEST_YUAN = Decimal("1e16")
"""Ten thousand times the nation's yearly spending: a larger amount is a slip."""

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class HandedInTable:
    """A table that was read whole. rows: by the columns of its warehouse table, in the file's order."""

    kind: str
    file_name: str
    sha256: str
    years: tuple[int, ...]
    rows: tuple[Row, ...]


def read_handed_in(path: Path, kind_name: str, year: int | None, grammar: Grammar) -> HandedInTable:
    """The table of a csv or xlsx file. year: for a file without a column for it; None: the column must be there.

    Raises TableFileError with every fault of the file, each by row and column with its remedy.
    """
    kind = handed_in_words().kinds[kind_name]
    required = [field for field, column in kind.columns.items() if column.required]
    table = read_table_file(
        path, kind.titles, required, spread=(*kind.reading("text"), *kind.reading("year"))
    )
    reader = _Reader(table, kind, year, grammar)
    rows = [values for row in table.rows if not is_remark(row) and (values := reader.values(row))]
    faults = reader.faults + _doubles(table, kind, rows)
    if not rows and not faults:
        faults.append("表头以下没有任何一行")
    if faults:
        raise TableFileError(path, faults)
    years = sorted({values["fiscal_year"] for _, values in rows if isinstance(values["fiscal_year"], int)})
    return HandedInTable(
        kind.name,
        path.name,
        hashlib.sha256(path.read_bytes()).hexdigest(),
        tuple(years),
        tuple(values for _, values in rows),
    )


class _Reader:
    """Turns the texts of rows into values, collecting faults."""

    def __init__(self, table: TableFile, kind: TableKind, year: int | None, grammar: Grammar):
        self._table, self._kind, self._year, self._grammar = table, kind, year, grammar
        self.faults: list[str] = []
        for field, letters in table.doubled.items():
            titles = "、".join(letters)
            self.faults.append(
                f"第{titles}列都可作「{kind.columns[field].titles[0]}」，请只保留一列或改写其他列的表头"
            )
        groups = {column.any_of for column in kind.columns.values() if column.any_of}
        for group in sorted(groups):
            fields = [field for field, column in kind.columns.items() if column.any_of == group]
            if not any(field in table.letters for field in fields):
                wanted = "、".join(kind.columns[field].titles[0] for field in fields)
                self.faults.append(f"缺少金额列，至少应有其中一列：{wanted}")
        if "fiscal_year" not in table.letters:
            self._check_year()
        self._units = MoneyUnits(table, kind, self.faults)

    def _check_year(self) -> None:
        """Without a column for it the run says the year; a title that says another is not overruled."""
        if self._year is None:
            self.faults.append("没有「年度」列，请加上该列，或运行时用 --year 指明年度")
            return
        said = {int(year) for line in self._table.preamble for year in _TITLE_YEAR.findall(line)}
        if said and self._year not in said:
            years = "、".join(map(str, sorted(said)))
            self.faults.append(
                f"表头上方写的是{years}年，本次需要{self._year}年的数据；请换成{self._year}年的表，或加上「年度」列"
            )

    def values(self, row: TableRow) -> tuple[TableRow, Row] | None:
        """The row as values; None where it has a fault."""
        before = len(self.faults)
        values: dict[str, object] = {"source_row": f"{self._table.path.name} 第{row.number}行"}
        for field, column in self._kind.columns.items():
            if column.required and not column.may_be_blank and not row[field]:
                self.faults.append(f"{self._table.spot(row, field)}为空，每行都必须填写")
        for field in self._kind.reading("text"):
            values[field] = row[field] or None
        values["fiscal_year"] = self._fiscal_year(row)
        if self._kind.reading("money"):
            values |= self._amounts(row)
        if self._kind.reading("target"):
            values |= self._target(row)
        if len(self.faults) > before:
            return None
        item = row["item"]
        if "item" in self._kind.columns:
            values["item"] = "total" if not item or self._grammar.is_total(item) else item
        return row, values

    def _fiscal_year(self, row: TableRow) -> int | None:
        text = row["fiscal_year"]
        if not text:
            if self._year is None and "fiscal_year" in self._table.letters:
                self.faults.append(
                    f"{self._table.spot(row, 'fiscal_year')}为空，应写作 2024，或用 --year 指明年度"
                )
            return self._year
        found = _YEAR.fullmatch(text.replace(" ", ""))
        if found is None:
            self.faults.append(f"{self._table.spot(row, 'fiscal_year')}「{text}」不是年度，应写作 2024")
            return None
        return int(found[1])

    def _amounts(self, row: TableRow) -> dict[str, object]:
        values: dict[str, object] = {}
        steps: list[Decimal] = []
        for field in self._kind.reading("money"):
            values[field] = None
            text = row[field]
            if not text or self._grammar.is_marker(text):
                continue
            unit = self._units.unit(row, field)
            amount = self._grammar.money(text, unit)
            if amount is None and self._grammar.money(text, "元") is not None:
                if not row["money_unit"]:
                    self._units.missing(row, field)
            elif amount is None:
                self.faults.append(
                    f"{self._table.spot(row, field)}「{text}」不是金额，应写作 1234.56，没有的留空或写 —"
                )
            elif abs(amount.yuan) >= LARGEST_YUAN:
                self.faults.append(f"{self._table.spot(row, field)}「{text}」过大，请核对金额单位")
            else:
                values[field] = amount.yuan
                steps.append(amount.step_yuan)
        return values | {"money_step_yuan": max(steps, default=None)}

    def _target(self, row: TableRow) -> dict[str, object]:
        (field,) = self._kind.reading("target")
        sign, unit = row["comparator"], row["target_unit"]
        words = handed_in_words().comparators
        if sign and sign not in words:
            self.faults.append(
                f"{self._table.spot(row, 'comparator')}「{sign}」不认识，应为 ≥ ≤ ＝ ＞ ＜ 或 定性"
            )
            return {}
        text = row[field]
        signed = words.get(sign, "") if _MEASURED_NUMBER.fullmatch(text) else ""
        shown = f"{signed}{text}{unit if _BARE_NUMBER.fullmatch(text) else ''}"
        return {field: shown, "quantity": self._grammar.quantity(shown, row["name"], unit or None)}


def _doubles(table: TableFile, kind: TableKind, rows: list[tuple[TableRow, Row]]) -> list[str]:
    """Rows that say the same of the same unit twice."""
    first: dict[tuple[object, ...], int] = {}
    faults: list[str] = []
    for row, values in rows:
        key = tuple(values.get(field) for field in kind.key)
        earlier = first.setdefault(key, row.number)
        if earlier != row.number:
            said = (
                "合计" if field == "item" and value == "total" else value
                for field, value in zip(kind.key, key, strict=True)
            )
            what = "、".join(f"{value}" for value in said if value)
            faults.append(f"第{row.number}行与第{earlier}行重复（{what}），请只保留一行")
    return faults
