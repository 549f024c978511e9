"""Batch scans made for the tests, as a scanner makes them."""

import io
from collections.abc import Sequence

import numpy as np
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from tests.reading.papers import encoded, lettered
from tools.specimens.scans import clean, crooked

A4 = (1654, 2339)
"""At 200 dpi."""
MARK = "ARCHIVER-NEXT"


def sheet(*lines: str) -> Image.Image:
    """A paper with lines of letters, as scanned."""
    return clean(lettered("", "", *lines, "for the white lorry", "brakes checked", size=A4))


def blank(seed: int = 1) -> Image.Image:
    """An empty side: grey, noisy, with what shines through from the other side."""
    front = lettered("THE OTHER SIDE", "OF THE PAPER", size=A4).convert("L")
    front = front.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return crooked(Image.blend(Image.new("L", A4, 240), front, 0.12), seed)


def separator(text: str = MARK, kind: str = "QRCode") -> Image.Image:
    """A separator sheet, printed and scanned askew."""
    code = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind))
    drawn = Image.fromarray(np.array(code.to_image(scale=6)))
    page = Image.new("L", A4, 255)
    page.paste(drawn, (400, 700))
    return crooked(page, 3, 1.2)


def pdf(pages: Sequence[Image.Image]) -> bytes:
    """The pages as the PDF of a scanner."""
    return encoded(pages[0], "PDF", save_all=True, append_images=pages[1:], resolution=200)


def tiff(pages: Sequence[Image.Image], compression: str) -> bytes:
    """The pages as the TIFF of a scanner; bilevel for the encodings of fax machines."""
    if compression.startswith("group"):
        pages = [one.point(lambda v: 255 if v > 150 else 0).convert("1") for one in pages]
    first, *rest = (one.copy() for one in pages)  # Pillow keeps settings of another encoder on them
    return encoded(first, "TIFF", compression=compression, save_all=True, append_images=rest)


def contents(content: bytes) -> list[tuple[bytes, list[bytes]]]:
    """Of each page of a PDF: its operators and its pictures, as they are encoded."""
    found = []
    for page in PdfReader(io.BytesIO(content)).pages:
        operators = page.get_contents()
        objects = page["/Resources"].get_object().get("/XObject", {})  # type: ignore[union-attr]
        streams = [one.get_object()._data for one in objects.values()]
        found.append((operators.get_data() if operators else b"", streams))
    return found


def frames(content: bytes) -> list[tuple[str, tuple[int, int], bytes]]:
    """Of each page of a TIFF: how it is encoded, its size, its pixels."""
    found = []
    with Image.open(io.BytesIO(content)) as picture:
        for number in range(getattr(picture, "n_frames", 1)):
            picture.seek(number)
            found.append((picture.info["compression"], picture.size, picture.tobytes()))
    return found
