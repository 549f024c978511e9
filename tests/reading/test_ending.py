"""A file cut anywhere before its end lacks one; a whole file never does."""

import io
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter

from archiver.reading.ending import breaks_off
from tests.worlds import a_zip


def _picture(kind: str, pages: int = 1) -> bytes:
    stream = io.BytesIO()
    frames = [Image.effect_noise((60, 40), 90 + n) for n in range(pages)]
    more = {"save_all": True, "append_images": frames[1:]} if pages > 1 else {}
    frames[0].save(stream, kind, **more)
    return stream.getvalue()


def _pdf() -> bytes:
    writer, stream = PdfWriter(), io.BytesIO()
    for _ in range(3):
        writer.add_blank_page(300, 300)
    writer.write(stream)
    return stream.getvalue()


WHOLE = {
    "pdf": _pdf(),
    "jpeg": _picture("JPEG"),
    "png": _picture("PNG"),
    "zip": a_zip({"a": b"1" * 200}),
    "tiff": _picture("TIFF"),
    "pages.tiff": _picture("TIFF", pages=4),
}
_HEAD = 9
"""Bytes that show of what kind a file is."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ending") / "file"


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_file_has_an_end(path: Path, kind: str) -> None:
    path.write_bytes(WHOLE[kind])
    assert not breaks_off(path)


@pytest.mark.parametrize("kind", ["pdf", "jpeg", "png", "zip"])
@given(data=st.data())
def test_a_file_cut_anywhere_lacks_it(path: Path, kind: str, data: st.DataObject) -> None:
    whole = WHOLE[kind]
    # What follows the mark may be missing: line ends, a CRC, an empty comment.
    at = data.draw(st.integers(_HEAD if kind != "pdf" else 60, len(whole) - 24))
    path.write_bytes(whole[:at])
    assert breaks_off(path)


def test_a_tiff_without_its_last_directory(path: Path) -> None:
    """Whatever lies before it: the chain of pointers leads out of the file."""
    whole = WHOLE["pages.tiff"]
    order: Literal["little", "big"] = "little" if whole[:2] == b"II" else "big"
    directories, at = [], 4
    while pointer := int.from_bytes(whole[at : at + 4], order):
        directories.append(pointer)
        at = pointer + 2 + 12 * int.from_bytes(whole[pointer : pointer + 2], order)
    assert len(directories) == 4
    for last in directories:
        path.write_bytes(whole[:last])
        assert breaks_off(path)
        path.write_bytes(whole[: last + 1])
        assert breaks_off(path)


def test_a_tiff_whose_header_points_nowhere_yet(path: Path) -> None:
    path.write_bytes(b"II*\0" + bytes(400))
    assert breaks_off(path)


def test_a_tiff_that_goes_round_in_circles_has_an_end_somewhere_else(path: Path) -> None:
    path.write_bytes(b"II*\0\x08\0\0\0" + b"\0\0" + b"\x08\0\0\0" + bytes(40))
    assert not breaks_off(path)


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(path: Path, data: bytes) -> None:
    for magic in (b"", b"II*\0", b"MM\0*", b"%PDF-", b"PK\3\4"):
        path.write_bytes(magic + data)
        assert breaks_off(path) in {True, False}


def test_what_is_gone_lacks_nothing(tmp_path: Path) -> None:
    assert not breaks_off(tmp_path / "gone")
