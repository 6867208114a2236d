"""The narrative of a report -> its statements, relations, sections, and indicators where no form gave them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.document import Paragraph
from extractors.narrative.adjustments import adjustment_chains
from extractors.narrative.budgets import BudgetFigure, budget_figures, rate_claims
from extractors.narrative.counts import indicator_counts
from extractors.narrative.day_rates import day_rate_claim
from extractors.narrative.differences import difference_claims
from extractors.narrative.drafting import draft_indicators, drafted_roles
from extractors.narrative.figures import bracket_depths, fold_passage, scan, sentence_spans
from extractors.narrative.formulas import formula_claims
from extractors.narrative.headed import headed_claims
from extractors.narrative.itemised import itemised_claims
from extractors.narrative.items import Told, achievement_claims, read_item
from extractors.narrative.listed_shares import listed_shares
from extractors.narrative.mentions import read_mentions
from extractors.narrative.model import BARE, Claim, Figure, Narrative, PartList, Passage
from extractors.narrative.natures import nature_claims
from extractors.narrative.parts import part_lists
from extractors.narrative.quotients import quotient_claims
from extractors.narrative.ratios import ratio_claims
from extractors.narrative.sections import read_sections
from extractors.narrative.statements import Ledger
from extractors.narrative.sums import balance_claims, list_claims, paired_parts, staff_listed, trailing_totals
from extractors.report import Indicator, NarrativeParagraph

_LONGEST_PASSAGE = 3000
_LEDGER_REACH = 3


def read_narrative(
    paragraphs: Sequence[Paragraph], indicators: Sequence[Indicator], fiscal_year: int | None
) -> Narrative:
    """Read the paragraphs outside tables.

    indicators: those of the form, to which statements are matched by name; empty for a report without a
    form, whose indicators are then drafted from the text (source `narrative`). fiscal_year: what
    上年 counts from; a figure without a printed year keeps none. Nothing is judged, and a claim whose structure is not clear is left
    out: a false relation is worse than a missing one.
    """
    sections, kinds, headings = read_sections(paragraphs)
    passages: list[Passage] = []
    for number, paragraph in enumerate(paragraphs):
        passages.extend(read_passages(len(passages), paragraph, kinds[number], headings[number], fiscal_year))
    drafted = draft_indicators(passages) if not indicators else []
    ledger = Ledger(drafted_roles(drafted))
    budgets: list[BudgetFigure] = []
    for passage in passages:
        if passage.figures:
            _read(passage, indicators, ledger, budgets, fiscal_year)
    ledger.relate([*itemised_claims(passages), *headed_claims(passages)])
    return Narrative(
        tuple(ledger.statements),
        tuple(ledger.relations),
        tuple(sections),
        tuple(drafted),
        tuple(_told(paragraphs, headings)),
    )


def _told(paragraphs: Sequence[Paragraph], headings: Sequence[bool]) -> Iterator[NarrativeParagraph]:
    section_no = 0
    for paragraph, is_heading in zip(paragraphs, headings, strict=True):
        section_no += is_heading
        if text := paragraph.text.strip():
            yield NarrativeParagraph(section_no, is_heading, text, paragraph.location)


_RESULT = re.compile(r"、(?=(?:全年|年末|实际)?(?:实际)?(?:完成|实现|达到|执行)[^、,。;]{0,6}\d)")
"""目标413公里、实际完成425公里: what was achieved begins a clause of its own."""


def read_passages(
    number: int, paragraph: Paragraph, section: str, is_heading: bool, year: int | None
) -> Iterator[Passage]:
    """A paragraph with its figures found; a very long one in pieces of whole sentences."""
    for piece, (start, end) in enumerate(_pieces(paragraph.text)):
        raw = _RESULT.sub("，", fold_passage(paragraph.text[start:end]))
        folded = raw.replace("，", ",")
        passage = Passage(
            number + piece, paragraph.text[start:end], folded, paragraph.location, section,
            sentences=sentence_spans(folded), depths=bracket_depths(folded), is_heading=is_heading, offset=start,
        )  # fmt: skip
        if any(character.isdigit() for character in folded):
            found = scan(raw, passage.sentences, passage.depths, year, number + piece)
            passage.figures = [
                replace(figure, printed=passage.text[figure.start : figure.end].strip()) for figure in found
            ]
        yield passage


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """What is read together: a claim reaches over a few sentences, never over pages."""
    start = 0
    while len(text) - start > _LONGEST_PASSAGE:
        limit = start + _LONGEST_PASSAGE
        cut = max(text.rfind("。", start, limit), text.rfind("\n", start, limit)) + 1
        end = cut if cut > start else limit
        yield start, end
        start = end
    yield start, len(text)


def _read(
    passage: Passage,
    indicators: Sequence[Indicator],
    ledger: Ledger,
    budgets: list[BudgetFigure],
    year: int | None,
) -> None:
    lists = part_lists(passage)
    told = (read_item(passage, indicators) or read_mentions(passage, indicators, year)) if indicators else []
    counts, claims = indicator_counts(passage)
    roles = {count.figure: count.role for count in counts}
    _state(passage, lists, told, roles, ledger)
    here = budget_figures(passage, lists)
    budgets[:] = [entry for entry in budgets if passage.number - entry.passage.number <= _LEDGER_REACH]
    budgets.extend(here)
    counted = {id(claim.stated) for claim in claims if claim.kind == "sum"}
    claims.extend(claim for claim in list_claims(passage, lists) if id(claim.stated) not in counted)
    claims.extend(trailing_totals(passage, lists))
    claims.extend(paired_parts(passage, lists))
    claims.extend(staff_listed(passage))
    claims.extend(balance_claims(passage))
    equations = formula_claims(passage)
    claims.extend(equations)
    claims.extend(difference_claims(passage))
    claims.extend(quotient_claims(passage))
    claims.extend(adjustment_chains(passage, here, lists))
    claims.extend(nature_claims(passage, {claim.stated.start for claim in claims if claim.kind == "sum"}))
    claims.extend(achievement_claims(passage, told))
    shares = listed_shares(passage, lists)
    claims.extend(shares)
    equations.extend(shares)
    for figure in passage.figures:
        if figure.key == "percent" and all(claim.stated is not figure for claim in equations):
            of_days = day_rate_claim(passage, figure, year)
            claims.extend(
                [of_days]
                if of_days
                else rate_claims(passage, figure, budgets) or ratio_claims(passage, figure, lists)
            )
    ledger.relate(sorted(_distinct(claims), key=lambda claim: claim.stated.start))


def _state(
    passage: Passage, lists: list[PartList], told: list[Told], roles: dict[Figure, str], ledger: Ledger
) -> None:
    by_figure: dict[int, list[Told]] = {}
    for item in told:
        by_figure.setdefault(item.figure.start, []).append(item)
    in_lists = {part.start: part for found in lists for part in found.parts}
    for printed in passage.figures:
        figure = in_lists.get(printed.start, printed) if printed.key == BARE else printed
        for item in by_figure.get(printed.start, []):
            ledger.add(passage, item.figure, item.role, item)
        if printed.start not in by_figure and (figure.key != BARE or figure.scale > 1):
            ledger.add(passage, figure, roles.get(printed, "plain"))


def _distinct(claims: list[Claim]) -> list[Claim]:
    seen: set[tuple[object, ...]] = set()
    kept: list[Claim] = []
    for claim in claims:
        key = (claim.kind, claim.stated.start, claim.topic if claim.kind == "count" else "",
               tuple(sorted(figure.start for _, figure in claim.terms)))  # fmt: skip
        if key not in seen:
            seen.add(key)
            kept.append(claim)
    return kept
