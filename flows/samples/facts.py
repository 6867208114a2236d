"""The facts a sample self-evaluation states, before any layout.

Money is in yuan, rates and percentages are fractions, weights and scores are points. Everything here is what
the form *says*: a faulty sample says something inconsistent, and `faults` names the checks that should notice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def rounded(value: Decimal, step: Decimal = CENT) -> Decimal:
    """`value` rounded half up to a multiple of `step`, as the forms do."""
    return value.quantize(step, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class BudgetFact:
    """One line of the budget block.

    key: total, fiscal (当年财政拨款), carryover, other (其他资金), general_public, government_fund,
    special_account, basic, project. Amounts in yuan; rate as a fraction printed with four decimals at most.
    """

    key: str
    initial: Decimal | None = None
    adjusted: Decimal | None = None
    executed: Decimal | None = None
    rate: Decimal | None = None
    max_score: Decimal | None = None
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class IndicatorFact:
    """One third-level indicator.

    level1: output, outcome, satisfaction, cost or management. level2: quantity, quality, timeliness, cost, economic, social,
    ecological, sustained, satisfaction ... (keys of the vocabulary). comparator: GE, LE, EQ, GT, LT. target and actual are
    numbers in `unit` (percent: 95 with unit %), or words for a qualitative indicator, or None where left blank.
    """

    level1: str
    level2: str
    name: str
    unit: str = ""
    comparator: str = "GE"
    target: Decimal | str | None = None
    actual: Decimal | str | None = None
    weight: Decimal | None = None
    score: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Staffing:
    """Posts and staff as the narrative gives them; the three kinds of staff add up to `staff` in a sound report."""

    offices: int
    institutions: int
    posts: int
    staff: int
    civil: int
    career: int
    support: int


@dataclass(frozen=True, slots=True)
class Survey:
    """The satisfaction survey behind the satisfaction indicator; `rate` in percent."""

    sent: int
    returned: int
    rate: Decimal
    month: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Parts of project expenditure as the narrative lists them (name, yuan); in a sound report they add up to it."""

    parts: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """A counted activity with a share the narrative states: `passed` of `done`, `rate` in percent with two decimals."""

    done: int
    passed: int
    rate: Decimal


@dataclass(frozen=True, slots=True)
class FormFacts:
    """Everything one self-evaluation says.

    scope: overall or project. rule: the scoring rule its scores follow (national, hubei, sichuan,
    hunan-a, or indicators_only where execution carries no points).
    execution_weight: points of the budget block. total_score counts the execution score in.
    supplements: yuan added and yuan cut during the year, as the narrative tells; their difference is the change of the
    budget. voice: which wording the narrative has. extra: paragraphs the narrative has besides.
    faults: identifiers of the checks that the form should trip, in catalogue notation (FUN-01).
    """

    unit: str
    unit_code: str
    supervisor: str
    region: str
    department: str
    year: int
    scope: str
    project: str
    rule: str
    execution_weight: Decimal
    budget: tuple[BudgetFact, ...]
    indicators: tuple[IndicatorFact, ...]
    total_weight: Decimal | None
    total_score: Decimal | None
    grade: str
    goal: str
    outcome: str
    staffing: Staffing
    survey: Survey
    breakdown: Breakdown
    supplements: tuple[Decimal, Decimal]
    inspection: Inspection
    contact: str
    phone: str
    filled_on: date
    voice: int = 0
    extra: tuple[str, ...] = ()
    narrative: tuple[str, ...] = ()
    faults: tuple[str, ...] = field(default=())

    def line(self, key: str) -> BudgetFact | None:
        """The budget line of that key, or None."""
        return next((line for line in self.budget if line.key == key), None)

    @property
    def met(self) -> int:
        """How many indicators are met by their numbers or their full score."""
        return sum(is_met(indicator) for indicator in self.indicators)


def is_met(indicator: IndicatorFact) -> bool:
    """Whether the actual satisfies the target; words count as met when the score is the full weight."""
    target, actual = indicator.target, indicator.actual
    if not isinstance(target, Decimal) or not isinstance(actual, Decimal):
        return indicator.score is not None and indicator.score == indicator.weight
    return {
        "GE": actual >= target,
        "EQ": actual == target,
        "LE": actual <= target,
        "GT": actual > target,
        "LT": actual < target,
    }[indicator.comparator]


def grade_of(total: Decimal) -> str:
    """The national grade of a 100-point total: 优 from 90, 良 from 80, 中 from 60, else 差."""
    return next(grade for edge, grade in ((90, "优"), (80, "良"), (60, "中"), (-1000, "差")) if total >= edge)
