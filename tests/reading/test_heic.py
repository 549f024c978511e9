"""HEIC: upright once, and inside its bounds."""

from pathlib import Path

import pytest
from PIL import Image

from archiver.core.model import TextSource
from archiver.reading import heic
from archiver.reading.image import Bounds
from archiver.reading.limits import ReadingLimits
from archiver.reading.page import Trouble
from archiver.reading.reader import Reader
from tests.reading.office import a_photo
from tests.reading.papers import lettered, scan_of, written

BOUNDS = Bounds(pages=5, pixels=2_000_000, ocr_pixels=1_000_000)
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("ocr_pixels", [1_000_000, 10_000])
def test_a_photo_is_turned_once(tmp_path: Path, orientation: int, ocr_pixels: int) -> None:
    stored = Image.new("RGB", (240, 160), "white")
    stored.paste("red", (0, 0, 80, 40))
    if orientation in TURNS:
        stored = stored.transpose(TURNS[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = written(tmp_path, "a.heic", a_photo(stored, exif=exif.tobytes(), quality=90))
    (page,) = heic.tell(path, Bounds(pages=1, pixels=2_000_000, ocr_pixels=ocr_pixels))
    seen = Image.frombytes("RGB", page.size, page.pixels)
    assert seen.width > seen.height
    colour = seen.getpixel((5, 5))
    assert isinstance(colour, tuple)
    assert colour[0] > 200
    assert colour[1] < 80


def test_a_photo_of_a_telephone_fits_into_a_parser(tmp_path: Path) -> None:
    """48 million pixels, as large telephones take them, in the memory of a worker process."""
    sky = Image.new("L", (8064, 6048), 240)
    fast = {"preset": "ultrafast"}
    path = written(tmp_path, "a.heic", a_photo(sky, quality=10, enc_params=fast))
    with Reader(ReadingLimits(parsers=1), (tmp_path,)) as reader:
        (page,) = reader.read(scan_of(path)).pages
    assert page.source is TextSource.NONE


def test_a_bomb_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    content = a_photo(lettered("x", size=(640, 480)))
    claimed = (640).to_bytes(4) + (480).to_bytes(4)
    assert content.count(claimed) == 1
    bomb = content.replace(claimed, (32_000).to_bytes(4) + (32_000).to_bytes(4))
    with pytest.raises(Trouble) as refusal:
        list(heic.tell(written(tmp_path, "a.heic", bomb), BOUNDS))
    assert refusal.value.code == "too_large"
