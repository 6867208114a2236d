"""The recogniser of printed lines: RapidOCR's model, which comes inside its package, on OpenVINO.

Nothing is downloaded: the model's file is named outright. Loaded once a process (about 0.7 s and 600 MB).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from extractors.errors import NeedsTool

PACKAGES = "rapidocr、openvino、opencv-python-headless"
NARROWEST = 96
"""Pixels: width that short lines are padded to (of 48 high). The package pads to 320, three times the work for figures."""
BATCH = 6
STEP, GROWTH = 32, 1.2
"""Widths that lines are padded to: multiples of STEP pixels, each by GROWTH wider than the one before."""
PIXELS_A_SIGN = 8
"""Columns of a line for which the model gives one answer."""


class Reading(NamedTuple):
    """One recognised line. confidence: 0 to 1."""

    text: str
    confidence: float


def require_ocr(name: str) -> None:
    """Raise NeedsTool, naming the packages, when scans cannot be recognised on this machine."""
    try:
        import cv2  # noqa: F401
        import openvino  # noqa: F401
        import rapidocr  # noqa: F401
    except ImportError as error:
        raise NeedsTool(
            f"{name}：是扫描件（没有文字层），识别需要 {PACKAGES}（缺少 {error.name}）。请安装后重新运行。"
        ) from error


class SteppedSession:
    """The model's session, asked in few shapes: every new one takes 20 MB of address space and gives none back.

    At the limit of its process OpenVINO raises nothing: it answers in the shape of an earlier call, for every call that follows.
    That is a MemoryError here, so that no line is read as another one.
    """

    def __init__(self, session: Callable[[Any], Any]):
        self._session = session

    def __call__(self, lines: Any) -> Any:
        """Answers for lines (count, 3, 48, width): (count, width padded / 8, signs)."""
        import numpy as np

        count, _, _, width = lines.shape
        wide, rows = stepped(width), count + count % 2
        if (rows, wide) != (count, width):
            lines = np.pad(lines, ((0, rows - count), (0, 0), (0, 0), (0, wide - width)))
        found = self._session(lines)
        if found.shape[:2] != (rows, wide // PIXELS_A_SIGN):
            raise MemoryError(f"openvino: {found.shape[:2]} for {lines.shape}")
        return found[:count]


def stepped(width: int) -> int:
    """The width that a line of `width` pixels is padded to."""
    wide = NARROWEST
    while wide < width:
        wide = -(-int(wide * GROWTH) // STEP) * STEP
    return wide


@lru_cache(maxsize=1)
def _model() -> Any:
    import rapidocr
    from rapidocr import EngineType, RapidOCR

    folder = Path(rapidocr.__file__).parent / "models"
    bundled = next(iter(sorted(folder.glob("*rec*.onnx"))), None)
    if bundled is None:
        raise NeedsTool("rapidocr 安装不完整：缺少自带的识别模型。请重新安装 rapidocr。")
    threads = int(os.environ.get("JIXIAO_OCR_THREADS", "1"))
    engine = RapidOCR(
        params={
            "Global.log_level": "error",
            "Rec.engine_type": EngineType.OPENVINO,
            "Rec.model_path": str(bundled),
            "EngineConfig.openvino.inference_num_threads": threads,
        }
    )
    recogniser: Any = engine._load_rec_model()
    recogniser.rec_image_shape = [3, 48, NARROWEST]
    recogniser.rec_batch_num = BATCH
    recogniser.session = SteppedSession(recogniser.session)
    return recogniser


def recognise(lines: Sequence[Any]) -> list[Reading]:
    """The text of each picture of one line (arrays of height, width, 3). Blank pictures give an empty text."""
    from rapidocr.ch_ppocr_rec import TextRecInput

    if not lines:
        return []
    found = _model()(TextRecInput(img=list(lines)))
    return [
        Reading(text.strip(), float(score) if text.strip() else 0.0)
        for text, score in zip(found.txts, found.scores, strict=True)
    ]
