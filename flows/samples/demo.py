"""A believable inbox of deadline day: many units, many formats, and the files that always turn up besides."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

from flows.samples.blank import blanked
from flows.samples.facts import FormFacts
from flows.samples.faults import INJECTORS, inject
from flows.samples.form import compose, narrative_blocks
from flows.samples.generate import make_facts
from flows.samples.layouts import Layout, load_layouts
from flows.samples.other_documents import final_accounts, target_setting
from flows.samples.sheet import SampleDocument
from flows.samples.vocabulary import departments, vocabulary
from flows.samples.writers import write

YEAR = 2024
FORMATS = (".docx", ".xlsx", ".docx", ".pdf", ".docx", ".xls", ".pdf", ".txt")
ROSTER_COLUMNS = (
    "unit_name", "unit_code", "aliases", "parent_name", "department", "region", "division", "contact", "deadline",
    "extension_until", "profile", "expected_forms",
)  # fmt: skip
DIVISIONS = ("教科文科", "社会保障科", "农业农村科", "经济建设科", "行政政法科")


@dataclass(frozen=True, slots=True)
class Submission:
    """One unit's report of the demo: its facts, layout and file."""

    facts: FormFacts
    layout: Layout
    path: Path


def write_demo(folder: Path, count: int = 60, seed: int = 1) -> list[Path]:
    """Fill `folder` with about `count` files; the same seed gives the same files. Returns the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = Random(seed)
    special = min(10, max(0, count - 1))
    plain = [_write(submission) for submission in submissions(folder, max(1, count - special), seed)]
    return plain + _specials(folder, plain, seed, rng)[:special]


def submissions(folder: Path, count: int, seed: int) -> Iterator[Submission]:
    """The ordinary reports: every unit once, a third of them with a fault or two."""
    rng = Random(f"demo|{seed}")
    layouts = list(load_layouts().values())
    regions, units = list(vocabulary()["regions"]), departments()
    pairs = [(region, department) for region in regions for department in units]
    rng.shuffle(pairs)
    for number in range(count):
        region, department = pairs[number % len(pairs)]
        layout = _layout_for(region, layouts, number)
        facts = make_facts(
            seed * 1000 + number,
            department=department,
            region=region,
            year=YEAR,
            scope=layout.scope,
            rule=layout.rule or None,
        )
        if rng.random() < 0.35:
            for check_id in rng.sample(sorted(INJECTORS), k=rng.choice((1, 1, 2))):
                facts = inject(facts, check_id, rng) or facts
        suffix = FORMATS[number % len(FORMATS)]
        what = "项目支出" if layout.scope == "project" else "部门整体支出"
        yield Submission(facts, layout, folder / f"{facts.unit}{YEAR}年度{what}绩效自评{suffix}")


def _layout_for(region: str, layouts: list[Layout], number: int) -> Layout:
    """A layout that suits the region's rule, varied by number; overall forms come with their narrative."""
    rule = vocabulary()["regions"][region]["rule"]
    fitting = [layout for layout in layouts if layout.rule in ("", rule, "indicators_only")]
    layout = fitting[number % len(fitting)]
    return replace(layout, wrap="report") if layout.scope == "overall" and number % 5 else layout


def _write(submission: Submission) -> Path:
    return write(compose(submission.facts, submission.layout), submission.path)


def _specials(folder: Path, plain: list[Path], seed: int, rng: Random) -> list[Path]:
    """What always turns up: a bundle, a duplicate, a resubmission, damaged and encrypted files, other documents, an unfilled form."""
    layouts = load_layouts()
    own = [
        replace(layouts["standard_overall"], wrap="report"),
        layouts["standard_project"],
        layouts["hunan_overall"],
    ]
    facts = [make_facts(seed * 1000 + 900 + n, year=YEAR, scope=layout.scope) for n, layout in enumerate(own)]
    written: list[Path] = []
    bundle = folder / f"{facts[0].region}各单位绩效自评材料.zip"
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as archive:
        for fact, layout, suffix in zip(facts, own, (".docx", ".xlsx", ".pdf"), strict=True):
            member = write(compose(fact, layout), folder / f"打包{suffix}")
            info = zipfile.ZipInfo(f"报送材料/{fact.unit}自评表{suffix}", (2025, 3, 28, 17, 30, 0))
            archive.writestr(info, member.read_bytes(), zipfile.ZIP_DEFLATED)
            member.unlink()
    written.append(bundle)
    duplicate = folder / f"（重复报送）{plain[0].name}"
    duplicate.write_bytes(plain[0].read_bytes())
    written.append(duplicate)
    written.append(_resubmission(folder, plain, seed))
    good = write(compose(facts[0], own[0]), folder / "损坏.docx").read_bytes()
    (folder / "损坏.docx").unlink()
    written.append(_bytes(folder / f"{facts[1].unit}绩效自评（传输中断）.docx", good[: len(good) * 3 // 5]))
    written.append(_bytes(folder / f"{facts[2].unit}绩效自评（加密）.docx", encrypted_office(rng)))
    written.append(
        write(
            target_setting(make_facts(seed * 1000 + 950, year=YEAR + 1)),
            folder / f"{YEAR + 1}年绩效目标申报表.docx",
        )
    )
    written.append(
        write(
            final_accounts(make_facts(seed * 1000 + 951, year=YEAR)), folder / f"{YEAR}年度部门决算公开.xlsx"
        )
    )
    story = make_facts(seed * 1000 + 952, year=YEAR)
    name = f"{story.unit}{YEAR}年度部门整体支出绩效自评报告"
    written.append(
        write(
            SampleDocument(name, tuple(narrative_blocks(story)), (story,), "narrative"),
            folder / f"{name}.docx",
        )
    )
    empty = blanked(make_facts(seed * 1000 + 953, year=YEAR))
    written.append(
        write(compose(empty, layouts["standard_overall"]), folder / f"{empty.unit}自评表（未填）.docx")
    )
    written.append(
        _bytes(
            folder / "填报说明.txt", "请各单位于3月31日前报送绩效自评材料，逾期不予受理。\n".encode("gb18030")
        )
    )
    return written


def _resubmission(folder: Path, plain: list[Path], seed: int) -> Path:
    """The second report of the first unit again, corrected."""
    if len(plain) < 2:
        return plain[0]
    first = list(submissions(folder, 2, seed))[1]
    clean = make_facts(
        seed * 1000 + 1, department=first.facts.department, region=first.facts.region, year=YEAR,
        scope=first.layout.scope, rule=first.layout.rule or None,
    )  # fmt: skip
    clean = replace(clean, goal=clean.goal + "（修订）")
    return write(compose(clean, first.layout), first.path.with_stem(first.path.stem + "（修改后重报）"))


def _bytes(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def encrypted_office(rng: Random) -> bytes:
    """An OLE compound file with an EncryptedPackage stream: what Office writes under a password."""
    from flows.samples.writers.compound import compound_file

    return compound_file({"EncryptionInfo": rng.randbytes(4200), "EncryptedPackage": rng.randbytes(9000)})


def write_roster(path: Path, deadline: date = date(2025, 3, 31)) -> Path:
    """The roster that goes with the demo: every unit of every region, as CSV with a byte order mark for Excel."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(ROSTER_COLUMNS)
        for region, facts in vocabulary()["regions"].items():
            for number, department in enumerate(departments()):
                extension = date(2025, 4, 15).isoformat() if number % 11 == 5 else ""
                writer.writerow([
                    region + department, f"{facts['code']}{number + 1:03d}", f"{region.rstrip('县区市')}{department};{department}（{region}）",
                    f"{region}人民政府", department, region, DIVISIONS[number % len(DIVISIONS)], "", deadline.isoformat(), extension,
                    facts["rule"], 1,
                ])  # fmt: skip
    return path
