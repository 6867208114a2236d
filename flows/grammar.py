"""The extraction's grammar of values, lent to the reading of handed-in tables: a figure means the same in both."""

from __future__ import annotations

from extractors.forms.budget_words import line_role
from extractors.report import Quantity
from extractors.values import Money, is_marker, parse_money, parse_quantity, unit_from_name


class HouseGrammar:
    """warehouse.handed_in.grammar.Grammar as reports are read."""

    def money(self, text: str, default_unit: str | None) -> Money | None:
        """An amount under a heading in `default_unit`; a unit in the cell wins."""
        return parse_money(text, default_unit)

    def quantity(self, text: str, name: str, unit: str | None) -> Quantity:
        """A target or actual value; the unit column comes before the unit in the name."""
        return parse_quantity(text, unit_from_name(name)[1], unit)

    def is_marker(self, text: str) -> bool:
        """Whether the cell says that there is nothing."""
        return is_marker(text)

    def is_total(self, label: str) -> bool:
        """Whether the budget line of this label is the total."""
        return line_role(label)[0] == "total"
