"""Made-up narratives, some of them copied from another to a known degree, with templates and own texts as decoys.

What `python -m benchmarks.similarity` and the tests of the comparison stand on. Nothing here knows how texts are
compared. The same seed gives the same corpus.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyarrow as pa
import yaml

WORDS_FILE = Path(__file__).with_suffix(".yaml")
DEGREES = ("verbatim", "swapped", "reordered", "reworded", "chapter", "disguised")
"""How a copy was made: as it stands; names, figures and year changed; sentences in another order; a word or two in each
sentence changed; one chapter only; everything together. All but `verbatim` have the names changed."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A headed part; kind as core.sections has it; paragraphs of whole sentences."""

    heading: str
    kind: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Narrative:
    """A unit's report in words. copied_from: number of the narrative it was copied from, with the degree. sender:
    submission's number; several narratives may come from one. outcome: duplicate and superseded ones count no more."""

    unit: str
    supervisor: str
    field: str
    year: int
    chapters: tuple[Chapter, ...]
    copied_from: int | None = None
    degree: str | None = None
    scope: str = "overall"
    outcome: str = "accepted"

    @property
    def characters(self) -> int:
        """Length of its paragraphs."""
        return sum(len(paragraph) for chapter in self.chapters for paragraph in chapter.paragraphs)


@cache
def words() -> dict[str, Any]:
    """The word lists."""
    return yaml.safe_load(WORDS_FILE.read_text(encoding="utf-8"))


def corpus(units: int, copies: int, characters: int = 2_000, seed: int = 20240301) -> list[Narrative]:
    """`units` narratives, of which `copies` are copied from others, the degrees in turn; after them decoys: units'
    own project reports, resubmissions and duplicates, a twentieth of `units` each."""
    random = Random(seed)
    told = [tell(random, number, characters) for number in range(units)]
    chosen = random.sample(range(units), copies * 2)
    for turn, (source, target) in enumerate(zip(chosen[::2], chosen[1::2], strict=True)):
        told[target] = copy_of(random, told[source], source, told[target], DEGREES[turn % len(DEGREES)])
    for number in random.sample(range(units), max(1, units // 20)):
        told.append(replace(told[number], scope="project", copied_from=None, degree=None))
        told.append(replace(told[number], outcome="superseded", copied_from=None, degree=None))
        told.append(replace(told[number], outcome="duplicate", copied_from=None, degree=None))
    return told


def tell(random: Random, number: int, characters: int = 2_000, year: int = 2023) -> Narrative:
    """The narrative of unit `number`, about so long; a third of it is what every unit writes."""
    lists = words()
    field = random.choice(list(lists["fields"]))
    town = _pick(random, lists["towns"], 2) + random.choice(("市", "县", "区"))
    unit = f"{town}{field}局" if number % 3 else f"{town}{field}服务中心{number}站"
    supervisor = f"{random.choice('东西南北')}州市{field}局"
    objects = lists["fields"][field]
    own = max(300, characters - 900)
    sizes = {"completion": 0.45, "effect": 0.3, "problems": 0.12, "measures": 0.13}
    headings = {
        "completion": "二、履职完成情况",
        "effect": "三、履职效果",
        "problems": "五、存在的问题",
        "measures": "六、下一步打算",
    }
    mandated = lists["mandated"]
    body = {kind: _chapter(random, kind, objects, int(own * share)) for kind, share in sizes.items()}
    chapters = (
        Chapter("一、评价工作开展情况", "method", (mandated[0], lists["departmental"].format(field=field))),
        *(Chapter(headings[kind], kind, body[kind]) for kind in ("completion", "effect")),
        Chapter("四、评分办法", "method", (mandated[1], mandated[3])),
        *(Chapter(headings[kind], kind, body[kind]) for kind in ("problems", "measures")),
        Chapter("七、结果应用和公开", "publication", (f"{unit}完成{year}年度自评。{mandated[2]}",)),
    )
    return Narrative(unit, supervisor, field, year, chapters)


def copy_of(random: Random, source: Narrative, source_no: int, target: Narrative, degree: str) -> Narrative:
    """What `target` hands in when it copies `source`."""
    chapters = source.chapters
    if degree == "chapter":
        taken = random.choice(("completion", "effect"))
        chapters = tuple(
            next(chapter for chapter in source.chapters if chapter.kind == taken)
            if own.kind == taken
            else own
            for own in target.chapters
        )
    if degree in ("reordered", "disguised"):
        chapters = tuple(_each(chapters, lambda paragraph: _reordered(random, paragraph)))
    if degree in ("reworded", "disguised"):
        chapters = tuple(_each(chapters, lambda paragraph: _reworded(random, paragraph)))
    if degree != "verbatim":
        chapters = tuple(_each(chapters, lambda paragraph: paragraph.replace(source.unit, target.unit)))
    if degree in ("swapped", "disguised", "chapter"):
        chapters = tuple(_each(chapters, lambda paragraph: _refigured(random, paragraph)))
    return replace(target, chapters=chapters, copied_from=source_no, degree=degree)


def load(con: duckdb.DuckDBPyConnection, told: list[Narrative]) -> None:
    """Into an open warehouse; narrative n becomes report n<n>. Superseded ones point at the unit's first."""
    first = {(item.unit, item.scope): number for number, item in reversed(list(enumerate(told)))}
    _insert(con, "raw.submissions", (_submission(number, item, first) for number, item in enumerate(told)))
    _insert(con, "core.reports", (_report(number, item, first) for number, item in enumerate(told)))
    for start in range(0, len(told), 5_000):
        part = list(enumerate(told))[start : start + 5_000] if len(told) < 5_000 else _slice(told, start)
        _insert(con, "core.sections", (row for number, item in part for row in _sections(number, item)))
        _insert(con, "core.paragraphs", (row for number, item in part for row in _paragraphs(number, item)))


def _slice(told: list[Narrative], start: int) -> list[tuple[int, Narrative]]:
    return [(number, told[number]) for number in range(start, min(start + 5_000, len(told)))]


def _pick(random: Random, letters: str, count: int) -> str:
    return "".join(random.choice(letters) for _ in range(count))


def _chapter(random: Random, kind: str, objects: list[str], characters: int) -> tuple[str, ...]:
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < characters:
        paragraphs.append("".join(_sentence(random, kind, objects) for _ in range(random.randint(3, 5))))
    return tuple(paragraphs)


def _sentence(random: Random, kind: str, objects: list[str]) -> str:
    lists = words()
    place = _pick(random, lists["places"], 2) + random.choice(lists["place_kinds"])
    thing, other = random.choice(objects), random.choice(objects)
    opening, outcome = random.choice(lists["openings"]), random.choice(lists["outcomes"])
    work, measure, count = (
        random.choice(lists["works"]),
        random.choice(lists["measures"]),
        random.randint(3, 900),
    )
    if kind == "problems":
        return f"{place}{thing}{random.choice(lists['troubles'])}，{other}受到影响，{count}{measure}未能按期落实。"
    if kind == "measures":
        return f"{opening}，在{thing}中{random.choice(lists['remedies'])}，{place}先行{random.choice(lists['adverbs'])}落实。"
    shape = random.randint(0, 2)
    if shape == 0:
        return f"{opening}，在{place}{work}{thing}{count}{measure}，{outcome}。"
    if shape == 1:
        return f"{place}{thing}{random.choice(lists['adverbs'])}铺开，全年{work}{other}{count}{measure}，{outcome}。"
    return f"针对{place}{thing}{random.choice(lists['troubles'])}，{opening}，{work}{other}{count}{measure}，{outcome}。"


def _each(chapters: tuple[Chapter, ...], change: Any) -> Iterator[Chapter]:
    for chapter in chapters:
        yield replace(chapter, paragraphs=tuple(change(paragraph) for paragraph in chapter.paragraphs))


def _reordered(random: Random, paragraph: str) -> str:
    sentences = re.findall(r"[^。]+。", paragraph)
    random.shuffle(sentences)
    return "".join(sentences)


def _reworded(random: Random, paragraph: str) -> str:
    """One or two words of each sentence replaced by another of the same sense."""
    synonyms = words()["synonyms"]
    sentences = re.findall(r"[^。]+。", paragraph)
    changed = []
    for sentence in sentences:
        known = [word for word in synonyms if word in sentence]
        for word in random.sample(known, min(len(known), random.randint(1, 2))):
            sentence = sentence.replace(word, synonyms[word], 1)
        changed.append(sentence)
    return "".join(changed)


def _refigured(random: Random, paragraph: str) -> str:
    return re.sub(r"\d+", lambda found: str(random.randint(2, 10 ** max(1, len(found.group())))), paragraph)


def _submission(number: int, item: Narrative, first: dict[tuple[str, str], int]) -> dict[str, Any]:
    return {
        "submission_id": f"s{number}",
        "file_name": f"{item.unit}.docx",
        "file_path": f"{number}/{item.unit}.docx",
        "sha256": f"{number:064x}",
        "size_bytes": 1,
        "received_at": "2024-03-01 09:00:00",
        "outcome": "duplicate" if item.outcome == "duplicate" else "accepted",
        "duplicate_of": f"s{first[item.unit, item.scope]}" if item.outcome == "duplicate" else None,
        "seconds": 0.1,
        "extractor_version": "1",
        "run_id": "corpus",
    }


def _report(number: int, item: Narrative, first: dict[tuple[str, str], int]) -> dict[str, Any]:
    return {
        "report_id": f"n{number}",
        "submission_id": f"s{number}",
        "form_no": 1,
        "report_key": f"{item.unit}|{item.year}|{item.scope}||{number}",
        "kind": "narrative" if item.scope == "overall" else "form",
        "scope": item.scope,
        "template": "narrative",
        "unit_name": item.unit,
        "supervisor": item.supervisor,
        "fiscal_year": item.year,
        "project_name": "专项" if item.scope == "project" else None,
        "narrative_text": "x" * min(item.characters, 300),
        "confidence": 1.0,
        "superseded_by": f"n{first[item.unit, item.scope]}" if item.outcome == "superseded" else None,
    }


def _sections(number: int, item: Narrative) -> Iterator[dict[str, Any]]:
    for section_no, chapter in enumerate(item.chapters, 1):
        yield {
            "report_id": f"n{number}", "section_no": section_no, "heading": chapter.heading, "kind": chapter.kind,
            "text": "\n".join(chapter.paragraphs), "place": f"第{section_no}节", "location": "{}",
        }  # fmt: skip


def _paragraphs(number: int, item: Narrative) -> Iterator[dict[str, Any]]:
    paragraph_no = 0
    for section_no, chapter in enumerate(item.chapters, 1):
        for is_heading, text in ((True, chapter.heading), *((False, text) for text in chapter.paragraphs)):
            paragraph_no += 1
            yield {
                "report_id": f"n{number}", "paragraph_no": paragraph_no, "section_no": section_no,
                "is_heading": is_heading, "text": text, "place": f"第{paragraph_no}段", "location": "{}",
            }  # fmt: skip


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Iterator[dict[str, Any]]) -> None:
    items = list(rows)
    if items:
        columns = {name: [row[name] for row in items] for name in items[0]}
        relation = con.from_arrow(pa.table(columns))
        names = ", ".join(columns)
        relation.create_view("incoming_rows", replace=True)
        con.execute(f"INSERT INTO {table} BY NAME SELECT {names} FROM incoming_rows")
