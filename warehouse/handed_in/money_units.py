"""In which unit the money columns of a handed-in table are: said by heading, unit column, or the line above; never guessed."""

from __future__ import annotations

import re

from warehouse.handed_in.kinds import TableKind
from warehouse.tablefile import TableFile, TableRow

_UNITS = r"(?:人民币)?(?P<unit>百万元|万元|千元|亿元|元)"
_HEADING = re.compile(rf"(?:^|[（(\[【:：/／\s]|[数额算出计金]){_UNITS}[)）\]】]?\s*$")
_CAPTION = re.compile(rf"单位\s*[:：]?\s*{_UNITS}(?![\u4e00-\u9fff])")
_PLAIN = re.compile(rf"\s*{_UNITS}\s*")


class MoneyUnits:
    """The unit of each money column; `faults` says what contradicts or is missing."""

    def __init__(self, table: TableFile, kind: TableKind, faults: list[str]):
        self._table, self._faults = table, faults
        self._told: set[str] = set()
        captions = {found["unit"] for line in table.preamble for found in _CAPTION.finditer(line)}
        if len(captions) > 1:
            faults.append(f"表头上方写有多个金额单位（{'、'.join(sorted(captions))}），请只保留一个")
        self._caption = min(captions) if len(captions) == 1 else None
        self._headings = {
            field: found["unit"] if (found := _HEADING.search(table.titles.get(field, ""))) else None
            for field in kind.reading("money")
        }
        for field, unit in self._headings.items():
            if unit and self._caption and unit != self._caption:
                faults.append(
                    f"表头上方写「单位：{self._caption}」，{table.letters[field]}列表头写「{table.titles[field]}」，金额单位矛盾，请改为一致"
                )

    def unit(self, row: TableRow, field: str) -> str | None:
        """The unit of one cell, None where nothing says it (told once a column by `missing`)."""
        heading, own = self._headings[field], row["money_unit"]
        if own:
            found = _PLAIN.fullmatch(own)
            if not found:
                self._faults.append(
                    f"{self._table.spot(row, 'money_unit')}「{own}」不是金额单位，应写元、千元、万元、百万元或亿元"
                )
                return None
            if heading and found["unit"] != heading:
                self._faults.append(
                    f"{self._table.spot(row, 'money_unit')}为{found['unit']}，"
                    f"与{self._table.letters[field]}列表头的{heading}矛盾，请改为一致"
                )
                return None
            return found["unit"]
        return heading or self._caption

    def missing(self, row: TableRow, field: str) -> None:
        """Tells, once a column, that nothing says the unit of its figures."""
        if field in self._told:
            return
        self._told.add(field)
        self._faults.append(
            f"{self._table.spot(row, field)}没有写明金额单位，请把表头写作「{self._table.titles[field]}（万元）」"
            "或「……（元）」，或加一列「金额单位」，或在表头上方写「单位：万元」"
        )
