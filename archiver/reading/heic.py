"""HEIC and HEIF: what telephones make of a photo (ISO/IEC 23008-12)."""

from collections.abc import Iterator
from pathlib import Path

import pillow_heif
from PIL import Image

from archiver.reading.image import Bounds, shown, upright
from archiver.reading.page import Told

pillow_heif.options.DECODE_THREADS = 1  # one paper, one process: the others have theirs
pillow_heif.register_heif_opener(thumbnails=False)


def tell(path: Path, bounds: Bounds) -> Iterator[Told]:
    """The main picture as one page.

    The library turns it as the file says, and takes the turn out of its EXIF, which says the
    same again.

    Raises:
        Trouble: `too_large`, before anything is decoded.
        OSError: it is damaged or cut off.
    """
    Image.MAX_IMAGE_PIXELS = None  # our own bounds are asked before anything is decoded
    with Image.open(path, formats=["HEIF"]) as picture:
        yield shown(upright(picture, bounds), 1)
