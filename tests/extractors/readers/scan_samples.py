"""Makes scans of PDF samples: rendered, skewed, noisy, with a red seal, as image files or as PDF without text."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter
from reportlab.pdfgen.canvas import Canvas


def scan_pages(
    pdf: Path,
    dpi: int = 200,
    skew: float = 0.0,
    noise: float = 0.0,
    seal: tuple[float, float] | None = None,
    seed: int = 1,
    blur: float = 0.0,
) -> list[Image.Image]:
    """The pages as images. skew: degrees. noise: standard deviation of grey levels. seal: its middle in points."""
    document = pdfium.PdfDocument(pdf)
    images = []
    for page in document:
        image = page.render(scale=dpi / 72).to_pil().convert("RGB")
        if seal:
            stamp(image, seal[0] * dpi / 72, seal[1] * dpi / 72, 55 * dpi / 72)
        if skew:
            image = image.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
        if blur:
            image = image.filter(ImageFilter.GaussianBlur(blur))
        if noise:
            rng = np.random.default_rng(seed)
            grain = rng.normal(0, noise, (image.height, image.width, 1))
            image = Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype("uint8"))
        images.append(image)
    document.close()
    return images


def stamp(image: Image.Image, x: float, y: float, radius: float) -> None:
    """A round red seal with a star, printed over what is there (ink multiplies)."""
    layer = Image.new("RGB", image.size, (255, 255, 255))
    draw = ImageDraw.Draw(layer)
    red = (226, 40, 46)
    draw.ellipse(
        (x - radius, y - radius, x + radius, y + radius), outline=red, width=max(3, int(radius / 14))
    )
    points = [
        (
            x + radius * (0.4 if k % 2 == 0 else 0.16) * math.sin(k * math.pi / 5),
            y - radius * (0.4 if k % 2 == 0 else 0.16) * math.cos(k * math.pi / 5),
        )
        for k in range(10)
    ]
    draw.polygon(points, fill=red)
    for k in range(12):
        angle = -2.2 + k * 0.4
        cx, cy = x + radius * 0.75 * math.sin(angle), y - radius * 0.75 * math.cos(angle)
        draw.rectangle(
            (cx - radius / 14, cy - radius / 10, cx + radius / 14, cy + radius / 10), outline=red, width=3
        )
    pixels = np.asarray(image).astype(int) * np.asarray(layer).astype(int) // 255
    image.paste(Image.fromarray(pixels.astype("uint8")))


def as_pdf(images: list[Image.Image], path: Path, dpi: int = 200, quality: int = 85) -> Path:
    """A PDF of pictures only."""
    canvas = Canvas(str(path))
    for number, image in enumerate(images):
        width, height = image.width * 72 / dpi, image.height * 72 / dpi
        canvas.setPageSize((width, height))
        jpeg = path.with_name(f"{path.stem}-{number}.jpg")
        image.save(jpeg, quality=quality)
        canvas.drawImage(str(jpeg), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return path
