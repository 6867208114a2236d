"""Budget figures by stage (initial, adjustment, adjusted, executed) and class, and what follows from them:
initial + adjustments = adjusted, executed / budget = execution rate, adjustment / initial = adjustment rate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.narrative.model import Claim, Figure, PartList, Passage
from extractors.narrative.words import first_match, pattern, patterns

_STAGES, _CLASSES, _SIDES = patterns("stages"), patterns("classes"), patterns("sides")
_EXECUTION, _ADJUSTMENT_RATE = pattern("execution_rate"), pattern("adjustment_rate")
_ALLOTTED, _SPENT = pattern("allotted"), pattern("spent")
_KIND_OF_SPENDING = re.compile(r"(?:基本|项目|部门|整体|财政)支出|支出预算|预算支出")
_ATTRIBUTE = pattern("attribute_only")
_MID_YEAR = pattern("rate_mid_year")
_LAST_YEAR, _YEAR = pattern("last_year"), re.compile(r"(?<!比)(?<!较)(?<!于)(?:19|20)\d\d(?=年)")
_PAST = "last"
_NEAREST = 3
_DENOMINATORS = ("adjusted", "initial")


@dataclass(frozen=True, slots=True, eq=False)
class BudgetFigure:
    """An amount with its stage, class (total, basic, project …) and side (income, expenditure, or unknown).

    period: the year that its sentence names before it (2020), "last" behind 上年, empty where none is named.
    """

    figure: Figure
    passage: Passage
    stage: str
    classed: str
    side: str
    is_part: bool
    period: str = ""

    def is_of_another_year(self, other: BudgetFigure) -> bool:
        """上年执行数3866万元 is no part of this year's budget; a figure without a year goes with any but last year's."""
        told = (self.period, other.period)
        return self.period != other.period and (_PAST in told or "" not in told)


def budget_figures(passage: Passage, lists: list[PartList]) -> list[BudgetFigure]:
    """The amounts of a passage whose stage is said, by their own words or by those of the whole they are part of."""
    whole_of = {part.start: found.whole for found in lists for part in found.parts}
    read: dict[int, BudgetFigure] = {}
    for figure in passage.figures:
        if figure.key != "money" or figure.value is None:
            continue
        lead = passage.lead(figure)
        whole = whole_of.get(figure.start)
        above = read.get(whole.start) if whole else None
        stage = first_match(_STAGES, lead) or (above.stage if above else None)
        if stage is None:
            stage = "executed" if re.search(r"全年.{0,4}支出", lead) else None
        if stage is None:
            continue
        classed = first_match(_CLASSES, lead) or ("total" if whole is None else "part")
        side = first_match(_SIDES, lead) or (above.side if above else "")
        period = _period(passage, figure)
        read[figure.start] = BudgetFigure(figure, passage, stage, classed, side, whole is not None, period)
    return list(read.values())


def _period(passage: Passage, figure: Figure) -> str:
    before = passage.folded[passage.sentences[figure.sentence][0] : figure.start]
    years = _YEAR.findall(before)
    return _PAST if _LAST_YEAR.search(before) else years[-1] if years else ""


def rate_claims(passage: Passage, rate: Figure, ledger: list[BudgetFigure]) -> list[Claim]:
    """A printed execution or adjustment rate against the amounts it was made from, where both are printed."""
    lead = passage.lead(rate)
    if _ADJUSTMENT_RATE.search(lead):
        return _adjustment_rate(passage, rate, ledger)
    if not _EXECUTION.search(lead):
        return []
    near = [entry for entry in ledger if _stands_before(entry, passage, rate)]
    executed = _executed(passage, rate, lead, near)
    if executed is None:
        return _local_rate(passage, rate)
    budget = _budget(executed, near)
    if budget is None and executed.is_part:
        return _rate_of_whole(passage, rate, near)
    if budget is None or not budget.figure.amount:
        return _local_rate(passage, rate)
    if budget.passage is not passage and (own := _local_rate(passage, rate)):
        return own
    subject = executed.figure.subject
    if _ATTRIBUTE.fullmatch(subject):
        subject = budget.figure.subject
    return [
        Claim(
            "ratio",
            "execution",
            f"{subject}执行率",
            passage,
            rate,
            [(1, executed.figure), (1, budget.figure)],
        )
    ]


def _rate_of_whole(passage: Passage, rate: Figure, near: list[BudgetFigure]) -> list[Claim]:
    """执行3900万元，其中基本支出1900万元，项目支出2000万元，执行率97.5%: of the whole or of its last part; read where it holds."""
    wholes = [e for e in near if e.stage == "executed" and e.passage is passage and not e.is_part]
    budget = _budget(wholes[-1], near) if wholes else None
    if budget is None or not budget.figure.amount or rate.value is None:
        return []
    spent = wholes[-1].figure
    if abs(spent.amount / budget.figure.amount - rate.value) * 2 > rate.step:
        return []
    return [
        Claim("ratio", "execution", f"{spent.subject}执行率", passage, rate, [(1, spent), (1, budget.figure)])
    ]


def _local_rate(passage: Passage, rate: Figure) -> list[Claim]:
    """安排资金1000万元，支出950万元，支出进度95%: the sentence's only two amounts outside brackets."""
    money = [
        figure
        for figure in passage.in_sentence(rate.sentence)
        if figure.key == "money"
        and figure.depth == 0
        and figure.value is not None
        and figure.end <= rate.start
    ]
    if len(money) != 2 or money[0].amount <= 0:
        return []
    allotted, spent = money
    before, after = (_KIND_OF_SPENDING.sub("", passage.lead(figure)) for figure in (allotted, spent))
    if (
        not (_ALLOTTED.search(before) and _SPENT.search(after))
        or _SPENT.search(before)
        or _ALLOTTED.search(after)
        or _MID_YEAR.search(after)
    ):
        return []
    if re.search(r"\d", passage.folded[spent.end : rate.start]):
        return []
    subject = allotted.subject if _ATTRIBUTE.fullmatch(spent.subject) else spent.subject
    return [Claim("ratio", "execution", f"{subject}执行率", passage, rate, [(1, spent), (1, allotted)])]


def _stands_before(entry: BudgetFigure, passage: Passage, rate: Figure) -> bool:
    distance = passage.number - entry.passage.number
    return 0 < distance <= _NEAREST or (distance == 0 and entry.figure.end <= rate.start)


def _executed(passage: Passage, rate: Figure, lead: str, near: list[BudgetFigure]) -> BudgetFigure | None:
    """The executed amount of the rate's own class: in its sentence, named by the rate or directly before it."""
    classed = first_match(_CLASSES, lead)
    found = [entry for entry in near if entry.stage == "executed" and entry.passage is passage]
    if classed is None and not re.search(r"总|占", lead):
        last = found[-1] if found else None
        between = passage.folded[last.figure.end : rate.start] if last else ""
        if last is None or re.search(r"[。;(]|\d", between):
            return None
        return last
    wanted = classed or "total"
    matching = [entry for entry in found if entry.classed == wanted]
    return matching[-1] if matching else None


def _budget(executed: BudgetFigure, near: list[BudgetFigure]) -> BudgetFigure | None:
    """The latest budget of the class, the adjusted one before the initial; income is never the denominator."""
    for stage in _DENOMINATORS:
        found = [
            entry
            for entry in near
            if entry.stage == stage
            and entry.classed == executed.classed
            and entry.side != "income"
            and not entry.is_of_another_year(executed)
        ]
        if found and stage == "initial" and any(entry.stage == "adjustment" for entry in near):
            return None  # the budget was changed, and the changed one is not printed
        if found:
            return found[-1]
    return None


def _adjustment_rate(passage: Passage, rate: Figure, ledger: list[BudgetFigure]) -> list[Claim]:
    here = [entry for entry in ledger if entry.passage is passage and entry.figure.end <= rate.start]
    initial = [entry for entry in here if entry.stage == "initial" and not entry.is_part]
    change = [entry for entry in here if entry.stage == "adjustment" and not entry.is_part]
    if len(initial) == 1 and len(change) == 1 and initial[0].figure.amount:
        terms = [(1, change[0].figure), (1, initial[0].figure)]
        return [Claim("ratio", "adjustment", "预算调整率", passage, rate, terms)]
    return []
