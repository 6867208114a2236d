"""What extraction gives: one `Report` per form found, each value with its printed text and its place.

Field names are the column names of the public views. Money is in yuan (exact `Decimal`), rates are fractions
(0.97); scores and weights are points. Nothing here judges: a value that contradicts another is kept as printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from extractors.document import Location

NO_CELLS: Mapping[str, Printed]
BUDGET_CELLS = (
    "label",
    "initial_budget",
    "adjusted_budget",
    "executed",
    "execution_rate",
    "max_score",
    "reported_score",
)
"""The cells of a budget line that the warehouse keeps as printed, with their places."""
INDICATOR_CELLS = (
    "level1",
    "level2",
    "name",
    "target",
    "actual",
    "max_score",
    "reported_score",
    "variance_reason",
)
"""The same of an indicator row."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A text as printed, and where. label is the column's or field's label in the document's own words."""

    text: str
    location: Location
    label: str = ""
    confidence: float = 1.0

    @property
    def place(self) -> str:
        """The place in words a person can follow."""
        return self.location.place(self.label)


NO_CELLS = MappingProxyType({})


def no_cells() -> Mapping[str, Printed]:
    """The empty mapping that all parts without cells share (dataclasses refuse it as a plain default)."""
    return NO_CELLS


@dataclass(frozen=True, slots=True)
class Quantity:
    """A parsed value.

    kind: number, range, date, duration, ratio, compound, qualitative, marker (/, —, 无: said to be empty),
    placeholder (prompt left in), blank. comparator: GE GT LE LT EQ APPROX or None. value: percent as a
    fraction, counts with their scale multiplied out (2.3万亩 -> 23000 亩), money in the unit printed
    (2亿元 -> 2, unit 亿元). low, high: the same for plain numbers, the ends of a range. unit: as printed,
    after the rule above. dimension: what may be compared (money, percent, area, duration, count:件 ...).
    base: factor to the dimension's base unit (亿元 -> 10**8, 元 -> 1), None where unknown.
    step: the smallest difference the printed digits can show, in the same unit as value (2.3万 -> 1000).
    """

    kind: str
    text: str = ""
    comparator: str | None = None
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    dimension: str | None = None
    base: Decimal | None = None
    step: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of the budget block.

    role: total, source (general_public, fund ...: see fund), carryover, nature_basic, nature_project, other.
    is_total marks the annual total. parent_line_no: the line that this one is a part of (其中). Lines that
    repeat the total's score are never counted (`max_score` of a 其中 line stays printed only).
    amount_yuan: an amount printed inside the label (其中：基本支出：900.47), which no money column claims.
    cells: field name -> Printed for BUDGET_CELLS.
    """

    line_no: int
    label: str
    role: str
    is_total: bool
    initial_budget_yuan: Decimal | None = None
    adjusted_budget_yuan: Decimal | None = None
    executed_yuan: Decimal | None = None
    amount_yuan: Decimal | None = None
    reported_execution_rate: Decimal | None = None
    max_score: Decimal | None = None
    reported_score: Decimal | None = None
    money_unit: str | None = None
    money_step_yuan: Decimal | None = None
    rate_step: Decimal | None = None
    parent_line_no: int | None = None
    fund: str | None = None
    group: str | None = None
    location: Location = Location()
    cells: Mapping[str, Printed] = field(default_factory=no_cells)

    @property
    def place(self) -> str:
        """Where the line stands."""
        return self.location.place()


@dataclass(frozen=True, slots=True)
class Indicator:
    """One third-level indicator, or one category scored as a whole.

    source: form or narrative. row_kind: indicator; category (a level-2 group that carries the score itself);
    execution (a budget-execution row kept inside the indicator table). level1_code: output, outcome,
    satisfaction, cost, execution, management, other. dimension: quantity, quality, timeliness, cost,
    economic, social, ecological, sustained, satisfaction, execution, other. direction: up, down or unknown.
    score_group: rows that share one merged score cell have the same number; the first carries the score.
    is_placeholder: a prompt row (指标1：, ……) that nobody filled.
    cells: field name -> Printed for INDICATOR_CELLS, and any further recognised column.
    """

    row_no: int
    name: str
    level1: str = ""
    level2: str = ""
    level1_code: str = "other"
    dimension: str = "other"
    source: str = "form"
    row_kind: str = "indicator"
    target_text: str = ""
    actual_text: str = ""
    target: Quantity = Quantity("blank")
    actual: Quantity = Quantity("blank")
    comparator: str | None = None
    unit: str | None = None
    name_unit: str | None = None
    direction: str = "unknown"
    max_score: Decimal | None = None
    reported_score: Decimal | None = None
    score_group: int | None = None
    is_placeholder: bool = False
    variance_reason: str = ""
    confidence: float = 1.0
    location: Location = Location()
    cells: Mapping[str, Printed] = field(default_factory=no_cells)

    @property
    def target_value(self) -> Decimal | None:
        """The target in `unit`, None where it is no single number (a date is none)."""
        return None if self.target.kind == "date" else self.target.value

    @property
    def actual_value(self) -> Decimal | None:
        """The actual in the unit it was printed with, None where it is no single number."""
        return None if self.actual.kind == "date" else self.actual.value

    @property
    def place(self) -> str:
        """Where the row stands."""
        return self.location.place()


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """A printed weight or score above single indicators: 产出指标（50分）, 小计, 总分.

    kind: level1, level2, indicators (of several first levels), execution, total. members: row_no of the indicators
    below it (empty for total).
    """

    group_no: int
    kind: str
    label: str
    max_score: Decimal | None
    reported_score: Decimal | None
    members: tuple[int, ...] = ()
    source: str = "form"
    location: Location = Location()
    cells: Mapping[str, Printed] = field(default_factory=no_cells)

    @property
    def place(self) -> str:
        """Where it stands."""
        return self.location.place()


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure in the narrative (or in a copy of the form inside the body), with its sentence.

    quantity: amount, count, rate, score, weight, staff, posts, area, duration, other. role: plain, target,
    actual, score, weight, met_count, unmet_count, copy_target, copy_actual, copy_score. value in `unit`
    (percent as a fraction; counts multiplied out; money as printed), value_yuan for money. step: smallest
    printed difference in `unit`. indicator_row_no: the indicator it speaks of, matched by name, with
    match_score 0 to 1. text: the sentence. printed: the figure's own characters.
    """

    statement_no: int
    subject: str
    quantity: str
    value: Decimal | None
    unit: str | None
    text: str
    printed: str
    role: str = "plain"
    comparator: str | None = None
    value_yuan: Decimal | None = None
    step: Decimal | None = None
    year: int | None = None
    section: str = ""
    indicator_row_no: int | None = None
    match_score: float | None = None
    location: Location = Location()

    @property
    def place(self) -> str:
        """Where the figure stands."""
        return self.location.place()


@dataclass(frozen=True, slots=True)
class Relation:
    """A sum, ratio or comparison that the narrative claims, read but not judged.

    kind: sum (stated = sum of signed terms), difference (stated = what lies between two printed figures, the sum of
    its two signed terms), ratio (stated = terms[0] / terms[1], a fraction), change (stated = terms[0] / terms[1] - 1),
    quotient (stated = terms[0] / terms[1] in `unit`, 元/户; step: what the digits of both terms leave open in it),
    count (stated number of met/unmet indicators against the table; no terms).
    topic: fund_source, nature (basic + project), adjustment, items, staff, assets, execution, achievement,
    met_count, unmet_count, other. All figures in one unit (`unit`; yuan for money). step: the coarsest printed
    step among stated and terms, in `unit` (of a ratio or change: what leaves as much open as the steps of its two
    terms); stated_step: that of the stated figure. formula: the figures as printed, `320.09万元 + 21.20万元`.
    """

    relation_no: int
    kind: str
    topic: str
    subject: str
    stated: Decimal | None
    terms: tuple[Decimal, ...]
    unit: str | None
    step: Decimal
    stated_step: Decimal
    formula: str
    text: str
    statement_nos: tuple[int, ...] = ()
    location: Location = Location()

    @property
    def place(self) -> str:
        """Where the claim stands."""
        return self.location.place()


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of the narrative: heading, its text, and how many filled paragraphs it has."""

    heading: str
    kind: str
    text: str
    location: Location = Location()


@dataclass(frozen=True, slots=True)
class NarrativeParagraph:
    """A paragraph of the narrative as printed. section_no: of the section it stands in or opens, one-based; 0 above
    the first heading."""

    section_no: int
    is_heading: bool
    text: str
    location: Location = Location()


@dataclass(frozen=True, slots=True)
class Unread:
    """A non-empty cell of a recognised form that ended in no field: reported, never dropped."""

    text: str
    location: Location
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """One self-evaluation: a form with the narrative around it, or a narrative without a form.

    form_no: one-based in the file. kind: form, narrative. scope: overall, project. template: the family the
    labels fit best, a name of `extractors/vocabulary`. header: field name -> Printed (unit_name, unit_code,
    supervisor, project_name, fiscal_year, filled_on, preparer, contact, phone, reported_score_total, grade ...).
    has: the blocks found (budget, goals, indicators, total, reasons, narrative). placeholders: prompt rows that
    nobody filled, kept apart from the indicators.
    """

    form_no: int
    kind: str
    scope: str
    template: str
    unit_name: str | None = None
    unit_code: str | None = None
    supervisor: str | None = None
    region: str | None = None
    fiscal_year: int | None = None
    project_name: str | None = None
    max_score_total: Decimal | None = None
    reported_score_total: Decimal | None = None
    reported_grade: str | None = None
    money_unit: str | None = None
    has: frozenset[str] = frozenset()
    header: Mapping[str, Printed] = field(default_factory=no_cells)
    budget_lines: tuple[BudgetLine, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    score_groups: tuple[ScoreGroup, ...] = ()
    statements: tuple[Statement, ...] = ()
    relations: tuple[Relation, ...] = ()
    sections: tuple[Section, ...] = ()
    paragraphs: tuple[NarrativeParagraph, ...] = ()
    placeholders: tuple[Indicator, ...] = ()
    unread: tuple[Unread, ...] = ()
    warnings: tuple[str, ...] = ()
    confidence: float = 1.0
    location: Location = field(default_factory=Location)

    @property
    def place(self) -> str:
        """Where the form begins."""
        return self.location.place()
