"""Trials that need more than one report or more than the report: roster, resubmissions, last year, approved figures, departments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from random import Random

from flows.samples.composites import with_body_copy
from flows.samples.facts import FormFacts, IndicatorFact
from flows.samples.faults.mechanism import numeric_up, pick, with_indicator
from flows.samples.faults.money import spent_share
from flows.samples.form import compose
from flows.samples.layouts import Layout, load_layouts
from flows.samples.narrative import narrate
from flows.samples.sheet import Grid, GridCell, SampleDocument
from flows.samples.values import target_text
from tests.corpus.own_words import told_in_own_words
from tests.corpus.trial import (
    RECEIVED,
    ApprovedAmount,
    ApprovedTarget,
    Beside,
    Filing,
    Trial,
    sound_facts,
    year_before,
)
from tests.corpus.trial_formats import MIXED, Formats
from tests.corpus.wordings import retold
from warehouse.roster import RosterEntry

FAULTS, DECOYS = 20, 8
"""Faulty and right worlds of every check."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a world is built on: sound facts in a layout and a format, and a source of chance."""

    number: int
    facts: FormFacts
    layout: Layout
    format: str
    rng: Random

    def document(self, facts: FormFacts | None = None, **changes: object) -> SampleDocument:
        """The facts in the layout."""
        return compose(facts or self.facts, replace(self.layout, **changes))  # type: ignore[arg-type]

    def trial(
        self, fault: bool, variant: str, filings: tuple[Filing, ...], follows: str = "", **beside: object
    ) -> Trial:
        """A trial of the check that `world` fills in."""
        kept = frozenset(follows.split()) | {"YOY-01", "YOY-04", "REC-04"}
        return Trial("", fault, variant, filings, kept, frozenset(), Beside(**beside))  # type: ignore[arg-type]

    def listed(self, **changes: object) -> tuple[RosterEntry, ...]:
        """The unit's line of the roster."""
        return (replace(RosterEntry(self.facts.unit, region=self.facts.region), **changes),)  # type: ignore[arg-type]


World = Callable[[Ground, bool], Trial | None]
WORLDS: dict[str, tuple[World, bool]] = {}


def world(check_id: str, narrative: bool = False) -> Callable[[World], World]:
    """Register a world; narrative: its documents are reports."""

    def register(build: World) -> World:
        WORLDS[check_id] = (build, narrative)
        return build

    return register


def world_trials(start: int, only: frozenset[str] = frozenset(), formats: Formats = MIXED) -> Iterator[Trial]:
    """FAULTS faulty and DECOYS right worlds of every check, in counties numbered from `start`."""
    layouts = [
        layout
        for layout in load_layouts().values()
        if layout.scope == "overall"
        and layout.rule != "indicators_only"
        and "{year}" in layout.title
        and any(name == "unit" for row in layout.header for name, _ in row)
    ]
    number = start
    for check_id, (build, narrative) in WORLDS.items():
        offered = formats.of(narrative)
        if (only and check_id not in only) or not offered:
            continue
        for fault, wanted in ((True, FAULTS), (False, DECOYS)):
            made = 0  # of this kind
            for seed in range(wanted * 8):
                number += 3
                rng = Random(number + formats.start)
                layout = layouts[(seed * 5 + number + formats.start) % len(layouts)]
                layout = replace(layout, wrap="report") if narrative else layout
                facts = sound_facts(f"{check_id}/{fault}/{seed}{formats.name}", number, layout)
                trial = build(Ground(number, facts, layout, offered[seed % len(offered)], rng), fault)
                if trial is not None:
                    yield replace(trial, check_id=check_id)
                    made += 1
                if made == wanted:
                    break


def _filed(ground: Ground, facts: FormFacts | None = None, **changes: object) -> Filing:
    return Filing(ground.document(facts, **changes), ground.format)


@world("REC-01")
def unlisted(g: Ground, fault: bool) -> Trial:
    """A unit that the roster does not have; right: under its name, or under an alias."""
    if fault:
        return g.trial(True, "不在名录", (_filed(g),))
    other = g.facts.unit.replace("局", "和体育局") if g.number % 2 else g.facts.unit
    roster = g.listed(unit_name=other, aliases=(g.facts.unit,) if other != g.facts.unit else ())
    return g.trial(False, "别名", (_filed(g),), roster=roster)


@world("REC-02")
def late(g: Ground, fault: bool) -> Trial:
    """After the deadline; right: on its day, or within an extension."""
    day = RECEIVED.date()
    if fault:
        roster = g.listed(deadline=day - timedelta(days=g.rng.randint(1, 40)))
    elif g.number % 2:
        roster = g.listed(deadline=day)
    else:
        roster = g.listed(
            deadline=day - timedelta(days=9), extension_until=day + timedelta(days=g.rng.randint(0, 5))
        )
    return g.trial(fault, "期限", (_filed(g),), roster=roster)


@world("REC-03")
def form_short(g: Ground, fault: bool) -> Trial:
    """Fewer forms than expected, or no year anywhere; right: as many as expected."""
    if fault and g.number % 2:
        bare = replace(g.layout, title="部门整体支出绩效自评表", header=((("unit", "单位名称"),),), title_in="line", order=("header", "budget", "goals", "indicators", "total"), wrap="form")  # fmt: skip
        facts = replace(
            g.facts, indicators=tuple(i for i in g.facts.indicators if "年" not in f"{i.target}{i.actual}")
        )
        return g.trial(
            True,
            "未写年度",
            (Filing(compose(facts, bare), g.format),),
            "PLA-09 WGT-01 SCO-04 IND-05 IND-12 WGT-03",
            roster=g.listed(),
        )
    return g.trial(fault, "份数", (_filed(g),), roster=g.listed(expected_forms=2 if fault else 1))


@world("REC-04")
def again(g: Ground, fault: bool) -> Trial:
    """A second version of the same report; right: the reports of two years."""
    if fault:
        before = with_indicator(g.facts, 0, actual=None, score=None)
        old = Filing(
            g.document(before), g.format, RECEIVED - timedelta(days=g.rng.randint(1, 20)), judged=False
        )
    else:
        old = Filing(compose(year_before(g.facts, f"{g.number}"), g.layout), g.format, RECEIVED, judged=False)
    trial = g.trial(fault, "重报", (old, _filed(g)), roster=g.listed())
    return trial if fault else replace(trial, follows=trial.follows - {"REC-04"})


@world("REC-05")
def other_parent(g: Ground, fault: bool) -> Trial | None:
    """Another supervising department than the roster has; right: the same, shorter."""
    layout = replace(g.layout, header=(*g.layout.header, (("supervisor", "主管部门"),)))
    parent = g.facts.region + g.rng.choice(("发展和改革局", "农业农村局", "交通运输局"))
    if parent == g.facts.unit:
        return unlisted(g, False)
    printed = parent if fault else g.facts.department
    roster = g.listed(parent_name=g.facts.unit + "机关" if fault else g.facts.region + g.facts.department)
    facts = replace(g.facts, supervisor=printed)
    return g.trial(fault, "主管部门", (Filing(compose(facts, layout), g.format),), roster=roster)


@world("AGG-01")
def units_differ(g: Ground, fault: bool) -> Trial | None:
    """One indicator counted otherwise by one of four units of a department; right: the same quantity in a smaller unit."""
    filings: list[Filing] = []
    roster: list[RosterEntry] = []
    for k, unit in enumerate(("公里", "公里", "公里", "处" if fault else "米")):
        facts = replace(
            g.facts, unit=f"{g.facts.unit}第{'一二三四'[k]}分局", unit_code=f"{g.facts.unit_code}{k}"
        )
        index = pick(
            facts, Random(1), lambda i: i.level2 == "quantity" and numeric_up(i) and i.score == i.weight
        )
        if index is None:
            return None
        target = Decimal(12 if unit != "米" else 12000)
        told = with_indicator(
            facts, index, name="巡查养护堤防长度", unit=unit, target=target, actual=target + 1, reason=""
        )
        told = replace(told, narrative=narrate(told))
        filings.append(Filing(g.document(told), g.format, judged=k == 3))
        roster.append(RosterEntry(facts.unit, region=facts.region, department=g.facts.unit))
    return g.trial(fault, "计量单位", tuple(filings), "TXT-06", roster=tuple(roster))


@world("AGG-02")
def children_missing(g: Ground, fault: bool) -> Trial:
    """A department of which one unit did not report; right: all did."""
    names = [f"{g.facts.unit}下属{name}" for name in ("执法大队", "信息中心", "培训中心")]
    roster = [
        *g.listed(),
        *(RosterEntry(name, region=g.facts.region, parent_name=g.facts.unit) for name in names),
    ]
    missing = g.rng.randint(1, 3) if fault else 0
    below = [
        replace(
            sound_facts(f"below/{g.number}/{k}", g.number, g.layout),
            unit=name, department=g.facts.department, supervisor=g.facts.unit, unit_code=f"{g.facts.unit_code}{k}",
        )
        for k, name in enumerate(names[missing:])
    ]  # fmt: skip
    filings = [
        _filed(g),
        *(Filing(g.document(replace(f, narrative=narrate(f))), g.format, judged=False) for f in below),
    ]
    return g.trial(fault, "下属单位", tuple(filings), roster=tuple(roster))


def _amount(g: Ground, item: str, **amounts: Decimal | None) -> ApprovedAmount:
    return ApprovedAmount(g.facts.unit, g.facts.year, None, item, **amounts)


@world("FUN-09")
def accounts_differ(g: Ground, fault: bool) -> Trial | None:
    """Final accounts with another outturn; right: the same to the cents that the form does not print."""
    executed = g.facts.budget[0].executed
    if executed is None:
        return None
    off = (
        Decimal(g.rng.choice((500, 12300, 2000000)))
        if fault
        else Decimal(g.rng.choice(("0", "31.25", "-42")))
    )
    if g.layout.money_unit == "元" and not fault:
        off = Decimal(0)
    account = _amount(g, "total", executed=executed + off)
    return g.trial(fault, "决算", (_filed(g),), roster=g.listed(), accounts=(account,))


@world("FUN-10")
def budget_differs(g: Ground, fault: bool) -> Trial | None:
    """Approved amounts other than the form's; right: the same."""
    line = g.facts.budget[0]
    if "initial" not in g.layout.budget.columns or line.initial is None or line.adjusted is None:
        return None
    off = Decimal(g.rng.choice((900, 45000, -310000))) if fault else Decimal(0)
    which = g.number % 2
    given = _amount(
        g, "total", initial=line.initial + off * which, adjusted=line.adjusted + off * (1 - which)
    )
    return g.trial(fault, "批复", (_filed(g),), roster=g.listed(), budgets=(given,))


def _approved(
    g: Ground, indicators: tuple[IndicatorFact, ...], style: str = "joined"
) -> tuple[ApprovedTarget, ...]:
    return tuple(
        ApprovedTarget(g.facts.unit, g.facts.year, None, i.name, target_text(i, style)) for i in indicators
    )


@world("XDC-01")
def target_changed(g: Ground, fault: bool) -> Trial | None:
    """A target other than the approved one; right: the approved one written otherwise."""
    indicators = g.facts.indicators
    index = pick(g.facts, g.rng, lambda i: numeric_up(i) and i.level1 == "output")
    if index is None or g.layout.indicators.value_style in {"scaled", "bare", "number"}:
        return None
    if fault:
        one = indicators[index]
        assert isinstance(one.target, Decimal)
        moved = replace(one, target=one.target + max(Decimal(1), one.target // 20))
        indicators = (*indicators[:index], moved, *indicators[index + 1 :])
    style = "joined" if fault else g.rng.choice(("joined", "ascii", "spaced", "words"))
    return g.trial(fault, style, (_filed(g),), roster=g.listed(), targets=_approved(g, indicators, style))


@world("XDC-03")
def indicators_changed(g: Ground, fault: bool) -> Trial | None:
    """An approved indicator dropped, or one added; right: the same ones, in another order."""
    indicators = list(g.facts.indicators)
    if fault and g.number % 2:
        indicators.append(replace(indicators[0], name=g.rng.choice(("应急演练次数", "老旧设施更新数量"))))
    elif fault:
        indicators.pop(g.rng.randrange(len(indicators)))
    else:
        g.rng.shuffle(indicators)
    if len({i.name for i in g.facts.indicators}) < len(g.facts.indicators):
        return None
    return g.trial(
        fault, "增删", (_filed(g),), "XDC-01", roster=g.listed(), targets=_approved(g, tuple(indicators))
    )


@world("YOY-01")
def below_last_year(g: Ground, fault: bool) -> Trial | None:
    """A target below what was achieved the year before; right: not below it."""
    last = year_before(g.facts, f"{g.number}")
    index = pick(g.facts, g.rng, lambda i: numeric_up(i) and i.unit != "%" and i.level2 == "quantity")
    if index is None:
        return None

    def earlier(k: int, i: IndicatorFact) -> IndicatorFact:
        if not isinstance(i.target, Decimal):
            return i
        low = i.target * (Decimal("1.1") if i.comparator in {"LE", "LT"} else Decimal("0.9"))
        low = low if i.unit != "%" else i.target
        actual = i.target + max(Decimal(1), i.target // 20) if fault and k == index else low
        actual = (
            actual.quantize(Decimal(1))
            if i.target == i.target.to_integral_value() and i.unit != "%"
            else actual
        )
        return replace(i, target=actual, actual=actual, score=i.weight, reason="")

    last = replace(last, indicators=tuple(earlier(k, i) for k, i in enumerate(g.facts.indicators)))
    before = Filing(compose(replace(last, narrative=narrate(last)), g.layout), g.format, judged=False)
    trial = g.trial(fault, "上年", (before, _filed(g)), roster=g.listed())
    return replace(trial, follows=trial.follows - {"YOY-01"})


@world("YOY-02", narrative=True)
def told_again(g: Ground, fault: bool) -> Trial:
    """Last year's text with new figures; right: told anew."""
    told = told_in_own_words(g.facts, g.rng)
    last = year_before(g.facts, f"{g.number}")
    if fault:
        last = replace(last, narrative=tuple(line.replace("2024", "2023") for line in told.narrative))
    else:
        last = told_in_own_words(last, g.rng)
    before = Filing(compose(last, g.layout), g.format, judged=False)
    trial = g.trial(fault, "沿用", (before, _filed(g, told)), "YOY-03 NAR-01 PUB-02", roster=g.listed())
    return replace(trial, own_words=True)


@world("TXT-06", narrative=True)
def copied(g: Ground, fault: bool) -> Trial:
    """Another unit's text, figures and all; right: two units that tell of their own."""
    told = told_in_own_words(g.facts, g.rng)
    other = sound_facts(f"other/{g.number}", g.number + 1, g.layout)
    other = replace(other, voice=(g.facts.voice + 1) % 3)
    if fault:
        text = tuple(line.replace(g.facts.unit, other.unit) for line in told.narrative)
    else:
        text = told_in_own_words(replace(other, narrative=narrate(other)), g.rng).narrative
    copy = Filing(compose(replace(other, narrative=text), g.layout), g.format, judged=False)
    roster = (*g.listed(), RosterEntry(other.unit, region=other.region))
    return replace(g.trial(fault, "照搬", (_filed(g, told), copy), roster=roster), own_words=True)


DRIFTS = (
    ("人数", "人员数"),
    ("次数", "频次"),
    ("率", "比率"),
    ("数量", "数"),
    ("完成", "实现"),
    ("项目", "工程项目"),
)


@world("NAR-07", narrative=True)
def names_drift(g: Ground, fault: bool) -> Trial | None:
    """A copy of the table in the body with one indicator named otherwise; right: an exact copy."""
    if g.layout.indicators.subtotals:
        return None
    document = with_body_copy(g.facts, g.layout)
    if fault:
        names = [i.name for i in g.facts.indicators]
        options = [
            (name, name.replace(a, b, 1)) for name in names for a, b in DRIFTS if a in name and b not in name
        ]
        if not options:
            return None
        old, new = g.rng.choice(options)
        first = next(n for n, block in enumerate(document.blocks) if isinstance(block, Grid))
        grid = document.blocks[first]
        assert isinstance(grid, Grid)
        cells = tuple(replace(c, text=c.text.replace(old, new)) for c in grid.cells)
        blocks = (*document.blocks[:first], replace(grid, cells=cells), *document.blocks[first + 1 :])
        document = replace(document, blocks=blocks)
    return g.trial(
        fault, "名称", (Filing(replace(document, layout=g.layout.id), g.format),), roster=g.listed()
    )


@world("WGT-02")
def group_weight_off(g: Ground, fault: bool) -> Trial | None:
    """A level-1 label with other points than its indicators sum to; right: their sum."""
    totals: dict[str, Decimal] = {}
    for i in g.facts.indicators:
        totals[i.level1] = totals.get(i.level1, Decimal(0)) + (i.weight or 0)
    if "weight" not in g.layout.indicators.columns or "level1" not in g.layout.indicators.columns:
        return None
    names = {"output": "产出指标", "outcome": "效益指标", "satisfaction": "满意度指标"}
    key = g.rng.choice(list(totals))
    words = {
        k: f"{names[k]}（{totals[k] + (g.rng.choice((-5, 2, 10)) if fault and k == key else 0):f}分）"
        for k in totals
    }
    spec = replace(g.layout.indicators, level1_words=words)
    return g.trial(
        fault, words[key], (_filed(g, indicators=spec),), "WGT-03 WGT-01 EXT-02 SCO-01", roster=g.listed()
    )


@world("CMP-02")
def block_missing(g: Ground, fault: bool) -> Trial | None:
    """No budget block, or no total; right: everything there."""
    if not fault:
        return g.trial(False, "齐全", (_filed(g),), roster=g.listed())
    scored = {"weight", "score"} <= set(g.layout.indicators.columns)
    if g.number % 2 and scored and g.layout.total == "row":
        header = tuple(row for row in g.layout.header if all(name != "total_score" for name, _ in row))
        order = tuple(name for name in g.layout.order if name != "total")
        filing = _filed(g, order=order, header=header)
    elif g.layout.indicators.execution_row:
        return None  # execution is shown among the indicators: such forms need no block for the funds
    else:
        filing = _filed(g, order=tuple(name for name in g.layout.order if name != "budget"))
    return g.trial(
        True, "缺块", (filing,), "SCO-06 SCO-04 EXE-01 WGT-01 WGT-03 CMP-04 SCO-07", roster=g.listed()
    )


@world("CMP-07")
def contact_missing(g: Ground, fault: bool) -> Trial:
    """A line for the preparer and the phone left blank; right: filled in."""
    order = (*(name for name in g.layout.order if name != "signature"), "signature")
    blank = g.rng.choice(({"contact": ""}, {"phone": ""}, {"contact": "", "phone": ""}))
    facts = replace(g.facts, **blank) if fault else g.facts
    return g.trial(fault, "落款", (_filed(g, facts, order=order),), roster=g.listed())


@world("EXE-04", narrative=True)
def not_adjusted(g: Ground, fault: bool) -> Trial | None:
    """The full-year budget repeats the initial one although the text tells of additions; right: it is the adjusted one."""
    if not {"initial", "adjusted"} <= set(g.layout.budget.columns):
        return None
    lines = (
        tuple(replace(line, adjusted=line.initial) for line in g.facts.budget) if fault else g.facts.budget
    )
    follows = "EXE-02 EXE-03 EXE-05 EXE-06 EXE-07 FUN-01 FUN-02 FUN-03 FUN-04 FUN-05 SCO-02 SCO-04 NAR-01 NAR-04 NAR-06"
    return g.trial(fault, "调整", (_filed(g, replace(g.facts, budget=lines)),), follows, roster=g.listed())


@world("EXE-07")
def spent_little(g: Ground, fault: bool) -> Trial | None:
    """Two thirds of the money for nearly all of the points; right: nearly all of the money."""
    facts = spent_share(g.facts, Decimal(g.rng.randint(550, 840)) / 1000 if fault else Decimal("0.95"))
    shown = {"weight", "score"} <= set(g.layout.indicators.columns) and "rate" in g.layout.budget.columns
    if facts is None or not shown:
        return None
    return g.trial(fault, "执行", (_filed(g, facts),), "EXE-06 FUN-05 EXE-02 SCO-02", roster=g.listed())


SAID_IN_YUAN = ("全年实际支出{yuan}元。", "2024年决算支出{yuan}元，资金支付合规。", "截至年底累计支付{yuan}元。", "共使用财政资金{yuan}元，无结余挪用。")  # fmt: skip


@world("FUN-08", narrative=True)
def said_in_yuan(g: Ground, fault: bool) -> Trial | None:
    """The amount of the form in 万元 told again in 元; right: another amount, in 元."""
    executed = g.facts.budget[0].executed
    if executed is None or g.layout.money_unit != "万元":
        return None
    sentence = (
        g.rng.choice(SAID_IN_YUAN).format(yuan=f"{executed:.2f}")
        if fault
        else "人均补助标准为1250元，按月足额发放。"
    )
    return g.trial(fault, sentence, (_filed(g, retold(g.facts, "extra", sentence)),), roster=g.listed())


@world("VAL-06")
def decimals_mixed(g: Ground, fault: bool) -> Trial | None:
    """Amounts with one and with two decimals in one block; right: two everywhere."""
    if g.layout.money_unit != "万元" or g.layout.budget.amounts != "columns":
        return None
    facts = g.facts
    if fault:
        lines = list(facts.budget)
        executed = lines[0].executed or Decimal(0)
        lines[0] = replace(
            lines[0], executed=executed - executed % 1000 - (1000 if executed % 10000 < 1000 else 0)
        )
        facts = replace(facts, budget=tuple(lines))
    filing = _filed(g, facts, money_style="trimmed" if fault else "plain")
    shown = {
        len(f"{shown.value / 10000:f}".rstrip("0").partition(".")[2])
        for shown in filing.document.shown()
        if shown.part == "budget" and shown.field.endswith("_yuan") and isinstance(shown.value, Decimal)
    }
    if fault and not {1, 2} <= shown:
        return None
    follows = "FUN-01 EXE-02 FUN-04 SCO-02" if fault else ""
    return g.trial(fault, "小数", (filing,), follows, roster=g.listed())


@world("SCO-08")
def not_to_be_scored(g: Ground, fault: bool) -> Trial | None:
    """Points for an actual that cannot be held against its target; right: points that follow from it."""
    index = pick(g.facts, g.rng, lambda i: i.level2 == "quantity" and i.score == i.weight)
    if (
        index is None
        or not {"weight", "score"} <= set(g.layout.indicators.columns)
        or g.layout.indicators.merged_scores
    ):
        return None
    weight = g.facts.indicators[index].weight or Decimal(0)
    actual = g.rng.choice(("35户", "86万元", "240人")) if fault else "13公里"
    score = weight - 1 if fault else weight
    facts = with_indicator(
        g.facts,
        index,
        name="管网改造长度",
        unit="公里",
        target="12公里",
        actual=actual,
        score=score,
        reason="施工条件变化，已调整" if fault else "",
    )
    return g.trial(
        fault, actual, (_filed(g, facts),), "VAL-02 SCO-02 DEV-02 VAL-05 DEV-05", roster=g.listed()
    )


STRAY = ("#REF!", "见附件三", "口口口", "待补充", "【续】", "同上表", "（接上页）", "数据待核")


@world("EXT-02")
def cells_unread(g: Ground, fault: bool) -> Trial:
    """Stray cells below the signatures that belong to no field; right: the signatures alone."""
    document = g.document()
    last = max(n for n, block in enumerate(document.blocks) if isinstance(block, Grid))
    grid = document.blocks[last]
    assert isinstance(grid, Grid)
    half = grid.column_count // 2
    texts = ["填报人：李敏", "联系电话：0712-3456789"] + (g.rng.sample(STRAY, 2) if fault else [])
    cells = tuple(
        GridCell(
            grid.row_count + n // 2, half * (n % 2), text, 1, grid.column_count - half if n % 2 else half
        )
        for n, text in enumerate(texts)
    )
    grown = replace(grid, cells=(*grid.cells, *cells), row_count=grid.row_count + len(texts) // 2)
    blocks = (*document.blocks[:last], grown, *document.blocks[last + 1 :])
    return g.trial(
        fault,
        "、".join(texts[2:]),
        (Filing(replace(document, blocks=blocks), g.format),),
        "SCO-04",
        roster=g.listed(),
    )


@world("EXT-01")
def no_rows(g: Ground, fault: bool) -> Trial | None:
    """The head of an indicator table without rows; right: with them."""
    document = g.document(
        order=tuple(n for n in g.layout.order if n in {"header", "budget", "indicators"}), tables="one"
    )
    last = max(n for n, block in enumerate(document.blocks) if isinstance(block, Grid))
    grid = document.blocks[last]
    assert isinstance(grid, Grid)
    if not grid.header_rows or grid.side_column:
        return None
    end = max(grid.header_rows) + 1 if fault else grid.row_count
    kept = replace(grid, cells=tuple(c for c in grid.cells if c.row < end), row_count=end)
    blocks = (*document.blocks[:last], kept, *document.blocks[last + 1 :])
    filing = Filing(replace(document, blocks=blocks), g.format)
    follows = (
        "CMP-02 CMP-03 SCO-06 SCO-04 IND-05 IND-12 IND-09 WGT-01 WGT-03 SAT-02 EXE-07 CMP-04 REC-01 REC-03"
    )
    trial = g.trial(fault, "空表", (filing,), follows, roster=g.listed())
    return replace(trial, instead=frozenset({"CMP-01", "CMP-02"}))


IN_NAMES = (
    "（{}分）", "({}分)", "【{}分】", "（分值{}分）", "（权重{}）", "（满分{}分）", "〔{}分〕", "（ {} 分）", "（本项{}分）", "（标准分：{}分）",
    "[{}分]", "（共{}分）",
)  # fmt: skip


@world("EXT-05")
def weight_told_twice(g: Ground, fault: bool) -> Trial | None:
    """Points in the indicator's name other than those of its column; right: the same ones."""
    spec = g.layout.indicators
    if "weight" not in spec.columns or spec.weight_in != "column" or spec.merged_scores:
        return None
    index = pick(g.facts, g.rng, lambda i: i.level1 == "output" and (i.weight or 0) > 2)
    if index is None:
        return None
    weight = g.facts.indicators[index].weight or Decimal(0)
    told = weight + g.rng.choice((-2, -1, 1, 2, 5)) if fault else weight
    name = g.facts.indicators[index].name + IN_NAMES[g.number % len(IN_NAMES)].format(f"{told:f}")
    return g.trial(
        fault, name, (_filed(g, with_indicator(g.facts, index, name=name)),), "NAR-07", roster=g.listed()
    )
