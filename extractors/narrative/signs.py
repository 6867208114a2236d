"""Which way an amount goes: added or taken away, in the words of its own clause."""

from __future__ import annotations

from extractors.narrative.model import Figure, Passage
from extractors.narrative.words import pattern, patterns

_DECREASE, _INCREASE = pattern("decrease"), pattern("increase")
_SIGNED = pattern("signed")
_ADJUSTMENT = patterns("stages")["adjustment"]


def sign_of(passage: Passage, figure: Figure) -> int:
    """-1 where the figure's own clause says that it was taken away (调减, 核减)."""
    own = passage.own_words(figure)
    words = own if _DECREASE.search(own) or _INCREASE.search(own) else passage.lead(figure)
    return -1 if _DECREASE.search(words) else 1


def is_signed(passage: Passage, figure: Figure) -> bool:
    """Whether its clause says in the words of budgeting that it was added or taken away (调增, 核减)."""
    return bool(_SIGNED.search(passage.lead(figure)))


def is_change(passage: Passage, figure: Figure) -> bool:
    """Whether the amount is itself an adjustment, whose parts may be rises and falls."""
    lead = passage.lead(figure)
    return bool(_SIGNED.search(lead) or _ADJUSTMENT.search(lead))
