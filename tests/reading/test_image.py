"""Pictures of every kind, upright, flat and inside their bounds."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from archiver.reading import image
from archiver.reading.image import Bounds
from archiver.reading.page import Told, Trouble
from tests.reading.papers import encoded, lettered, written

BOUNDS = Bounds(pages=5, pixels=2_000_000, ocr_pixels=1_000_000)


def told(folder: Path, content: bytes, bounds: Bounds = BOUNDS) -> list[Told]:
    return list(image.tell(written(folder, "scan", content), bounds))


def pixels_of(page: Told) -> Image.Image:
    return Image.frombytes("RGB", page.size, page.pixels)


def corner_marked() -> Image.Image:
    """White, 60 × 40, with a red corner at the top left."""
    picture = Image.new("RGB", (60, 40), "white")
    picture.paste("red", (0, 0, 20, 10))
    return picture


def is_red(colour: object) -> bool:
    assert isinstance(colour, tuple)
    red, green = int(colour[0]), int(colour[1])
    return red > 200 and green < 80


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_as_its_camera_says(tmp_path: Path, orientation: int) -> None:
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = corner_marked()
    if orientation in undo:
        stored = stored.transpose(undo[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    (page,) = told(tmp_path, encoded(stored, "JPEG", exif=exif, quality=95))
    assert page.size == (60, 40)
    assert is_red(pixels_of(page).getpixel((5, 5)))


def test_orientation_survives_reduction(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = corner_marked().resize((1200, 800)).transpose(Image.Transpose.ROTATE_90)
    small = Bounds(pages=1, pixels=2_000_000, ocr_pixels=10_000)
    (page,) = told(tmp_path, encoded(stored, "JPEG", exif=exif), small)
    assert page.size[0] > page.size[1]
    assert page.size[0] * page.size[1] <= 10_000
    assert is_red(pixels_of(page).getpixel((5, 5)))


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixel_becomes_black_on_white(tmp_path: Path, mode: str) -> None:
    if mode == "I;16":
        picture = Image.new("I;16", (60, 40), 65535)
        picture.paste(0, (0, 0, 30, 40))
    else:
        grey = Image.new("RGB", (60, 40), "white")
        grey.paste("black", (0, 0, 30, 40))
        picture = grey.convert("L").convert(mode) if "A" in mode else grey.convert(mode)
    format = "TIFF" if mode == "CMYK" else "PNG"
    for bounds in (BOUNDS, Bounds(pages=1, pixels=9999, ocr_pixels=600)):
        (page,) = told(tmp_path, encoded(picture, format), bounds)
        shown = pixels_of(page)
        assert shown.getpixel((2, 2)) == (0, 0, 0)
        bright = shown.getpixel((shown.width - 2, 2))
        assert isinstance(bright, tuple)
        assert min(bright) >= 254


def test_what_is_transparent_is_white_paper(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (0, 0, 30, 40))
    (page,) = told(tmp_path, encoded(clear, "PNG"))
    assert pixels_of(page).getpixel((50, 20)) == (255, 255, 255)


def test_every_frame_of_a_tiff_is_a_page_but_not_its_previews(tmp_path: Path) -> None:
    preview = ImageFileDirectory_v2()
    preview[254] = 1
    frames = [lettered(f"page {n}", size=(300, 200)) for n in range(3)]
    small = lettered("x", size=(60, 40))
    small.encoderinfo = {"tiffinfo": preview}
    content = encoded(frames[0], "TIFF", save_all=True, append_images=[small, *frames[1:]])
    assert [page.size for page in told(tmp_path, content)] == [(300, 200)] * 3


def test_of_an_animation_the_first_frame_is_the_picture(tmp_path: Path) -> None:
    frames = [lettered(str(n), size=(300, 200)) for n in range(4)]
    for format in ("GIF", "WEBP"):
        content = encoded(frames[0], format, save_all=True, append_images=frames[1:])
        assert len(told(tmp_path, content)) == 1


def test_too_many_frames_are_refused(tmp_path: Path) -> None:
    frames = [Image.new("1", (8, 8))] * 6
    content = encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    with pytest.raises(Trouble) as refusal:
        told(tmp_path, content)
    assert refusal.value.code == "too_many_pages"


def test_a_bomb_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = (
        struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    )
    with pytest.raises(Trouble) as refusal:
        told(tmp_path, b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\0IDAT\0\0\0\0")
    assert refusal.value.code == "too_large"


def test_a_huge_photo_is_reduced_while_it_is_decoded(tmp_path: Path) -> None:
    content = encoded(lettered("big", size=(5000, 4000)), "JPEG")
    (page,) = told(tmp_path, content, Bounds(pages=1, pixels=2_000_000, ocr_pixels=500_000))
    assert page.size == (790, 632)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF", "GIF", "BMP", "WEBP"])
def test_half_a_picture_is_damaged(tmp_path: Path, format: str) -> None:
    content = encoded(lettered("half", "of", "this"), format)
    with pytest.raises(OSError, match=r"truncated|decode|broken"):
        told(tmp_path, content[: len(content) // 2])


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_may_lack_its_end_mark_but_no_row(tmp_path: Path, progressive: bool) -> None:
    picture = lettered("total", "of", "everything")
    whole = encoded(picture, "JPEG", progressive=progressive)
    (page,) = told(tmp_path, whole[:-2])
    assert page.pixels == told(tmp_path, whole)[0].pixels
    with pytest.raises(OSError, match="truncated"):
        told(tmp_path, whole[: len(whole) * 9 // 10])


def test_a_blank_page_needs_no_reading(tmp_path: Path) -> None:
    (page,) = told(tmp_path, encoded(Image.new("RGB", (300, 400), (250, 250, 245)), "PNG"))
    assert (page.source, page.pixels) == ("none", b"")
