"""What the narrative is read into: passages with their figures, and what comes out at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.document import Location
from extractors.report import Indicator, NarrativeParagraph, Relation, Section, Statement

BARE = "bare"
_CLOSE = 12
_NO_QUANTITIES = frozenset({BARE, "percent", "percent_point", "duration", "workdays", "months", "ratio"})


@dataclass(frozen=True, slots=True)
class Narrative:
    """A narrative as read. indicators are filled only where the document had no form to give them."""

    statements: tuple[Statement, ...] = ()
    relations: tuple[Relation, ...] = ()
    sections: tuple[Section, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    paragraphs: tuple[NarrativeParagraph, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A number in a passage. Two figures are the same only if they are one object.

    start, end: its characters in the passage's text, unit and bound suffix included. value, step: in `unit`
    (percent as fraction, counts multiplied out, money as printed); None for a range (low, high).
    key: what may be added and compared (money, area, count:人 …), `bare` without a unit. factor: to that key's
    base unit. depth: of brackets. clause: where its clause begins. subject, tail: the words before and after.
    scale: the scale word printed (万 -> 10000). passage: the number of its passage. printed: its own characters.
    """

    start: int
    end: int
    value: Decimal | None
    step: Decimal
    unit: str | None
    key: str
    factor: Decimal
    depth: int
    sentence: int
    clause: int
    subject: str
    tail: str
    scale: Decimal = Decimal(1)
    comparator: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    year: int | None = None
    passage: int = 0
    printed: str = ""

    @property
    def amount(self) -> Decimal:
        """The value in the key's base unit (money: yuan)."""
        return (self.value or Decimal(0)) * self.factor

    @property
    def adds_up(self) -> bool:
        """Whether it counts or measures something that can be added and divided: no rate, no span of time, no bare number."""
        return self.key not in _NO_QUANTITIES

    @property
    def amount_step(self) -> Decimal:
        """The printed step in the key's base unit."""
        return self.step * self.factor


@dataclass(slots=True, eq=False)
class Passage:
    """A paragraph of the narrative, or a piece of a very long one, that begins at `offset` of its text.

    folded has the same length as text, with plain punctuation.
    """

    number: int
    text: str
    folded: str
    location: Location
    section: str = ""
    figures: list[Figure] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    is_heading: bool = False
    offset: int = 0

    def span(self, start: int, end: int) -> Location:
        """The place of a stretch of the passage's text."""
        return self.location.span(start + self.offset, end + self.offset)

    def clause_text(self, figure: Figure) -> str:
        """The clause that holds the figure, from delimiter to delimiter, folded."""
        end = figure.end
        while end < len(self.folded) and self.folded[end] not in ",;。:()\n":
            end += 1
        return self.folded[figure.clause : end]

    def lead(self, figure: Figure) -> str:
        """The words between the clause's begin and the figure, folded."""
        return self.folded[figure.clause : figure.start].strip()

    def own_words(self, figure: Figure) -> str:
        """The words between the figure before it in its clause and the figure: 追加20万元、收回5万元 are two."""
        ends = [other.end for other in self.figures if figure.clause < other.end <= figure.start]
        return self.folded[max([figure.clause, *ends]) : figure.start]

    def words_at(self, figure: Figure) -> str:
        """What names a figure by words close before it: its subject, and the end of its clause's words as printed."""
        return f"{figure.subject}|{self.lead(figure)[-_CLOSE:]}"

    def in_sentence(self, sentence: int) -> Iterator[Figure]:
        """The figures of one sentence, in order."""
        return (figure for figure in self.figures if figure.sentence == sentence)

    @property
    def money(self) -> list[Figure]:
        """The single amounts of money, in order."""
        return [figure for figure in self.figures if figure.key == "money" and figure.value is not None]

    def alike_before(self, figure: Figure) -> list[Figure]:
        """The single values before a figure in its sentence that are of its kind and as deep in brackets."""
        return [
            other
            for other in self.in_sentence(figure.sentence)
            if other.end <= figure.start
            and other.key == figure.key
            and other.depth == figure.depth
            and other.value is not None
        ]


@dataclass(frozen=True, slots=True, eq=False)
class PartList:
    """A whole and the parts that are listed for it (其中 …); complete: the text says that these are all."""

    whole: Figure
    parts: tuple[Figure, ...]
    complete: bool
    start: int
    end: int


@dataclass(slots=True)
class Claim:
    """A relation before it is numbered: stated = sum of signed terms, or terms[0] / terms[1] (- 1).

    values: the terms' amounts where they are not simply those of the figures. stated_sign: -1 for 下降20%.
    """

    kind: str
    topic: str
    subject: str
    passage: Passage
    stated: Figure
    terms: list[tuple[int, Figure]]
    values: tuple[Decimal, ...] | None = None
    stated_sign: int = 1
