"""What reading a handed-in table needs of the house's grammar of values; the flow brings it from the extraction."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from extractors.report import Quantity


class Amount(Protocol):
    """An amount in yuan and the smallest difference its printed digits can show."""

    @property
    def yuan(self) -> Decimal:
        """The amount in yuan."""
        ...

    @property
    def step_yuan(self) -> Decimal:
        """In yuan: 0.01 万元 printed gives 100."""
        ...


class Grammar(Protocol):
    """Reads the text of one cell as reports are read."""

    def money(self, text: str, default_unit: str | None) -> Amount | None:
        """An amount under a heading in `default_unit` (元, 万元 …); a unit in the cell wins; None when it is none."""
        ...

    def quantity(self, text: str, name: str, unit: str | None) -> Quantity:
        """A target or an actual value of the indicator `name`; `unit` from the unit column."""
        ...

    def is_marker(self, text: str) -> bool:
        """Whether the cell says that there is nothing (/, —, 无)."""
        ...

    def is_total(self, label: str) -> bool:
        """Whether a budget line of this label is the total."""
        ...
