"""Page layouts to one document: furniture dropped, table pieces joined over page breaks, lines made paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractors.document import Document, Location, Paragraph, Table
from extractors.readers.cut_labels import is_label
from extractors.readers.pdf.furniture import is_continued_mark, page_numbers, repeated_lines, running_lines
from extractors.readers.pdf.layout import PageLayout
from extractors.readers.pdf.lines import TextLine
from extractors.readers.pdf.paragraphs import Margins, joined_text, margins_of, paragraphs_of
from extractors.readers.piece import TablePiece
from extractors.readers.table_continuation import continues
from extractors.readers.table_pieces import join, to_table

Block = TextLine | TablePiece


def assemble(
    pages: Sequence[PageLayout],
    form: str,
    reader: str,
    page_count: int,
    warnings: Sequence[str] = (),
    known_label: Callable[[str], bool] = is_label,
) -> Document:
    """The document. form: `Document.format`. known_label: which texts are labels of forms (for cut cells)."""
    notes = [*warnings, *(warning for page in pages for warning in page.warnings)]
    numbers = page_numbers(pages)
    repeated = repeated_lines(pages, numbers)
    running = running_lines(pages, repeated)
    if running:
        notes.append(f"页眉页脚重复出现{len(running)}次，只保留第一次。")
    dropped = numbers | running
    margins = _margins(pages, dropped)
    foot = _foot(pages, dropped)
    blocks: list[Block] = []
    for page in pages:
        mine: list[Block] = [block for block in page.blocks if block not in dropped]
        _append_page(blocks, mine, repeated, foot.get(round(page.height), page.height), known_label, notes)
    blocks = _unboxed(blocks, pages)
    return Document(
        tuple(_document_blocks(blocks, margins, {page.number: round(page.width) for page in pages})),
        format=form,
        reader=reader,
        page_count=page_count,
        warnings=tuple(notes),
    )


def _append_page(
    blocks: list[Block],
    mine: list[Block],
    repeated: dict[TextLine, int],
    foot: float,
    known_label: Callable[[str], bool],
    notes: list[str],
) -> None:
    """Append a page's blocks; its first table continues the last one of the page before where that fits."""
    first = next((index for index, block in enumerate(mine) if isinstance(block, TablePiece)), None)
    last = next(
        (index for index in range(len(blocks) - 1, -1, -1) if isinstance(blocks[index], TablePiece)), None
    )
    if first is not None and last is not None:
        head, tail = mine[:first], blocks[last + 1 :]
        upper, lower = blocks[last], mine[first]
        between_is_paper = all(
            isinstance(line, TextLine) and (line in repeated or is_continued_mark(line)) for line in head
        ) and all(isinstance(line, TextLine) and _repeats_later(line, mine, repeated) for line in tail)
        if (
            isinstance(upper, TablePiece)
            and isinstance(lower, TablePiece)
            and between_is_paper
            and continues(upper, lower, foot - upper.box[3])
        ):
            joined = join(upper, lower, known_label)
            notes.extend(joined.notes)
            blocks[last] = joined.piece
            del blocks[last + 1 :]
            blocks.extend(mine[first + 1 :])
            return
    blocks.extend(mine)


def _unboxed(blocks: Sequence[Block], pages: Sequence[PageLayout]) -> list[Block]:
    """The blocks with single cells that joined no table taken for what they are: boxes around lines of text."""
    lines = {id(piece): inside for page in pages for piece, inside in page.boxed}
    result: list[Block] = []
    for block in blocks:
        result.extend(lines.get(id(block), (block,)))
    return result


def _repeats_later(line: TextLine, mine: list[Block], repeated: dict[TextLine, int]) -> bool:
    """Whether a line below the table on the page before is a running foot (it comes again on this page)."""
    return any(
        isinstance(block, TextLine)
        and block in repeated
        and block.text == line.text
        and abs(block.top - line.top) < 8
        for block in mine
    )


def _foot(pages: Sequence[PageLayout], dropped: set[TextLine]) -> dict[int, float]:
    """The lowest printed point of the text on pages of each height."""
    foot: dict[int, float] = {}
    for page in pages:
        lowest = max((block.box[3] for block in page.blocks if block not in dropped), default=0.0)
        foot[round(page.height)] = max(foot.get(round(page.height), 0.0), lowest)
    return foot


def _margins(pages: Sequence[PageLayout], dropped: set[TextLine]) -> dict[int, Margins]:
    """Sides of the running text by page width."""
    lines: dict[int, list[TextLine]] = {}
    for page in pages:
        mine = [block for block in page.blocks if isinstance(block, TextLine) and block not in dropped]
        lines.setdefault(round(page.width), []).extend(mine)
    return {width: margins_of(members, width) for width, members in lines.items()}


def _document_blocks(
    blocks: Sequence[Block], margins: dict[int, Margins], width_of: dict[int, int]
) -> list[Paragraph | Table]:
    result: list[Paragraph | Table] = []
    tables = paragraphs = 0
    run: list[TextLine] = []

    def flush() -> None:
        nonlocal paragraphs
        if not run:
            return
        for group in paragraphs_of(run, margins[width_of[run[0].page]]):
            text = joined_text(group)
            paragraphs += 1
            place = Location(page=group[0].page, paragraph=paragraphs, box=_hull(group))
            result.append(Paragraph(text, place, confidence=min(line.confidence for line in group)))
        run.clear()

    for block in blocks:
        if isinstance(block, TextLine):
            run.append(block)
            continue
        flush()
        tables += 1
        result.append(to_table(block, tables))
    flush()
    return result


def _hull(lines: Sequence[TextLine]) -> tuple[float, float, float, float]:
    mine = [line for line in lines if line.page == lines[0].page]
    return (
        round(min(line.x0 for line in mine), 1),
        round(min(line.top for line in mine), 1),
        round(max(line.x1 for line in mine), 1),
        round(max(line.bottom for line in mine), 1),
    )
