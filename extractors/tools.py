"""Which programs and packages beside the usual ones this machine has: what cannot be read without is `needs_tool`."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

OCR_MODULES = ("rapidocr", "openvino", "cv2")
OFFICE_PROGRAMS = ("soffice", "libreoffice")


def present_tools() -> tuple[str, ...]:
    """Names of what is there, sorted: bsdtar (rar, 7z), libreoffice (doc, wps, rtf), ocr (scans). Imports nothing."""
    tools: list[str] = []
    if shutil.which("bsdtar"):
        tools.append("bsdtar")
    if any(shutil.which(name) for name in OFFICE_PROGRAMS):
        tools.append("libreoffice")
    if all(find_spec(name) for name in OCR_MODULES):
        tools.append("ocr")
    return tuple(tools)
