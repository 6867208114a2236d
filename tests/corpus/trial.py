"""A trial of the catalogue: what a unit hands in, with one fault of one check in it, or with none though it looks like one."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from flows.samples.facts import FormFacts
from flows.samples.generate import make_facts
from flows.samples.layouts import Layout
from flows.samples.narrative import narrate
from flows.samples.sheet import SampleDocument
from warehouse.roster import RosterEntry

RECEIVED = datetime(2025, 3, 20, 10, 0)
SYLLABLES = "青云白石金玉清沙松柏桃梅兰竹荷枫柳杏桂榆岭溪河湖泉江潭坪塘湾泽源峰谷岩川原野林池安宁和平昌盛兴隆瑞祥嘉永恒泰康乐福寿文武星辰晴雪霞露锦秀雄峻宏岚珠霖澄砚"
"""What the counties of trials are named of: every trial has a county of its own, so that no two trials meet."""

REAL = frozenset(
    {"雄安", "玉溪", "桂林", "泰安", "河源", "河池", "嘉兴", "清远", "文山", "安宁", "安康", "吉安"}
)
"""Names that tell a province, and with it a scoring rule."""


@dataclass(frozen=True, slots=True)
class Filing:
    """One file handed in. judged: whether the fault is looked for here."""

    document: SampleDocument
    format: str
    received: datetime = RECEIVED
    judged: bool = True


@dataclass(frozen=True, slots=True)
class ApprovedTarget:
    """A row of the approved targets, as the finance bureau hands them in."""

    unit: str
    year: int
    project: str | None
    name: str
    text: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ApprovedAmount:
    """A row of the approved budget (initial, adjusted) or of the final accounts (executed); yuan."""

    unit: str
    year: int
    project: str | None
    item: str
    initial: Decimal | None = None
    adjusted: Decimal | None = None
    executed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the submissions: roster, approved targets and budgets, final accounts, decisions on last year's findings."""

    roster: tuple[RosterEntry, ...] = ()
    targets: tuple[ApprovedTarget, ...] = ()
    budgets: tuple[ApprovedAmount, ...] = ()
    accounts: tuple[ApprovedAmount, ...] = ()
    returned: tuple[tuple[str, int], ...] = ()
    """Units whose findings of a year a reviewer returned."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What is handed in, and what the catalogue should say of it.

    check_id: the check in question, empty where none is. fault: whether it should fail on a judged filing.
    variant: which wording. follows: checks that may rightly fail besides. instead: checks that may find it in its place.
    own_words: the narrative is the unit's alone, so that nothing in it is another's or last year's.
    """

    check_id: str
    fault: bool
    variant: str
    filings: tuple[Filing, ...]
    follows: frozenset[str] = frozenset()
    instead: frozenset[str] = frozenset()
    beside: Beside = field(default=Beside())
    own_words: bool = False

    @property
    def formats(self) -> tuple[str, ...]:
        """Formats of the judged filings."""
        return tuple(filing.format for filing in self.filings if filing.judged)

    @property
    def document(self) -> SampleDocument:
        """The first judged document."""
        return next(filing.document for filing in self.filings if filing.judged)


def county(number: int) -> str:
    """The county of trial `number`: 青云县, 青白县 …"""
    return COUNTY_NAMES[number % COUNTIES]


def _names() -> Iterator[str]:
    for step in range(1, len(SYLLABLES)):  # never one syllable twice
        for first, syllable in enumerate(SYLLABLES):
            name = syllable + SYLLABLES[(first + step) % len(SYLLABLES)]
            if name not in REAL:
                yield f"{name}县"


COUNTY_NAMES = tuple(sorted(_names(), key=lambda name: zlib.crc32(name.encode())))
COUNTIES = len(COUNTY_NAMES)


def moved(facts: FormFacts, number: int) -> FormFacts:
    """The same facts in a county of their own, with a code of its own; the narrative follows."""
    region = county(number)
    unit = region + facts.department
    there = replace(
        facts, unit=unit, supervisor=unit, region=region, unit_code=f"{facts.unit_code[:2]}{number:07d}"
    )
    return replace(there, narrative=narrate(there))


def sound_facts(name: str, number: int, layout: Layout) -> FormFacts:
    """Sound facts for the trial called `name`, in the county `number`."""
    return moved(make_facts(zlib.crc32(name.encode()), scope=layout.scope, rule=layout.rule or None), number)


def year_before(facts: FormFacts, name: str) -> FormFacts:
    """Sound facts of the same unit (and project) for the year before."""
    seed = zlib.crc32(name.encode())
    other = make_facts(
        seed, department=facts.department, scope=facts.scope, rule=facts.rule, year=facts.year - 1
    )
    there = replace(
        other, unit=facts.unit, supervisor=facts.supervisor, region=facts.region, unit_code=facts.unit_code,
        project=facts.project, voice=(facts.voice + 1) % 3,
    )  # fmt: skip
    return replace(there, narrative=narrate(there))
