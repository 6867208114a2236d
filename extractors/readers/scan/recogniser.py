"""The recogniser of printed lines: RapidOCR's model, which comes inside its package, on OpenVINO.

Nothing is downloaded: the model's file is named outright. Loaded once a process (about 0.7 s and 600 MB).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from extractors.errors import NeedsTool

PACKAGES = "rapidocr、openvino、opencv-python-headless"
NARROWEST = 96
"""Pixels: width that short lines are padded to (of 48 high). The package pads to 320, three times the work for figures."""
BATCH = 6


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
    recogniser = engine._load_rec_model()
    recogniser.rec_image_shape = [3, 48, NARROWEST]
    recogniser.rec_batch_num = BATCH
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
