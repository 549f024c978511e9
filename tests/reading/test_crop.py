"""What a person is shown of a page: from the file through the other process to the strip."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from archiver.core.errors import DocumentError
from archiver.core.model import Box, Page, TextSource
from archiver.reading.answers import Picture
from archiver.reading.crop import crop
from archiver.reading.limits import ReadingLimits
from archiver.reading.reader import Reader
from archiver.reading.sniff import PDF, TEXT
from tests.reading.papers import Sheet, encoded, lettered, pdf_of, words, written

BLACK, WHITE = (0, 0, 0), (255, 255, 255)


def picture_of(page: Image.Image) -> Picture:
    return Picture(Page(1, (), TextSource.OCR), page.width, page.height, page.tobytes())


def shown(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def red(page: Image.Image) -> tuple[int, int, int, int]:
    """The hull of what is red."""
    r, g, _ = page.split()
    hull = ImageChops.subtract(r, g).point(lambda level: 255 * (level > 100)).getbbox()
    assert hull
    return hull


@given(
    x=st.floats(0, 0.9),
    y=st.floats(0, 0.9),
    wide=st.floats(0.001, 0.1),
    high=st.floats(0.001, 0.1),
    rotation=st.sampled_from([0, 90, 180, 270]),
    whole=st.booleans(),
)
def test_the_box_is_drawn_around_what_was_read(
    x: float, y: float, wide: float, high: float, *, rotation: int, whole: bool
) -> None:
    read = Image.new("RGB", (400, 600), WHITE)
    box: Box = (x, y, x + wide, y + high)
    ink = (int(x * 400), int(y * 600), int((x + wide) * 400) + 1, int((y + high) * 600) + 1)
    read.paste(BLACK, ink)
    as_filed = read.rotate(rotation, expand=True)  # Pillow turns back what reading turned
    strip = shown(crop(picture_of(as_filed), box, rotation=rotation, whole=whole))
    assert strip.width == 400
    assert strip.height == 600 if whole else strip.height < 600
    dark = strip.convert("L").point(lambda level: 255 * (level < 40)).getbbox()
    assert dark
    frame = red(strip)
    inside = min(ink[2], 400) - ink[0], min(ink[3], 600) - ink[1]
    assert (dark[2] - dark[0], dark[3] - dark[1]) == inside, "nothing of it is covered"
    if ink[0] > 20 and ink[2] < 380 and ink[1] > 20 and ink[3] < 580:
        assert frame[0] < dark[0] <= frame[0] + 8
        assert frame[1] < dark[1] <= frame[1] + 8
        assert frame[2] - 8 <= dark[2] < frame[2]
        assert frame[3] - 8 <= dark[3] < frame[3]


def test_pages_of_every_kind_are_pictures(tmp_path: Path) -> None:
    scans = [lettered("one"), lettered("two")]
    stream = io.BytesIO()
    scans[0].save(stream, "TIFF", save_all=True, append_images=scans[1:])
    tiff = written(tmp_path, "a.tif", stream.getvalue())
    pdf = written(tmp_path, "a.pdf", pdf_of([Sheet(words("first")), Sheet(words("2"), turned=90)]))
    text = written(tmp_path, "a.txt", "合同".encode())
    with Reader(ReadingLimits(), (), (tmp_path,)) as reader:
        second = reader.picture(tiff, "image/tiff", 2)
        assert second
        assert second.pixels == scans[1].tobytes()
        digital = reader.picture(pdf, PDF, 2)
        assert digital
        assert digital.width > digital.height, "turned as the page says"
        assert min(digital.pixels) < 128, "and its text is drawn"
        for path, kind, page in ((pdf, PDF, 3), (tiff, "image/tiff", 3), (text, TEXT, 1)):
            assert reader.picture(path, kind, page) is None


def test_a_photo_is_shown_as_its_camera_stood(tmp_path: Path) -> None:
    photo = lettered("photo")
    exif = photo.getexif()
    exif[0x0112] = 6  # EXIF 2.3: turn it a quarter clockwise
    path = written(tmp_path, "a.png", encoded(photo, "PNG", exif=exif))
    with Reader(ReadingLimits(), (), (tmp_path,)) as reader:
        seen = reader.picture(path, "image/png", 1)
    assert seen
    assert (seen.width, seen.height) == (photo.height, photo.width)


def test_a_file_that_cannot_be_shown_says_why(tmp_path: Path) -> None:
    broken = written(tmp_path, "a.pdf", b"%PDF-1.4 nothing")
    locked = written(tmp_path, "b.pdf", pdf_of([Sheet(words("x"))], password=("secret", "owner")))
    with Reader(ReadingLimits(), (), (tmp_path,)) as reader:
        for path, code in ((broken, "damaged"), (locked, "encrypted")):
            with pytest.raises(DocumentError) as refusal:
                reader.picture(path, PDF, 1)
            assert refusal.value.because.code == code
