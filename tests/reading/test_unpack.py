"""Unpacking: what is inside a ZIP, a mail or a PDF comes out whole, or a reason does."""

import io
import zipfile
from pathlib import Path

import pytest

from archiver.core.errors import DocumentError
from archiver.reading.limits import ReadingLimits
from archiver.reading.members import Member
from archiver.reading.reader import Reader
from tests.reading.papers import Sheet, pdf_of, scan_of, words, written

PAPER = pdf_of([Sheet(words("Repair order 7"))])
LIMITS = ReadingLimits(parsers=1, max_parts=6, max_unpacked=3_000_000, max_member=2_000_000)


def unpacked(content: bytes, folder: Path, limits: ReadingLimits = LIMITS) -> list[Member]:
    into = folder / "into"
    into.mkdir(exist_ok=True)
    with Reader(limits) as reader:
        return list(reader.unpack(scan_of(written(folder, "a.bin", content)), into))


def code_of(content: bytes, folder: Path, limits: ReadingLimits = LIMITS) -> str:
    with pytest.raises(DocumentError) as refusal:
        unpacked(content, folder, limits)
    assert list((folder / "into").iterdir()) == []
    return refusal.value.because.code


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream.getvalue()


def contents(members: list[Member]) -> dict[str, bytes | None]:
    return {one.name: one.path.read_bytes() if one.path else None for one in members}


def test_an_archive_gives_its_papers_in_order(tmp_path: Path) -> None:
    litter = ["__MACOSX/._a", "x/.DS_Store", "Thumbs.db", "~$合同.docx", "desktop.ini"]
    large = bytes(range(256)) * 7000
    content = zipped(
        ("扫描/", b""),
        ("扫描/合同.pdf", PAPER),
        *((name, b"x") for name in litter),
        ("nothing.txt", b""),
        ("扫描\\照片.bin", large),
    )
    members = unpacked(content, tmp_path)
    assert [one.name for one in members] == ["扫描/合同.pdf", "扫描/照片.bin"]
    assert contents(members) == {"扫描/合同.pdf": PAPER, "扫描/照片.bin": large}
    assert [one.path for one in members] == [tmp_path / "into/0001", tmp_path / "into/0002"]
    assert unpacked(content, tmp_path) == members
