"""How much of a file is read before it is refused: typed settings with documented defaults."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one submitted file. What exceeds one is refused with a Chinese reason, or cut with a warning."""

    seconds: float = 60.0
    """Wall clock for one file in its child process; then the process is killed."""
    page_seconds: float = 30.0
    """Wall clock granted anew for each page whose text must be recognised from an image."""
    most_seconds: float = 900.0
    """Wall clock for one file with all its pages to recognise."""
    memory_bytes: int = 3072 * MB
    """Address space of a child process beyond what it has after its imports (RLIMIT_AS)."""
    worker_files: int = 1_000
    """Files after which a child process is replaced by a fresh one."""
    worker_rss_bytes: int = 1800 * MB
    """Resident memory of a child process above which it is replaced after the file at hand."""
    max_file_bytes: int = 200 * MB
    """Size of a submitted file or archive member."""
    max_unpacked_bytes: int = 600 * MB
    """Sum of what an archive or an office package inflates to, counted while inflating."""
    max_part_bytes: int = 64 * MB
    """One part of an office package (document.xml, one worksheet)."""
    max_ratio: int = 250
    """Inflated to packed size of one member, judged only where the member exceeds 20 MB inflated."""
    max_members: int = 3000
    """Members of one archive."""
    max_depth: int = 4
    """Archives within archives."""
    max_rows: int = 20_000
    """Rows of one table; the rest is left out with a warning."""
    max_columns: int = 512
    """Columns of one table."""
    max_cells: int = 400_000
    """Cells of one document."""
    max_tables: int = 1_000
    """Tables of one document."""
    max_table_depth: int = 12
    """Tables within tables."""
    max_paragraphs: int = 100_000
    """Paragraphs of one document outside tables."""
    max_text_chars: int = 20_000_000
    """Characters of one document."""
    max_sheets: int = 200
    """Worksheets of one workbook."""
    max_pages: int = 1_000
    """Pages of one PDF or scan."""
    max_scan_pages: int = 60
    """Pages without a text layer that are recognised in one file (about two seconds each)."""
    max_image_pixels: int = 120_000_000
    """Pixels of one picture."""
    max_page_chars: int = 60_000
    """Characters of one page of a PDF or OFD; the rest is left out with a warning."""
    max_page_objects: int = 60_000
    """Graphic objects and path segments of one page; the rest is left out with a warning."""
    max_page_edges: int = 3_000
    """Ruled lines of one page, after joining; the shortest beyond are left out with a warning."""
    office_seconds: float = 60.0
    """Wall clock for LibreOffice to convert one file."""
    office_batch: int = 20
    """Files one LibreOffice process converts: its start costs as much as four files."""
    office_memory_bytes: int = 4096 * MB
    """Address space of LibreOffice."""


DEFAULT_LIMITS = Limits()
