"""OFD (GB/T 33190): a zip of XML with absolute text and paths, read onto the same table finder as PDF."""

from extractors.readers.ofd.reader import read_ofd

__all__ = ["read_ofd"]
