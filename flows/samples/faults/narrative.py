"""Faults of the narrative against the form, and inside it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from flows.samples.facts import FormFacts, is_met, rounded
from flows.samples.faults.mechanism import injects, numeric_up, pick, settle
from flows.samples.narrative import counts, narrate


def _told(facts: FormFacts, rng: Random) -> int | None:
    """An indicator whose figures the narrative quotes."""
    text = "".join(facts.narrative)
    return pick(
        facts,
        rng,
        lambda i: numeric_up(i) and f"{i.name}{('年初目标值', '目标为', '年度目标')[facts.voice]}" in text,
    )


@injects("NAR-01")
def told_actual_differs(facts: FormFacts, rng: Random) -> FormFacts | None:
    """The narrative gives another actual than the form."""
    return _tell_otherwise(facts, rng, "actual")


@injects("NAR-02")
def told_target_differs(facts: FormFacts, rng: Random) -> FormFacts | None:
    """The narrative gives another target than the form."""
    return _tell_otherwise(facts, rng, "target")


def _tell_otherwise(facts: FormFacts, rng: Random, side: str) -> FormFacts | None:
    index = _told(facts, rng)
    if index is None:
        return None
    indicator = facts.indicators[index]
    value = indicator.actual if side == "actual" else indicator.target
    assert isinstance(value, Decimal)
    step = Decimal(1) if value == value.to_integral_value() else Decimal("0.1")
    move = max(step, rounded(value * rng.randint(20, 60) / 1000, step))
    moved = value + move if side == "actual" and indicator.unit != "%" else value - move
    story = replace(indicator, **{side: moved})
    told = replace(facts, indicators=(*facts.indicators[:index], story, *facts.indicators[index + 1 :]))
    narrative = tuple(line.replace(counts(told), counts(facts)) for line in narrate(told))
    return replace(facts, narrative=narrative)


@injects("NAR-03")
def told_counts_differ(facts: FormFacts, rng: Random) -> FormFacts | None:
    """The narrative counts met and unmet indicators otherwise than the table shows."""
    pool = [i for i in facts.indicators if is_met(i)]
    if not pool:
        return None
    fewer = tuple(replace(i, actual=None, score=None) if i is pool[0] else i for i in facts.indicators)
    return _retold(facts, counts(facts), counts(replace(facts, indicators=fewer)))


def _retold(facts: FormFacts, old: str, new: str) -> FormFacts | None:
    narrative = tuple(line.replace(old, new) for line in facts.narrative)
    return replace(facts, narrative=narrative) if narrative != facts.narrative else None


@injects("NAR-05")
def staff_off(facts: FormFacts, rng: Random) -> FormFacts | None:
    """The kinds of staff do not add up."""
    s = facts.staffing
    changed = replace(facts, staffing=replace(s, career=s.career + rng.choice((-3, -2, 2, 4))))
    return replace(changed, narrative=narrate(changed))


@injects("NAR-09")
def told_score_differs(facts: FormFacts, rng: Random) -> FormFacts | None:
    """The narrative gives another total score than the form."""
    if facts.total_score is None:
        return None
    told = replace(facts, total_score=facts.total_score - Decimal(rng.randint(15, 150)) / 100)
    return replace(facts, narrative=narrate(told))


@injects("NAR-04")
def share_wrong(facts: FormFacts, rng: Random) -> FormFacts | None:
    """A stated share is not passed over done."""
    done = facts.inspection
    wrong = done.rate - Decimal(rng.randint(150, 900)) / 100
    return settle(replace(facts, inspection=replace(done, rate=wrong)))


@injects("NAR-08")
def outcome_copied(facts: FormFacts, rng: Random) -> FormFacts | None:
    """The account of what was achieved repeats the goal word for word."""
    goal = (
        facts.goal + "持续完善制度机制，统筹推进重点领域改革，加强队伍建设和作风建设，全面完成年度目标任务。"
    )
    return replace(facts, goal=goal, outcome=goal)


@injects("SAT-01")
def survey_missing(facts: FormFacts, rng: Random) -> FormFacts | None:
    """A satisfaction figure without any survey behind it."""
    return replace(facts, narrative=tuple(line for line in facts.narrative if "问卷" not in line))


@injects("SAT-04")
def survey_doubtful(facts: FormFacts, rng: Random) -> FormFacts | None:
    """Every questionnaire came back, in a round number or from a handful of people."""
    sent = rng.choice((20, 100, 200, 15))
    return settle(replace(facts, survey=replace(facts.survey, sent=sent, returned=sent)))


@injects("TXT-03")
def prompts_in_text(facts: FormFacts, rng: Random) -> FormFacts | None:
    """Instructions of the template left in the narrative."""
    prompt = rng.choice(
        (
            "（此处填写项目绩效目标完成情况，500字以内）",
            "（请逐条分析未完成原因，300字以内）",
            "（填写说明：本部分由主管部门填写）",
        )
    )
    return settle(replace(facts, extra=(*facts.extra, prompt)))


@injects("TXT-04")
def numbering_broken(facts: FormFacts, rng: Random) -> FormFacts | None:
    """Headings numbered out of order."""
    narrative = tuple(
        line.replace("五、", "四、", 1) if line.startswith("五、") else line for line in facts.narrative
    )
    return replace(facts, narrative=narrative) if narrative != facts.narrative else None
