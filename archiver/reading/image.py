"""Pictures: every frame upright, flattened on white, small enough to be read."""

import io
import itertools
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.TiffImagePlugin import TiffImageFile

from archiver.reading.ending import breaks_off
from archiver.reading.page import Told, ToldLine, Trouble

_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP")
_JPEG = {"JPEG", "MPO"}
_SUBFILE_TYPE, _PREVIEW_OR_MASK = 254, 0b101
"""TIFF 6.0: bit 0 marks a reduced copy of another frame, bit 2 a transparency mask."""
Image.MAX_IMAGE_PIXELS = None
"""Pillow would warn, or fail: our own bounds are asked before anything is decoded."""
_LEAST = 8
"""Pixels on the short side below which there is nothing to read."""
_INSET = 300, 100
"""Pixels of the long and the short side below which a picture in a paper is a logo or a button."""
_CONTRAST = 16
"""Grey levels between the darkest and the brightest pixel below which a page is blank."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may hold.

    Attributes:
        pages: most pages.
        pixels: most pixels of one picture as stored.
        ocr_pixels: a picture is reduced to at most this before it is read.
        lines: most lines of text.
        parts: most files inside it.
    """

    pages: int
    pixels: int
    ocr_pixels: int
    lines: int = 300_000
    parts: int = 500


def tell(path: Path, bounds: Bounds) -> Iterator[Told]:
    """The frames of a picture, as pixels.

    Raises:
        Trouble: `too_large`, `too_many_pages`.
        OSError: the picture is damaged or cut off.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(path, formats=_FORMATS) as picture:
            if picture.format in _JPEG:
                yield shown(_photo(picture, path, bounds), 1)
            elif picture.format == "TIFF" and breaks_off(path):
                raise Trouble("damaged", why="the end of the file is missing")
            else:
                for number, frame in enumerate(_frames(picture, bounds), start=1):
                    yield shown(upright(frame, bounds), number)


def inset(content: bytes, bounds: Bounds) -> Image.Image | None:
    """A picture inside a paper, upright; None for a drawing, or one too small to hold text.

    Raises:
        Trouble: `too_large`.
        OSError: it is damaged or cut off.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture = Image.open(io.BytesIO(content), formats=_FORMATS)
        except UnidentifiedImageError:
            return None
        with picture:
            if max(picture.size) < _INSET[0] or min(picture.size) < _INSET[1]:
                return None
            return upright(picture, bounds)


def _frames(picture: Image.Image, bounds: Bounds) -> Iterator[Image.Image]:
    """The pages of a TIFF; of an animation the first frame."""
    yield picture
    if not isinstance(picture, TiffImageFile):
        return
    pages = 1
    for frame in itertools.count(1):
        try:
            picture.seek(frame)
        except EOFError:
            return
        if frame > 2 * bounds.pages or pages == bounds.pages:
            raise Trouble("too_many_pages", pages=f"> {bounds.pages}", most=bounds.pages)
        if not picture.tag_v2.get(_SUBFILE_TYPE, 0) & _PREVIEW_OR_MASK:
            pages += 1
            yield picture


def _photo(picture: Image.Image, path: Path, bounds: Bounds) -> Image.Image:
    """A JPEG; one that lacks nothing but its end mark is whole."""
    try:
        return upright(picture, bounds)
    except OSError:
        data = path.read_bytes()
        if not _all_there(data):
            raise
        with Image.open(io.BytesIO(data + b"\xff\xd9")) as mended:
            return upright(mended, bounds)


def _all_there(data: bytes) -> bool:
    """Whether a JPEG without its end mark decodes to the same picture whatever follows it.

    Where rows are missing, the decoder fills them with what comes next.
    """

    def decoded(tail: bytes) -> int:
        with Image.open(io.BytesIO(data + tail + b"\xff\xd9")) as picture:
            return crc32(picture.tobytes())

    return decoded(b"") == decoded(b"\x35\xa9" * 512)


def upright(picture: Image.Image, bounds: Bounds) -> Image.Image:
    """The current frame, decoded inside the bounds and turned as its camera says (EXIF)."""
    if picture.format in _JPEG:  # a decoder that reduces as it goes
        picture.draft(None, _size_within(picture, bounds.ocr_pixels))
    if picture.width * picture.height > bounds.pixels:
        raise Trouble("too_large", why=f"{picture.width} × {picture.height} pixels")
    picture.load()
    return flat(ImageOps.exif_transpose(_reduced(picture, bounds.ocr_pixels)))


def _size_within(picture: Image.Image, most: int) -> tuple[int, int]:
    """The largest size with the picture's proportions and at most that many pixels."""
    share = min(1.0, (most / (picture.width * picture.height)) ** 0.5)
    return max(1, int(picture.width * share)), max(1, int(picture.height * share))


def _reduced(picture: Image.Image, most: int) -> Image.Image:
    """The picture with at most that many pixels."""
    size = _size_within(picture, most)
    if size == picture.size:
        return picture
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


def shown(picture: Image.Image, number: int, lines: tuple[ToldLine, ...] = ()) -> Told:
    """Page `number` as pixels to be read; a blank one needs no reading.

    Args:
        picture: opaque RGB, upright.
        number: of the page, from 1.
        lines: what is known of its text already.
    """
    levels = [level for level, count in enumerate(picture.convert("L").histogram()) if count]
    if min(picture.size) < _LEAST or levels[-1] - levels[0] < _CONTRAST:
        return Told(number, "layer" if lines else "none", lines)
    return Told(number, "ocr", lines, picture.size, picture.tobytes())
