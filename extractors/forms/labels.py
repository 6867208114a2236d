"""What a label means, by the vocabulary in `extractors/vocabulary/labels.yaml`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

VOCABULARY = Path(__file__).parent.parent / "vocabulary" / "labels.yaml"

_SPACE = re.compile(r"[\s\u3000\xa0\u200b\ufeff]+")
_BRACKET = re.compile(r"\([^()]*\)|【[^】]*】|\[[^\]]*\]")
_ORDINAL = re.compile(
    r"^(?:[(]?[一二三四五六七八九十]+[)]?[、.．]|[(]?\d{1,2}[)]?[、．.](?!\d)|[(]\d{1,2}[)]|[①-⑳])"
)
_TRAILING = re.compile(r"[:：;；,，。*★☆※]+$|^[*★☆※•·●▲]+")
_DOUBLED = re.compile(r"^(.{2,})\1$")


def squeeze(text: str) -> str:
    """NFKC without any white space: what labels are compared by."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=65536)
def normalise_label(text: str) -> str:
    """A label without white space, bracketed remarks, ordinals, marks and trailing colons.

    `得分   （20分*执行率）` -> `得分`; `一、预算执行情况（万元）：` -> `预算执行情况`. A label that is nothing but a
    bracketed remark keeps what stands in it.
    """
    squeezed = squeeze(text)
    bare = squeezed
    while (stripped := _BRACKET.sub("", bare)) != bare:
        bare = stripped
    bare = bare.strip("()") if bare else squeezed.strip("()[]【】")
    bare = _ORDINAL.sub("", bare)
    while (stripped := _TRAILING.sub("", bare)) != bare:
        bare = stripped
    doubled = _DOUBLED.match(bare)
    return doubled.group(1) if doubled else bare


_YEAR = re.compile(r"^(?:20\d\d年度?|本年度?)(?=.)")


def without_year(text: str) -> str:
    """A heading without the year it begins with: 2024年实际完成值 -> 实际完成值."""
    return _YEAR.sub("", squeeze(text))


@dataclass(frozen=True, slots=True)
class Term:
    """One vocabulary entry: what it stands for, its patterns, and the rank among entries of the same name."""

    name: str
    pattern: re.Pattern[str]
    rank: int = 1
    fund: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The compiled vocabulary. Each list is searched in order; the first term that fits wins."""

    indicator_columns: tuple[Term, ...]
    budget_columns: tuple[Term, ...]
    label_heads: frozenset[str]
    budget_lines: tuple[Term, ...]
    budget_block: re.Pattern[str]
    not_budget_column: re.Pattern[str]
    budget_line_name: re.Pattern[str]
    whole_amount: re.Pattern[str]
    part_amount: re.Pattern[str]
    header_fields: tuple[Term, ...]
    goal_block: re.Pattern[str]
    goal_target: re.Pattern[str]
    goal_actual: re.Pattern[str]
    footers: tuple[Term, ...]
    total: re.Pattern[str]
    subtotal: re.Pattern[str]
    level1_label: re.Pattern[str]
    level2_label: re.Pattern[str]
    level1_codes: tuple[Term, ...]
    dimensions: tuple[Term, ...]
    documents: tuple[tuple[Term, str], ...]
    whatever_else: frozenset[str]
    evaluation_title: re.Pattern[str]
    form_title: re.Pattern[str]
    directions: Mapping[str, re.Pattern[str]]


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{unicodedata.normalize('NFKC', pattern)})" for pattern in patterns))


def _terms(entries: list[dict[str, Any]], key: str) -> tuple[Term, ...]:
    return tuple(
        Term(entry[key], _any(entry["patterns"]), entry.get("rank", 1), entry.get("fund"))
        for entry in entries
    )


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary, read once a process."""
    raw = yaml.safe_load(VOCABULARY.read_text(encoding="utf-8"))
    kinds = _terms(raw["documents"], "kind")
    return Vocabulary(
        indicator_columns=_terms(raw["indicator_columns"], "field"),
        budget_columns=_terms(raw["budget_columns"], "field"),
        label_heads=frozenset(raw["label_heads"]),
        budget_lines=_terms(raw["budget_lines"], "role"),
        budget_block=re.compile(raw["budget_block_label"]),
        not_budget_column=re.compile(raw["not_budget_column"]),
        budget_line_name=re.compile(raw["budget_line_names"]),
        whole_amount=_any(raw["budget_parts"]["whole"]),
        part_amount=_any(raw["budget_parts"]["part"]),
        header_fields=_terms(raw["header_fields"], "field"),
        goal_block=_any(raw["goal_labels"]["block"]),
        goal_target=_any(raw["goal_labels"]["target"]),
        goal_actual=_any(raw["goal_labels"]["actual"]),
        footers=_terms(raw["footer_labels"], "field"),
        total=_any(raw["totals"]["total"]),
        subtotal=_any(raw["totals"]["subtotal"]),
        level1_label=_any(raw["level1_labels"]),
        level2_label=_any(raw["level2_labels"]),
        level1_codes=_terms(raw["level1_codes"], "code"),
        dimensions=_terms(raw["dimensions"], "code"),
        documents=tuple((term, entry["name"]) for term, entry in zip(kinds, raw["documents"], strict=True)),
        whatever_else=frozenset(entry["kind"] for entry in raw["documents"] if entry.get("whatever_else")),
        evaluation_title=_any(raw["evaluation_titles"]),
        form_title=_any(raw["form_titles"]),
        directions={kind: _any(patterns) for kind, patterns in raw["directions"].items()},
    )


def first_term(terms: tuple[Term, ...], label: str) -> Term | None:
    """The first term whose pattern is found in the (already normalised) label."""
    if not label:
        return None
    return next((term for term in terms if term.pattern.search(label)), None)


MAX_LABEL = 30
"""A label is short. Longer texts are content, whatever words they contain."""


@lru_cache(maxsize=65536)
def indicator_column(text: str) -> Term | None:
    """What an indicator table's column header means, None for no known column."""
    label = normalise_label(text)
    return first_term(vocabulary().indicator_columns, label) if len(label) <= MAX_LABEL else None


@lru_cache(maxsize=65536)
def budget_column(text: str) -> Term | None:
    """What a budget block's column header means; None for a label that can also run down beside the block."""
    return None if is_budget_block_label(text) else any_budget_column(text)


@lru_cache(maxsize=65536)
def any_budget_column(text: str) -> Term | None:
    """What a budget block's column header means, where its place tells that it heads a column."""
    label, words = normalise_label(text), vocabulary()
    if len(label) > MAX_LABEL or words.not_budget_column.search(label):
        return None
    return first_term(words.budget_columns, label)


def is_budget_block_label(text: str) -> bool:
    """True for 预算执行情况 and its kin, which run down beside the budget block, or head one of its columns."""
    return bool(vocabulary().budget_block.search(normalise_label(text)))


def amount_part(text: str) -> str | None:
    """whole or part, for a label below a money column that is split into an amount and what it is made of."""
    label, words = normalise_label(text), vocabulary()
    if words.whole_amount.search(label):
        return "whole"
    return "part" if len(label) <= 12 and words.part_amount.search(label) else None


@lru_cache(maxsize=65536)
def header_field(text: str) -> str | None:
    """Which header field a label names, None for no known one."""
    label = normalise_label(text)
    term = first_term(vocabulary().header_fields, label) if 1 < len(label) <= 20 else None
    return term.name if term else None


@lru_cache(maxsize=65536)
def is_whole_header_label(text: str) -> bool:
    """True when the whole text, and not only a part of it, is a header field's label."""
    label = normalise_label(text)
    return 1 < len(label) <= 20 and any(term.pattern.fullmatch(label) for term in vocabulary().header_fields)


@lru_cache(maxsize=65536)
def footer_field(text: str) -> str | None:
    """Which closing block a label opens: reasons, measures, notes, conclusion."""
    label = normalise_label(text)
    term = first_term(vocabulary().footers, label) if len(label) <= MAX_LABEL else None
    return term.name if term else None


def level1_code(text: str) -> str:
    """output, outcome, satisfaction, cost, execution, management or other."""
    term = first_term(vocabulary().level1_codes, normalise_label(text))
    return term.name if term else "other"


def dimension_code(text: str) -> str:
    """quantity, quality, timeliness, cost, economic, social, ecological, sustained, satisfaction, execution, other."""
    term = first_term(vocabulary().dimensions, normalise_label(text))
    return term.name if term else "other"


@lru_cache(maxsize=65536)
def direction_of(name: str) -> str:
    """down where less is better by the indicator's name (used where no comparator decides); else unknown."""
    kinds, label = vocabulary().directions, squeeze(name)
    if kinds["reduction"].search(label):
        return "unknown"
    if kinds["burden"].search(label):
        return "down"
    return "down" if kinds["harm"].search(label) and not kinds["answer"].search(label) else "unknown"


@lru_cache(maxsize=65536)
def is_spending(name: str) -> bool:
    """True unless the name tells of money that somebody receives or that is saved (补助标准, 成本节约额)."""
    kinds, label = vocabulary().directions, squeeze(name)
    return not kinds["grant"].search(label) and not kinds["reduction"].search(label)


@lru_cache(maxsize=65536)
def is_total_label(text: str) -> bool:
    """True for 总分, 合计 and their kin, also with the figures glued on (总分100100)."""
    return bool(vocabulary().total.search(re.sub(r"[\d.]+分?$", "", normalise_label(text))))


@lru_cache(maxsize=65536)
def is_subtotal_label(text: str) -> bool:
    """True for 小计."""
    return bool(vocabulary().subtotal.search(normalise_label(text)))
