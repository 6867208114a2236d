"""What must be read from four real narratives (facts and figures only; skipped where they are not at hand)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from extractors.document import Location, Paragraph
from extractors.narrative import Narrative, read_narrative
from extractors.report import Indicator, Quantity
from extractors.values import parse_quantity

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
YEARS = {"000": 2021, "001": 2022, "002": 2022, "003": 2020}


def narrative(number: str, indicators: tuple[Indicator, ...] = ()) -> Narrative:
    found = sorted(SEEDS.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip("the four real reports are not at hand (../shared/seeds)")
    lines = found[0].read_text(encoding="utf-8").split("\n")
    texts = [(i, line) for i, line in enumerate(lines, start=1) if line.strip() and not line.startswith("\t")]
    return read_narrative(
        [
            Paragraph(line.strip(), Location(paragraph=n, line=i))
            for n, (i, line) in enumerate(texts, start=1)
        ],
        indicators,
        YEARS[number],
    )


def formulas(found: Narrative, kind: str) -> set[tuple[str, Decimal | None]]:
    return {(relation.formula, relation.stated) for relation in found.relations if relation.kind == kind}


WAN = 10000


@pytest.mark.parametrize(
    ("number", "formula", "stated"),
    [
        ("000", "320.09万元 + 21.20万元", Decimal("340.29") * WAN),
        ("000", "326.98万元 + 13.31万元", Decimal("340.29") * WAN),
        ("000", "7宗 + 25宗", Decimal(32)),
        ("000", "10.512亿元 + 4110.78万元", Decimal("10.923") * 10**8),
        ("001", "10681.52万元 + 335.42万元", Decimal("11016.94") * WAN),
        ("001", "11016.94万元 - 7986.88万元", Decimal("3030.06") * WAN),
        ("001", "1221.65万元 + 1419.24万元", Decimal("2640.89") * WAN),
        ("002", "93.26万元 + 57.09万元 + 33.25万元", Decimal("183.60") * WAN),
        ("002", "2048.73万元 + 16678.30万元", Decimal("18727.03") * WAN),
        ("002", "1103.19万元 + 1686.94万元", Decimal("2790.13") * WAN),
        ("002", "1392亩 + 72亩", Decimal(1464)),
        ("002", "750.31亩 + 653.64亩 + 10.15亩 + 880.67亩 + 98.29亩 + 71.48亩 + 1432亩", Decimal("3896.54")),
        ("002", "17.52亿元 + 2.56亿元", Decimal("20.08") * 10**8),
        ("002", "83人 + 28人", Decimal(111)),
        ("002", "7个 + 10个", Decimal(17)),
        ("003", "5630.63万元 + 293万元", Decimal("5923.63") * WAN),
        ("003", "672.94万元 - 427.34万元 + 28.43万元 + 18.98万元", Decimal(293) * WAN),
        ("003", "873.9万元 + 2150.3万元 + 294.19万元 + 3186.14万元", Decimal("5630.63") * WAN),
        ("003", "254.06万元 + 38.94万元", Decimal(293) * WAN),
        ("003", "310.71万元 - 56.65万元", Decimal("254.06") * WAN),
        ("003", "2698.55万元 + 3225.08万元", Decimal("5923.63") * WAN),
        ("003", "2461.01万元 + 237.54万元", Decimal("2698.55") * WAN),
        ("003", "2698.55万元 + 3038.58万元", Decimal("5737.12") * WAN),
        ("003", "8个 + 6个", Decimal(14)),
        ("003", "7个 + 1个", Decimal(8)),
    ],
)
def test_sum(number: str, formula: str, stated: Decimal) -> None:
    assert (formula, stated) in formulas(narrative(number), "sum")


def test_long_lists_keep_their_terms() -> None:
    sums = {relation.stated: relation for relation in narrative("002").relations if relation.kind == "sum"}
    urban, natural = sums[Decimal("15265.33") * WAN], sums[Decimal("1229.37") * WAN]
    assert (len(urban.terms), sum(urban.terms)) == (11, Decimal("15265.34") * WAN)
    assert (len(natural.terms), sum(natural.terms)) == (9, Decimal("1229.37") * WAN)


@pytest.mark.parametrize(
    ("number", "formula", "stated"),
    [
        ("000", "25宗 / 32宗", "0.7813"),
        ("000", "2个批次 / 3个批次", "1"),
        ("000", "2个 / (2个 + 2个)", "0.5"),
        ("001", "10681.52万元 / 11016.94万元", "0.9696"),
        ("001", "335.42万元 / 11016.94万元", "0.0304"),
        ("001", "7986.88万元 / 11016.94万元", "0.725"),
        ("001", "1419.24万元 / 1419.24万元", "1"),
        ("003", "5737.12万元 / 5923.63万元", "0.97"),
        ("003", "3038.58万元 / 3225.08万元", "0.9422"),
        ("003", "2698.55万元 / 2698.55万元", "1"),
        ("003", "293万元 / 5630.63万元", "0.052"),
        ("003", "348个 / 751个行政村", "0.46"),
    ],
)
def test_ratio(number: str, formula: str, stated: str) -> None:
    assert (formula, Decimal(stated)) in formulas(narrative(number), "ratio")


@pytest.mark.parametrize(("number", "sums", "ratios"), [("000", 4, 3), ("001", 5, 8), ("002", 11, 0)])
def test_nothing_else_is_claimed(number: str, sums: int, ratios: int) -> None:
    found = narrative(number)
    kinds = [relation.kind for relation in found.relations]
    assert (len(formulas(found, "sum")), kinds.count("change")) == (sums, 0)
    assert len([kind for kind in kinds if kind == "ratio"]) == ratios


def test_counts_of_met_and_unmet_indicators() -> None:
    counts = {(r.subject, r.topic, r.stated) for r in narrative("003").relations if r.kind == "count"}
    assert counts == {
        ("产出指标", "met_count", 8),
        ("产出指标", "unmet_count", 6),
        ("效益指标", "met_count", 7),
        ("效益指标", "unmet_count", 1),
    }


def test_categories_of_a_report_without_a_form() -> None:
    rows = [row for row in narrative("001").indicators if row.row_kind == "category"]
    assert [(row.max_score, row.reported_score) for row in rows] == [
        (27, 24), (27, 24), (8, 8), (20, 20), (2, 0), (5, 5)
    ]  # fmt: skip
    assert sum(row.max_score or 0 for row in rows) == 89
    assert [row.level1_code for row in rows] == ["output"] * 3 + ["outcome"] * 2 + ["satisfaction"]


def test_items_of_a_category_find_their_targets_among_the_goals() -> None:
    rows = {row.name: row for row in narrative("001").indicators}
    land = rows["土地开发补充耕地面积"]
    assert (land.target.value, land.actual.value, land.unit, land.max_score) == (6800, 0, "亩", None)
    assert rows["提供地图服务次数"].comparator == "GE"
    assert rows["全年会议保障、办公设备运维故障处理率"].actual.kind == "blank"


def test_items_under_headings_of_their_own() -> None:
    rows = {row.name: row for row in narrative("000").indicators}
    assert len(rows) == 12
    assert rows["划拨用地占总供应土地比例"].actual.value == Decimal("0.7813")
    assert rows["土地出让金收缴及时率"].actual.kind == "qualitative"
    assert rows["群众满意度"].level1_code == "satisfaction"
    assert all(row.source == "narrative" and row.max_score is None for row in rows.values())


def _row(number: int, name: str, target: str, actual: str, unit: str | None) -> Indicator:
    return Indicator(
        number, name, target_text=target, actual_text=actual, target=parse_quantity(target, unit),
        actual=parse_quantity(actual, unit), unit=unit, name_unit=unit,
    )  # fmt: skip


def test_items_speak_of_the_form_s_indicators() -> None:
    rows = (
        _row(1, "拓展发展空间面积（平方公里）", "20", "14", "平方公里"),
        _row(2, "办理省市领导批示件及人大代表提案件数量（件）", "500", "663", "件"),
        _row(3, "审批环节减少数量（个）", "3-5", "5", "个"),
        _row(4, "办结时限（工作日）", "3-5", "3", "工作日"),
        _row(5, "完成矿山生态修复面积（亩）", "1.5万以上", "1.25万", "亩"),
        Indicator(6, "别的指标", actual=Quantity("blank")),
    )
    found = narrative("003", rows)
    told = {
        row.row_no: [(s.role, s.value) for s in found.statements if s.indicator_row_no == row.row_no]
        for row in rows
    }
    assert told[1] == [("weight", 3), ("target", 20), ("actual", 14), ("score", Decimal("2.1"))]
    assert [value for role, value in told[2] if role == "actual"] == [560, 73]
    assert ("actual", 5) in told[3]
    assert ("actual", 3) in told[4]
    assert ("target", 15000) in told[5] and ("score", Decimal("3.33")) in told[5]
    assert told[6] == []
    assert ("1.25万亩 / 1.5万亩", Decimal("0.8333")) in formulas(found, "ratio")


def test_document_numbers_and_dates_are_no_figures() -> None:
    printed = {statement.printed for number in YEARS for statement in narrative(number).statements}
    assert not {"13号", "44号", "9号", "2019", "2020", "31日"} & printed
