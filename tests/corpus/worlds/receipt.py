"""Worlds of receipt and of departments: roster, deadlines, versions, parents, units below."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random

from flows.samples.faults.mechanism import numeric_up, pick, with_indicator
from flows.samples.form import compose
from flows.samples.narrative import narrate
from tests.corpus.trial import (
    RECEIVED,
    Filing,
    Trial,
    sound_facts,
    year_before,
)
from tests.corpus.worlds.ground import Ground, filed, world
from warehouse.roster import RosterEntry


@world("REC-01")
def unlisted(g: Ground, fault: bool) -> Trial:
    """A unit that the roster does not have; right: under its name, or under an alias."""
    if fault:
        return g.trial(True, "不在名册", (filed(g),))
    other = g.facts.unit.replace("局", "和体育局") if g.number % 2 else g.facts.unit
    roster = g.listed(unit_name=other, aliases=(g.facts.unit,) if other != g.facts.unit else ())
    return g.trial(False, "别名", (filed(g),), roster=roster)


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
    return g.trial(fault, "期限", (filed(g),), roster=roster)


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
    return g.trial(fault, "份数", (filed(g),), roster=g.listed(expected_forms=2 if fault else 1))


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
    trial = g.trial(fault, "重报", (old, filed(g)), roster=g.listed())
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
        filed(g),
        *(Filing(g.document(replace(f, narrative=narrate(f))), g.format, judged=False) for f in below),
    ]
    return g.trial(fault, "下属单位", tuple(filings), roster=tuple(roster))
