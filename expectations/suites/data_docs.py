"""Makes Great Expectations' Data Docs readable on a closed network: nothing is loaded from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

STYLE = Path(__file__).parent / "offline.css"

_ELSEWHERE = r"""=\s*["'](?:https?:)?//"""
_SCRIPTS = re.compile(r"<script\b.*?</script\s*>", re.DOTALL | re.IGNORECASE)
_LINKS = re.compile(rf"<link\b[^>]*href{_ELSEWHERE}[^>]*>", re.IGNORECASE)
_IMAGES = re.compile(rf"<(?:img|iframe)\b[^>]*src{_ELSEWHERE}[^>]*>(?:\s*</iframe>)?", re.IGNORECASE)
_IMPORTS = re.compile(r"@import[^;]*;|url\(\s*['\"]?(?:https?:)?//[^)]*\)", re.IGNORECASE)
_FOOTERS = re.compile(r"<footer\b.*?</footer\s*>", re.DOTALL | re.IGNORECASE)
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)


def make_offline(folder: Path) -> int:
    """Rewrite every page and stylesheet below folder; gives the number of pages.

    Scripts go (they need libraries from a CDN), stylesheets and images from elsewhere go, a small stylesheet comes in.
    """
    style = f"<style>{STYLE.read_text(encoding='utf-8')}</style>"
    pages = sorted(folder.rglob("*.html"))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for pattern in (_SCRIPTS, _LINKS, _IMAGES, _IMPORTS, _FOOTERS):
            text = pattern.sub("", text)
        text = _HEAD_END.sub(lambda match: style + match.group(), text, count=1)
        page.write_text(text, encoding="utf-8")
    for sheet in folder.rglob("*.css"):
        sheet.write_text(_IMPORTS.sub("", sheet.read_text(encoding="utf-8")), encoding="utf-8")
    return len(pages)
