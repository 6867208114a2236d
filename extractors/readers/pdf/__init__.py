"""PDF with a text layer: PDFium's characters and lines, pdfplumber's table finder, pieces joined over page breaks."""

from extractors.readers.pdf.reader import read_pdf

__all__ = ["read_pdf"]
