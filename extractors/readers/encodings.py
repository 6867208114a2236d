"""Bytes to text for the encodings that Chinese offices send: UTF-8, GB 18030, UTF-16, Big5."""

from __future__ import annotations

import codecs

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CANDIDATES = ("utf-8", "gb18030", "big5")
MOST_BROKEN = 0.01
"""Share of undecodable characters up to which a text is still taken for text."""
MOST_CONTROL = 0.005


def decode(content: bytes) -> tuple[str, str, bool]:
    """Text, name of the encoding, and whether characters were lost. Raises ValueError when it is no text."""
    for bom, name in BOMS:
        if content.startswith(bom):
            return _decode_loosely(content, name)
    wide = _utf16_without_bom(content)
    if wide:
        return _decode_loosely(content, wide)
    for name in CANDIDATES:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if _is_plausible(text):
            return text, name, False
    tries = [_decode_loosely(content, name) for name in CANDIDATES[:2]]
    best = min(tries, key=lambda found: found[0].count("\ufffd"))
    if best[0].count("\ufffd") > MOST_BROKEN * max(len(best[0]), 1) or not _is_plausible(best[0]):
        raise ValueError("no known text encoding")
    return best


def looks_like_text(head: bytes) -> bool:
    """Whether the beginning of a file decodes as text; a character cut at the end is forgiven."""
    for cut in range(4):
        try:
            decode(head[: len(head) - cut] if cut else head)
        except ValueError:
            continue
        return True
    return False


def _decode_loosely(content: bytes, name: str) -> tuple[str, str, bool]:
    text = content.decode(name, "replace")
    return text, name, "\ufffd" in text


def _utf16_without_bom(content: bytes) -> str | None:
    sample = content[:4096]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    # Line ends and digits of a UTF-16 text have a zero byte on one side only.
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if bool(even) == bool(odd):
        return None
    name = "utf-16-le" if odd else "utf-16-be"
    text = sample[: len(sample) // 2 * 2].decode(name, "replace")
    usual = sum(
        char < "\u0080" or "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" for char in text
    )
    return name if _is_plausible(text) and usual > 0.8 * len(text) else None


def _is_plausible(text: str) -> bool:
    sample = text[:20_000]
    if not sample:
        return False
    control = sum(1 for char in sample if ord(char) < 32 and char not in "\t\r\n\f\v\x07\x1a")
    private = sum(1 for char in sample if "\ue000" <= char <= "\uf8ff")
    return control <= MOST_CONTROL * len(sample) and private <= 0.02 * len(sample)
