"""Turns a drawn PDF into what a scanner or a telephone makes of it. Fixed seeds: same bytes."""

from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter

_DPI = 200


def pages(pdf: Path) -> list[Image.Image]:
    """The pages as a 200 dpi scanner sees them."""
    document = pdfium.PdfDocument(pdf)
    found = [page.render(scale=_DPI / 72).to_pil().convert("RGB") for page in document]
    document.close()
    return found


def clean(picture: Image.Image) -> Image.Image:
    """A good scan: grey, a little soft."""
    return picture.convert("L").filter(ImageFilter.GaussianBlur(0.5))


def crooked(picture: Image.Image, seed: int, degrees: float = 1.6) -> Image.Image:
    """A bad scan: skewed and noisy."""
    turned = picture.convert("L").rotate(degrees, Image.Resampling.BICUBIC, fillcolor=245)
    noise = np.random.default_rng(seed).normal(0, 9, (turned.height, turned.width))
    speckled = np.clip(np.asarray(turned, dtype=np.float64) + noise, 0, 255)
    return Image.fromarray(speckled.astype(np.uint8))


def photo(picture: Image.Image, seed: int) -> Image.Image:
    """A telephone's picture: perspective, uneven light, a table around it."""
    width, height = 1300, int(1300 * picture.height / picture.width)
    small = picture.resize((width, height), Image.Resampling.LANCZOS)
    corners = (-40, -30, -25, height + 45, width + 50, height + 20, width + 20, -45)
    taken = small.transform(
        (width, height),
        Image.Transform.QUAD,
        corners,
        Image.Resampling.BICUBIC,
        fillcolor=(112, 88, 66),
    )
    light = np.linspace(0.78, 1.05, width)[None, :] * np.linspace(1.03, 0.85, height)[:, None]
    noise = np.random.default_rng(seed).normal(0, 3, (height, width, 3))
    lit = np.asarray(taken, dtype=np.float64) * light[:, :, None] + noise
    return Image.fromarray(np.clip(lit, 0, 255).astype(np.uint8))


def cat() -> Image.Image:
    """Not a paper at all."""
    picture = Image.new("RGB", (900, 700), (196, 214, 186))
    pen = ImageDraw.Draw(picture)
    fur = (214, 146, 72)
    pen.ellipse((280, 300, 640, 620), fill=fur)
    pen.ellipse((330, 130, 590, 370), fill=fur)
    pen.polygon([(345, 200), (360, 70), (440, 150)], fill=fur)
    pen.polygon([(480, 150), (560, 70), (575, 200)], fill=fur)
    for x in (405, 495):
        pen.ellipse((x, 210, x + 26, 250), fill=(40, 60, 30))
    pen.polygon([(450, 270), (476, 270), (463, 290)], fill=(150, 70, 70))
    pen.arc((620, 380, 800, 640), 180, 420, fill=fur, width=34)
    return picture.filter(ImageFilter.GaussianBlur(1.5))
