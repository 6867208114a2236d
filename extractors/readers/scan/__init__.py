"""Scans: pictures of pages, read by recognition, on the same table finder as PDFs with a text layer."""

from extractors.readers.scan.reader import read_scan

__all__ = ["read_scan"]
