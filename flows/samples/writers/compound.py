"""A minimal OLE compound file (MS-CFB, version 3): the container of Office 97 and of encrypted Office files."""

from __future__ import annotations

import struct
from collections.abc import Mapping

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with these streams in its root; every stream must be at least 4096 bytes (no mini stream)."""
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    chains: list[tuple[int, int]] = []
    data = b""
    for name in names:
        content = streams[name]
        if len(content) < 4096:
            raise ValueError(f"流 {name} 小于 4096 字节")
        chains.append((len(data) // SECTOR, len(content)))
        data += content + bytes(-len(content) % SECTOR)
    directory_start = len(data) // SECTOR
    directory = _entry("Root Entry", 5, child=1)
    for number, (name, (start, size)) in enumerate(zip(names, chains, strict=True), 1):
        right = number + 1 if number < len(names) else FREE
        directory += _entry(name, 2, right=right, start=start, size=size)
    directory += _entry("", 0) * (-(len(directory) // 128) % 4)
    data += directory
    sectors = len(data) // SECTOR
    fat_sectors = 1
    while (sectors + fat_sectors) * 4 > fat_sectors * SECTOR:
        fat_sectors += 1
    table = [FREE] * (fat_sectors * SECTOR // 4)
    for start, size in [*chains, (directory_start, len(directory))]:
        count = -(-size // SECTOR)
        for sector in range(start, start + count):
            table[sector] = sector + 1 if sector < start + count - 1 else END
    for sector in range(sectors, sectors + fat_sectors):
        table[sector] = FAT
    difat = [sectors + number for number in range(fat_sectors)] + [FREE] * (109 - fat_sectors)
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, fat_sectors, directory_start, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", *difat)
    return header + data + struct.pack(f"<{len(table)}I", *table)


def _entry(
    name: str, kind: int, right: int = FREE, child: int = FREE, start: int = 0, size: int = 0
) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0" if name else b""
    if kind == 5:
        start = END
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded), kind, 1, FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
