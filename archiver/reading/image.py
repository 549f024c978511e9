"""Pictures: every frame upright, flattened on white, small enough to be read."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from archiver.reading.page import Told, Trouble

_PAGED = {"TIFF", "MPO"}
"""Formats whose frames are pages; of the others (animations) the first frame is the picture."""
_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP", "MPO")
_DRAFT = 3500
"""Pixels on the long side to which a huge JPEG is reduced while it is decoded."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may hold.

    Attributes:
        pages: most pages.
        pixels: most pixels of one picture as stored.
        ocr_pixels: a picture is reduced to at most this before it is read.
    """

    pages: int
    pixels: int
    ocr_pixels: int


def tell(path: Path, bounds: Bounds) -> Iterator[Told]:
    """The frames of a picture, as pixels.

    Raises:
        Trouble: `too_large`, `too_many_pages`.
    """
    Image.MAX_IMAGE_PIXELS = None  # our own bounds are asked below, before anything is decoded
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(path, formats=_FORMATS) as picture:
            for number in range(1, bounds.pages + 2):
                if number > bounds.pages:
                    raise Trouble("too_many_pages", f"more than {bounds.pages}")
                yield shown(_upright(picture, bounds), number)
                if picture.format not in _PAGED or not _next(picture, number):
                    return


def _next(picture: Image.Image, frame: int) -> bool:
    """Go to the next frame; False after the last."""
    try:
        picture.seek(frame)
    except EOFError:
        return False
    return True


def _upright(picture: Image.Image, bounds: Bounds) -> Image.Image:
    """The current frame, decoded inside the bounds and turned as its camera says (EXIF)."""
    if picture.width * picture.height > bounds.pixels and picture.format == "JPEG":
        picture.draft("RGB", (_DRAFT, _DRAFT))
    if picture.width * picture.height > bounds.pixels:
        raise Trouble("too_large", f"{picture.width} × {picture.height} pixels")
    picture.load()
    return flat(ImageOps.exif_transpose(reduced(picture, bounds.ocr_pixels)))


def reduced(picture: Image.Image, most: int) -> Image.Image:
    """The picture with at most that many pixels."""
    share = most / (picture.width * picture.height)
    if share >= 1:
        return picture
    size = (max(1, int(picture.width * share**0.5)), max(1, int(picture.height * share**0.5)))
    exif = picture.getexif()
    mode = {"1": "L", "P": "RGBA"}.get(picture.mode)
    smaller = (picture.convert(mode) if mode else picture).resize(size, Image.Resampling.BOX)
    smaller.info["exif"] = exif.tobytes()
    return smaller


def flat(picture: Image.Image) -> Image.Image:
    """The picture as opaque RGB on white paper, whatever it was."""
    if picture.mode.startswith("I;16") or picture.mode == "I":
        picture = picture.point(lambda level: level / 256).convert("L")
    if picture.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        picture = Image.alpha_composite(paper, layered)
    return picture.convert("RGB")


def shown(picture: Image.Image, number: int) -> Told:
    """Page `number` as pixels to be read."""
    return Told(number, "ocr", size=picture.size, pixels=picture.tobytes())
