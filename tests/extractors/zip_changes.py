"""Zips as unusual packers write them: an entry of a sound one changed, in its local header and in the directory."""

from __future__ import annotations

import io
import zipfile

DEFLATE64, AES, STRONG = 9, 99, 0x41
"""Methods, and the flags of an entry under strong encryption."""
_VERSION, _FLAGS, _METHOD = 4, 6, 8
"""Where they stand in a local header; in the directory two bytes further."""


def packed_by(content: bytes, name: str, method: int, flags: int = 0) -> bytes:
    """The zip with its entry `name` said to be packed by `method`, under `flags`."""
    return _changed(content, name, {_FLAGS: flags, _METHOD: method})


def of_version(content: bytes, name: str, version: int) -> bytes:
    """The zip with its entry `name` said to need this version (in tenths) of the format."""
    return _changed(content, name, {_VERSION: version})


def _changed(content: bytes, name: str, fields: dict[int, int]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        local, directory = archive.getinfo(name).header_offset, archive.start_dir
    entry = content.index(name.encode(), directory) - 46
    changed = bytearray(content)
    for start, further, magic in ((local, 0, b"PK\x03\x04"), (entry, 2, b"PK\x01\x02")):
        assert changed[start : start + 4] == magic
        for at, value in fields.items():
            changed[start + at + further : start + at + further + 2] = value.to_bytes(2, "little")
    return bytes(changed)
