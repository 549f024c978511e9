"""What a person is shown of a page: where a value was read, with a red box around it.

`Reader.picture` gives the pixels, from a process that opens foreign bytes; nothing here does.
"""

import io

from PIL import Image, ImageDraw

from archiver.core.model import Box
from archiver.reading.answers import Picture

_RED = (220, 20, 30)
_CLOCKWISE = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
"""Degrees clockwise → what Pillow, which turns the other way, calls that."""
_AROUND = 3.0
"""Heights of the box that are shown above and below it."""
_LEAST = 0.06
"""Share of the page's height that is shown above and below at least."""
_GAP, _LINE = 0.004, 0.0025
"""Space between text and box, and its thickness, as shares of the longer side of the page."""


def crop(picture: Picture, box: Box, *, rotation: int = 0, whole: bool = False) -> bytes:
    """A strip across the page with the box drawn on it, as PNG.

    Args:
        picture: the page as its file shows it.
        box: fractions of the page as it was read.
        rotation: what the page was turned for reading, degrees clockwise.
        whole: the page from top to bottom instead of a strip.
    """
    page = Image.frombytes("RGB", (picture.width, picture.height), picture.pixels)
    if rotation in _CLOCKWISE:
        page = page.transpose(_CLOCKWISE[rotation])
    width, height = page.size
    x0, y0, x1, y1 = box[0] * width, box[1] * height, box[2] * width, box[3] * height
    gap = max(2.0, max(page.size) * _GAP)
    line = max(2, round(max(page.size) * _LINE))
    edge = gap + line
    frame = (x0 - edge, y0 - edge, x1 + edge, y1 + edge)
    ImageDraw.Draw(page).rectangle(frame, outline=_RED, width=line)
    if not whole:
        around = edge + max(_AROUND * (y1 - y0), _LEAST * height)
        page = page.crop((0, int(max(0.0, y0 - around)), width, int(min(height, y1 + around)) or 1))
    written = io.BytesIO()
    page.save(written, "PNG")
    return written.getvalue()
