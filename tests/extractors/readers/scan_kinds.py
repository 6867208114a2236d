"""Scans of every kind a unit may send, made from declared forms, and how well their cells are read.

`python -m tests.extractors.readers.scan_kinds [PAGES] [KIND ...]` prints a table: cells and figures exact, figures read
wrong, and of those the ones that nothing marks as doubtful.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from extractors.document import Document
from extractors.readers.scan import read_scan
from tests.extractors.readers.pdf_samples import Box, Form, embedded_font, write_form
from tests.extractors.readers.scan_samples import scan_pages

DOUBTED_BELOW = 0.9
"""Confidence below which a figure counts as marked for the reviewer."""

NAMES = (
    "培训人次", "检查户数", "按期办结率", "带动增收", "维修渠道长度", "受益人口", "资金使用合规率", "群众满意度", "设备购置数量", "项目验收合格率",
    "新增就业岗位", "投诉办结时限", "档案数字化率", "惠民补贴发放", "植树造林面积", "水质达标率", "应急演练次数", "宣传覆盖人数",
)  # fmt: skip
CATEGORIES = ("数量指标", "质量指标", "时效指标", "成本指标", "社会效益", "生态效益", "满意度指标")
UNITS = ("人次", "户", "万元", "公里", "亩", "个", "份", "%", "%", "‰", "")


def evaluation(seed: int, merged: bool = True) -> Form:
    """An indicator table with figures as units write them. merged: level 1 spans its rows."""
    rng = random.Random(seed)
    heads = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因")
    boxes = [Box(0, column, text) for column, text in enumerate(heads)]
    rows = rng.randint(9, 15)
    starts = sorted({0, *rng.sample(range(1, rows), 2)}) if merged else []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else rows
        label = ("产出指标", "效益指标", "满意度")[number % 3]
        boxes.append(
            Box(
                1 + start,
                0,
                f"{label}\n（{rng.choice((10, 30, 40, 50))}分）" if end - start > 1 else label,
                end - start,
            )
        )
    for row in range(rows):
        if not merged:
            boxes.append(Box(1 + row, 0, ("产出指标", "效益指标", "满意度")[row * 3 // rows]))
        target, actual = _figures(rng)
        weight = rng.choice((2, 3, 4, 5, 6, 8, 10, 12.5))
        score = weight if rng.random() < 0.6 else round(weight * rng.uniform(0.5, 0.99), 2)
        reason = "" if rng.random() < 0.7 else rng.choice(("资金到位晚", "疫情影响", "统筹安排"))
        texts = (
            rng.choice(CATEGORIES),
            rng.choice(NAMES),
            target,
            actual,
            f"{weight:g}",
            f"{score:g}",
            reason,
        )
        boxes += [Box(1 + row, 1 + k, text) for k, text in enumerate(texts)]
    boxes += (
        [Box(1 + rows, 0, "总分", 1, 5)]
        if merged
        else [Box(1 + rows, k, "总分" if k == 0 else "") for k in range(5)]
    )
    boxes += [Box(1 + rows, 5, "100"), Box(1 + rows, 6, f"{rng.uniform(80, 100):.2f}"), Box(1 + rows, 7, "")]
    return Form([60, 60, 85, 75, 75, 40, 45, 60], [26] * (rows + 2), boxes, left=48, font=embedded_font())


def _figures(rng: random.Random) -> tuple[str, str]:
    unit = rng.choice(UNITS)
    sign = rng.choice(("≥", "≥", "≤", "=", "", "＞"))
    if unit in ("%", "‰"):
        value = f"{rng.choice((85, 90, 95, 98, 100, 99.5))}"
        return f"{sign}{value}{unit}", f"{rng.uniform(60, 100):.{rng.choice((0, 1, 2))}f}{unit}"
    high = rng.choice((9, 99, 999, 9_999, 999_999))
    value, done = rng.randint(1, high), rng.randint(1, high)
    how = rng.choice(("{:d}", "{:,d}", "{:.2f}"))
    return f"{sign}{how.format(value)}{unit}", f"{how.format(done)}{unit}"


Change = Callable[[Image.Image, int], Image.Image]


@dataclass(frozen=True)
class Kind:
    """style: of the borders. merged: whether cells span. dpi, skew, noise, seal: as `scan_pages` takes them."""

    style: str = "lines"
    merged: bool = True
    dpi: int = 200
    skew: float = 0.0
    noise: float = 0.0
    seal: tuple[float, float] | None = None
    change: Change | None = None


def photographed(image: Image.Image, seed: int) -> Image.Image:
    """As a telephone sees a sheet on a desk: perspective, a shadow, a dark table around it."""
    rng = np.random.default_rng(seed)
    page = np.asarray(image)
    height, width = page.shape[:2]
    margin = width // 10
    canvas = (width + 2 * margin, height + 2 * margin)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    placed = corners + margin + rng.uniform(-0.035, 0.035, (4, 2)).astype(np.float32) * width
    matrix = cv2.getPerspectiveTransform(corners, placed.astype(np.float32))
    seen = cv2.warpPerspective(page, matrix, canvas, flags=cv2.INTER_AREA, borderValue=(70, 60, 52)).astype(
        float
    )
    ys, xs = np.mgrid[0 : canvas[1], 0 : canvas[0]]
    light = 0.62 + 0.38 * np.clip((xs / canvas[0] + ys / canvas[1]) / 1.6, 0, 1)
    seen = cv2.GaussianBlur(seen * light[:, :, None], (3, 3), 0.7) + rng.normal(0, 4, (*seen.shape[:2], 1))
    return Image.fromarray(np.clip(seen, 0, 255).astype("uint8"))


def lit_unevenly(image: Image.Image, seed: int) -> Image.Image:
    """The shadow of a book's fold over one side."""
    page = np.asarray(image).astype(float)
    xs = np.linspace(0, 1, page.shape[1])
    shade = 1 - 0.65 * np.exp(-(((xs - 0.02) / 0.18) ** 2))
    return Image.fromarray((page * shade[None, :, None]).astype("uint8"))


def faint(image: Image.Image, seed: int) -> Image.Image:
    """A copy of a copy on an empty cartridge: grey ink."""
    page = np.asarray(image).astype(float)
    rng = np.random.default_rng(seed)
    pale = 255 - (255 - page) * 0.32 + rng.normal(0, 3, page.shape[:2])[:, :, None]
    return Image.fromarray(np.clip(pale, 0, 255).astype("uint8"))


def broken_lines(image: Image.Image, seed: int) -> Image.Image:
    """Lines with gaps: white strokes of a scratched glass, and ink that did not take."""
    page = np.asarray(image).copy()
    rng = np.random.default_rng(seed)
    dark = page[:, :, 0] < 128
    height, width = dark.shape
    lines = cv2.morphologyEx(dark.astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, width // 20), np.uint8))
    lines |= cv2.morphologyEx(dark.astype(np.uint8), cv2.MORPH_OPEN, np.ones((height // 40, 1), np.uint8))
    lines = cv2.dilate(lines, np.ones((3, 3), np.uint8))
    holes = np.zeros_like(lines)
    for _ in range(600):
        x, y, size = rng.integers(width), rng.integers(height), rng.integers(4, 16)
        holes[y : y + size, x : x + size] = 1
    page[(lines & holes) > 0] = 255
    return Image.fromarray(page)


def fax(image: Image.Image, seed: int) -> Image.Image:
    """One bit a pixel, twice as coarse downwards, with dirt."""
    grey = image.convert("L")
    rng = np.random.default_rng(seed)
    coarse = grey.resize((grey.width, grey.height // 2), Image.Resampling.BOX).resize(
        grey.size, Image.Resampling.NEAREST
    )
    bits = np.asarray(coarse) > 150
    dirt = rng.random(bits.shape) < 0.0015
    return Image.fromarray(((bits ^ dirt) * 255).astype("uint8")).convert("RGB")


def compressed(image: Image.Image, seed: int) -> Image.Image:
    """A jpeg of quality 18, as messengers make them."""
    import io

    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=18)
    stream.seek(0)
    return Image.open(stream).convert("RGB")


def scribbled(image: Image.Image, seed: int) -> Image.Image:
    """Blue handwriting between and over the cells."""
    page = np.asarray(image).copy()
    rng = np.random.default_rng(seed)
    height, width = page.shape[:2]
    for _ in range(7):
        x, y = rng.integers(width * 0.1, width * 0.8), rng.integers(height * 0.1, height * 0.6)
        points = np.cumsum(
            rng.normal((width / 90, 0), (width / 120, height / 150), (14, 2)), axis=0
        ) + np.array((x, y))
        cv2.polylines(
            page, [points.astype(np.int32)], False, (30, 50, 170), max(2, width // 700), cv2.LINE_AA
        )
    return Image.fromarray(page)


def turned(degrees: int) -> Change:
    """The sheet lies on its side or stands on its head."""
    return lambda image, seed: image.rotate(degrees, expand=True)


def enlarged(image: Image.Image, seed: int) -> Image.Image:
    """A very large photograph: 100 megapixels."""
    factor = (100e6 / (image.width * image.height)) ** 0.5
    return image.resize(
        (round(image.width * factor), round(image.height * factor)), Image.Resampling.BILINEAR
    )


OVER_FIGURES = (420.0, 300.0)
KINDS: Mapping[str, Kind] = {
    "clean, 200 dpi": Kind(),
    "clean, 150 dpi": Kind(dpi=150),
    "clean, 120 dpi": Kind(dpi=120),
    "clean, 100 dpi": Kind(dpi=100),
    "skew 1, noise, seal": Kind(skew=1.0, noise=10, seal=(200, 200)),
    "seal over figures": Kind(seal=OVER_FIGURES, noise=4),
    "skew 2.5": Kind(skew=2.5, dpi=150),
    "skew -5": Kind(skew=-5.0, dpi=150),
    "on its side": Kind(dpi=150, change=turned(90)),
    "on its head": Kind(dpi=150, change=turned(180)),
    "dotted borders": Kind(style="dotted"),
    "dashed borders": Kind(style="dashed"),
    "open sides": Kind(style="open_sides"),
    "three lines": Kind(style="three_lines", merged=False),
    "rules only": Kind(style="rules", merged=False),
    "double borders": Kind(style="double"),
    "photograph": Kind(dpi=200, change=photographed),
    "uneven light": Kind(dpi=150, change=lit_unevenly),
    "faint": Kind(change=faint),
    "broken lines": Kind(change=broken_lines),
    "fax": Kind(change=fax),
    "jpeg 18": Kind(dpi=150, change=compressed),
    "handwriting": Kind(change=scribbled),
    "100 megapixels": Kind(change=enlarged),
}


@dataclass
class Score:
    """Counts over the pages of a kind. silent: figures read wrong with nothing that marks them."""

    cells: int = 0
    exact: int = 0
    figures: int = 0
    figures_exact: int = 0
    wrong: int = 0
    silent: int = 0
    doubted: int = 0
    seconds: float = 0.0
    pages: int = 0


def plain(text: str) -> str:
    """The text without blanks, full-width figures narrow."""
    return unicodedata.normalize("NFKC", "".join(text.split()))


def pictures(kind: Kind, folder: Path, pages: int) -> Iterator[tuple[Form, Image.Image]]:
    """`pages` forms and their pictures."""
    for seed in range(pages):
        form = evaluation(seed, kind.merged)
        path = write_form(folder / "form.pdf", form, kind.style, title="部门整体支出绩效自评表")
        image = scan_pages(path, kind.dpi, kind.skew, kind.noise, kind.seal, seed)[0]
        yield form, kind.change(image, seed) if kind.change else image


def compare(form: Form, document: Document, score: Score) -> None:
    """Adds one page to the score: cells by their place on the grid."""
    largest = max(document.tables, key=lambda table: len(table.cells), default=None)
    cells = largest.cells if largest else ()
    read = {(c.row, c.column, c.row_span, c.column_span): c for c in cells}
    for row, column, row_span, column_span, text in form.expected():
        wanted = plain(text)
        cell = read.get((row, column, row_span, column_span))
        got = plain(cell.text) if cell else None
        is_figure = any(char.isdigit() for char in wanted)
        score.cells += 1
        score.exact += got == wanted
        if not is_figure:
            continue
        score.figures += 1
        score.figures_exact += got == wanted
        if cell is None or not got:
            continue
        score.doubted += got == wanted and cell.confidence < DOUBTED_BELOW
        if got != wanted:
            score.wrong += 1
            score.silent += cell.confidence >= DOUBTED_BELOW


def measure(kind: Kind, pages: int, show: bool = False) -> Score:
    """Reads `pages` pages of a kind."""
    score = Score(pages=pages)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, (form, image) in enumerate(pictures(kind, folder, pages)):
            path = folder / f"{number}.png"
            image.save(path)
            begin = time.process_time()
            document = read_scan(path)
            score.seconds += time.process_time() - begin
            before = score.silent
            compare(form, document, score)
            if show and score.silent > before:
                print(f"  page {number}: {_wrong(form, document)}")
    return score


def _wrong(form: Form, document: Document) -> list[str]:
    wanted = {(r, c, rs, cs): plain(t) for r, c, rs, cs, t in form.expected()}
    largest = max(document.tables, key=lambda table: len(table.cells))
    return [
        f"{wanted[key]}->{plain(c.text)} {c.confidence:.2f}"
        for c in largest.cells
        if (key := (c.row, c.column, c.row_span, c.column_span)) in wanted
        and plain(c.text) != wanted[key]
        and any(char.isdigit() for char in wanted[key])
        and c.text
    ]


def main(pages: int, names: list[str], show: bool) -> None:
    """Prints the table."""
    print(
        "| kind | cells | exact | figures | exact | read wrong | of those unmarked | right but marked | cpu s a page |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for name in names or KINDS:
        s = measure(KINDS[name], pages, show)
        print(
            f"| {name} | {s.cells} | {s.exact / s.cells:.3f} | {s.figures} | {s.figures_exact / s.figures:.3f} | {s.wrong} | {s.silent} "
            f"| {s.doubted} | {s.seconds / s.pages:.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    words = sys.argv[1:]
    wished = [word for word in words if word in KINDS]
    main(next((int(word) for word in words if word.isdigit()), 4), wished, "-v" in words)
