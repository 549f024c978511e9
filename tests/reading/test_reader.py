"""The reading room as a whole: bytes in, text or a reason out."""

import shutil
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from archiver.core.errors import DocumentError, NotYet
from archiver.core.model import Reading, TextSource
from archiver.reading.limits import MIB, ReadingLimits
from archiver.reading.reader import Reader
from tests.reading.papers import (
    SHARED,
    Sheet,
    encoded,
    han,
    lettered,
    pdf_of,
    picture,
    scan_of,
    words,
    written,
)

PROSE = words("Repair order 7 for the white lorry, brakes and lights checked.")


def read(content: bytes, folder: Path, limits: ReadingLimits | None = None) -> Reading:
    with Reader(limits or ReadingLimits(parsers=1), (folder,)) as reader:
        return reader.read(scan_of(written(folder, "paper", content)))


def code_of(content: bytes, folder: Path, limits: ReadingLimits | None = None) -> str:
    with pytest.raises(DocumentError) as refusal:
        read(content, folder, limits)
    return refusal.value.because.code


def test_a_digital_paper(tmp_path: Path) -> None:
    content = pdf_of([Sheet(han("甲方：样本公司", y=600) + han("采购合同")), Sheet("")], "合同")
    reading = read(content, tmp_path)
    first, second = reading.pages
    assert first.text == "采购合同\n甲方：样本公司"
    assert (first.number, first.source, first.rotation) == (1, TextSource.LAYER, 0)
    assert all(line.confidence == 1.0 and line.box for line in first.lines)
    assert (second.lines, second.source) == ((), TextSource.NONE)
    assert dict(reading.facts)["title"] == "合同"


def test_a_text_in_gb18030(tmp_path: Path) -> None:
    reading = read("投诉记录\n车牌 青A·12345\f第二页".encode("gb18030"), tmp_path)
    assert [page.text for page in reading.pages] == ["投诉记录\n车牌 青A·12345", "第二页"]
    assert {page.source for page in reading.pages} == {TextSource.PLAIN}


def test_one_after_the_other_and_many_at_once(tmp_path: Path) -> None:
    """Bad papers among good ones: each has its own fate, and two processes serve them all."""
    papers = []
    for number in range(24):
        content = pdf_of([Sheet(words(f"Work order number {number}"))])
        content = content[: len(content) // 2] if number % 3 == 0 else content
        papers.append(written(tmp_path, f"{number}.pdf", content))

    def fate(path: Path) -> str:
        try:
            return reader.read(scan_of(path)).text
        except DocumentError as error:
            return error.because.code

    with Reader(ReadingLimits(), (tmp_path,)) as reader, ThreadPoolExecutor(6) as threads:
        reader.warm(pictures=False)
        fates = list(threads.map(fate, papers))
        assert reader._recognisers._idle == []
    assert fates == [
        "damaged" if number % 3 == 0 else f"Work order number {number}" for number in range(24)
    ]


def test_reasons_a_clerk_can_act_on(tmp_path: Path) -> None:
    assert code_of(pdf_of([Sheet(PROSE)], password=("a", "b")), tmp_path) == "encrypted"
    assert code_of(encoded(lettered("half"), "JPEG")[:3000], tmp_path) == "damaged"
    few = ReadingLimits(parsers=1, max_pages=2)
    assert code_of(pdf_of([Sheet(PROSE)] * 3), tmp_path, few) == "too_many_pages"
    short = ReadingLimits(parsers=1, max_lines=2)
    assert code_of(b"a\nb\nc\n", tmp_path, short) == "too_large"


def test_a_picture_that_needs_too_much_memory(tmp_path: Path) -> None:
    content = encoded(Image.new("RGB", (9000, 9000), "white"), "PNG")
    tight = ReadingLimits(parsers=1, parser_bytes=256 * MIB)
    assert code_of(content, tmp_path, tight) == "out_of_memory"


def test_a_bomb_goes_off_in_nobodys_face(tmp_path: Path) -> None:
    header = struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 6, 0, 0, 0)
    check = zlib.crc32(b"IHDR" + header)
    bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + header + struct.pack(">I", check) + bytes(40)
    assert code_of(bomb, tmp_path) in {"too_large", "damaged"}


def test_time_is_up_for_one_paper_only(tmp_path: Path) -> None:
    slow = pdf_of([Sheet(PROSE * 400)] * 300)
    limits = ReadingLimits(parsers=1, parse_seconds=0.2)
    with Reader(limits, (tmp_path,)) as reader:
        with pytest.raises(DocumentError) as refusal:
            reader.read(scan_of(written(tmp_path, "slow.pdf", slow)))
        assert refusal.value.because.code == "timed_out"
        quick = written(tmp_path, "quick.txt", b"quick\n")
        assert reader.read(scan_of(quick)).text == "quick"


def test_a_file_that_is_gone_is_unreadable(tmp_path: Path) -> None:
    path = written(tmp_path, "gone.pdf", pdf_of([Sheet(PROSE)]))
    scan = scan_of(path)
    path.unlink()
    with (
        Reader(ReadingLimits(parsers=1), (tmp_path,)) as reader,
        pytest.raises(DocumentError) as refusal,
    ):
        reader.read(scan)
    assert refusal.value.because.code == "unreadable"


def test_a_closed_reader_reads_no_more(tmp_path: Path) -> None:
    scan = scan_of(written(tmp_path, "a.txt", b"a\n"))
    reader = Reader(ReadingLimits(), (tmp_path,))
    reader.close()
    with pytest.raises(NotYet):
        reader.read(scan)


def test_ocr_reads_scans_and_turns_them(tmp_path: Path) -> None:
    """The one test with real OCR: a page each way up, a mixed PDF, an OCR process that dies."""
    lines = ("Repair order 2024-0317", "Customer: Specimen Haulage", "Total 1,250.00")
    upright = lettered(*lines)
    exits = [upright.rotate(-turn, expand=True) for turn in (90, 180, 270)]
    content = encoded(upright, "TIFF", save_all=True, append_images=exits)
    with Reader(ReadingLimits(parsers=1), (tmp_path,)) as reader:
        reading = reader.read(scan_of(written(tmp_path, "scan.tif", content)))
        assert [page.rotation for page in reading.pages] == [0, 270, 180, 90]
        for page in reading.pages:
            assert page.source is TextSource.OCR
            assert page.text.replace(" ", "") == "\n".join(lines).replace(" ", "")
            assert all(line.box and 0.5 < line.confidence <= 1 for line in page.lines)
            heights = [line.box[1] for line in page.lines if line.box]
            assert heights == sorted(heights)
        mixed = pdf_of([Sheet(PROSE), Sheet(picture(595, 842))])
        assert [page.source for page in reader.read(scan_of(written(tmp_path, "a", mixed))).pages]


@pytest.mark.skipif(not (SHARED / "hostile").is_dir(), reason="the hostile files are not here")
def test_hostile_files_get_a_reading_or_a_reason(tmp_path: Path) -> None:
    """Every one of them, one reader, and a good paper read after them all."""
    files = sorted((SHARED / "hostile" / "files").iterdir())
    assert files

    def fate(path: Path) -> str:
        try:
            return f"{len(reader.read(scan_of(path)).pages)} pages"
        except DocumentError as error:
            return error.because.code

    with (
        Reader(ReadingLimits(recognise_seconds=30), (tmp_path,)) as reader,
        ThreadPoolExecutor(3) as threads,
    ):
        fates = dict(zip([path.name for path in files], threads.map(fate, files), strict=True))
        good = written(tmp_path, "good.pdf", pdf_of([Sheet(PROSE)]))
        assert reader.read(scan_of(good)).text.startswith("Repair order 7")
    assert "parser_crashed" not in fates.values(), fates
    assert "timed_out" not in fates.values(), fates


def test_a_disk_mounted_anew_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The numbers of a mount are given again, so that nothing tells the new one from the old."""
    monkeypatch.setattr("archiver.reading.crew._place", lambda _: (1, 1))
    folder = tmp_path / "inbox"
    with Reader(ReadingLimits(parsers=1), (folder,)) as reader:
        for text in ("before", "after"):
            folder.mkdir()
            path = folder / "paper"
            path.write_text(text, encoding="utf-8")
            assert reader.read(scan_of(path)).pages[0].lines[0].text == text
            shutil.rmtree(folder)
