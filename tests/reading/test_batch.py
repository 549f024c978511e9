"""Batch scans are divided where they should be, and nothing on their pages changes."""

import io
import struct
from contextlib import closing
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, NameObject

from archiver.reading.batch import parts
from archiver.reading.divide import Cut, Leaf
from archiver.reading.image import Bounds
from archiver.reading.leaf import DPI, is_blank, leaf_of
from archiver.reading.limits import ReadingLimits
from archiver.reading.pdf import prepare
from archiver.reading.reader import Reader
from archiver.reading.sniff import PDF, TIFF
from archiver.vault.settings import BatchSettings
from tests.nightly import often
from tests.reading.batches import MARK, blank, contents, frames, pdf, separator, sheet, tiff
from tests.reading.papers import Sheet, encoded, han, pdf_of, scan_of, words, written
from tools.specimens.scans import crooked

Colour = str | tuple[int, int, int]
BOUNDS = Bounds(100, 100_000_000, 9_000_000)
BOTH, BLANKS, SHEETS = Cut(True, MARK), Cut(True, None), Cut(False, MARK)
PAGES = [sheet("LICENCE 1"), sheet("ITS PAGE 2"), blank(), sheet("INVOICE 7"), separator()]
BATCH = [*PAGES, sheet("ORDER 9"), blank(5)]


def divided(path: Path, kind: str, cut: Cut) -> dict[str, bytes]:
    prepare(fonts=False)
    return {one.name: b"".join(one.chunks()) for one in parts(path, kind, cut, BOUNDS)}


@pytest.mark.parametrize(
    ("cut", "names"),
    [(BOTH, ["1-2", "4", "6"]), (BLANKS, ["1-2", "4-6"]), (SHEETS, ["1-4", "6"])],
)
def test_a_pdf_is_divided_without_touching_what_is_on_its_pages(
    tmp_path: Path, cut: Cut, names: list[str]
) -> None:
    content = pdf(BATCH)
    path = written(tmp_path, "batch", content)
    found = divided(path, PDF, cut)
    assert list(found) == names
    whole = contents(content)
    for name, part in found.items():
        first, _, last = name.partition("-")
        assert contents(part) == whole[int(first) - 1 : int(last or first)]
    assert divided(path, PDF, cut) == found, "the same bytes each time"


@pytest.mark.parametrize("compression", ["raw", "group4", "tiff_lzw", "tiff_deflate", "jpeg"])
def test_a_tiff_keeps_the_encoding_of_its_pages(tmp_path: Path, compression: str) -> None:
    content = tiff(BATCH, compression)
    path = written(tmp_path, "batch", content)
    found = divided(path, TIFF, BOTH)
    assert list(found) == ["1-2", "4", "6"]
    whole = frames(content)
    assert [one for part in found.values() for one in frames(part)] == [
        whole[number - 1] for number in (1, 2, 4, 6)
    ]
    assert divided(path, TIFF, BOTH) == found


def test_a_code_is_found_as_bars_too_and_another_text_divides_nothing() -> None:
    assert leaf_of(separator().convert("RGB"), BOTH) is Leaf.SEPARATOR
    assert leaf_of(separator(kind="Code128").convert("RGB"), BOTH) is Leaf.SEPARATOR
    assert leaf_of(separator("SOMETHING ELSE").convert("RGB"), BOTH) is Leaf.PAPER
    assert leaf_of(separator().convert("RGB"), BLANKS) is Leaf.PAPER


def test_the_sheet_to_print_has_the_text_that_is_looked_for() -> None:
    prepare(fonts=False)
    sheet_to_print = Path(__file__).resolve().parents[2] / "docs" / "separator.pdf"
    usual = BatchSettings(folder="x", split=("separator",)).separator
    with closing(pdfium.PdfDocument(sheet_to_print)) as document:
        (page,) = document
        drawn = page.render(scale=DPI / 72).to_pil().convert("RGB")
    for turn in (0, 90, 180, 270):
        scan = crooked(drawn.rotate(turn, expand=True), turn, 2.0).convert("RGB")
        assert leaf_of(scan, Cut(False, usual)) is Leaf.SEPARATOR


@settings(max_examples=often(40))
@given(
    st.tuples(st.integers(50, 1160), st.integers(70, 1650)),
    st.sampled_from("8AxgZ2"),
    st.sampled_from(["black", (60, 70, 170), (190, 40, 40), (110, 110, 110)]),
)
def test_one_character_anywhere_makes_a_page_no_blank_one(
    at: tuple[int, int], letter: str, colour: Colour
) -> None:
    page = Image.new("RGB", (1240, 1754), (244, 240, 226))
    ImageDraw.Draw(page).text(at, letter, fill=colour, font_size=24)
    assert not is_blank(page)


def test_what_a_scanner_adds_leaves_a_page_blank() -> None:
    page = blank().convert("RGB").resize((1240, 1754))
    pen = ImageDraw.Draw(page)
    pen.line((700, 0, 700, 1754), fill="black")
    pen.rectangle((0, 0, 1240, 40), fill=(70, 70, 70))
    pen.ellipse((300, 800, 304, 804), fill="black")
    assert is_blank(page)
    assert not is_blank(Image.new("RGB", (20, 20), "white")), "too small to say"


def test_text_that_only_the_layer_knows_is_no_blank_page(tmp_path: Path) -> None:
    """The font is not embedded, so nothing shows."""
    content = pdf_of([Sheet(words("One")), Sheet(han("采购合同")), Sheet(""), Sheet(words("Two"))])
    assert list(divided(written(tmp_path, "digital", content), PDF, BLANKS)) == ["1-2", "4"]


@pytest.mark.parametrize("binding", ["/AcroForm", "/Perms", "/Collection", "/OCProperties"])
def test_what_is_signed_or_bound_together_stays_whole(tmp_path: Path, binding: str) -> None:
    writer = PdfWriter(io.BytesIO(pdf(BATCH)))
    writer.root_object[NameObject(binding)] = DictionaryObject()
    stream = io.BytesIO()
    writer.write(stream)
    assert divided(written(tmp_path, "signed", stream.getvalue()), PDF, BOTH) == {}


def test_what_cannot_be_divided_stays_whole(tmp_path: Path) -> None:
    whole = pdf(BATCH)
    tiffs = tiff(BATCH, "raw")
    big = tiffs[:2] + struct.pack("<H", 43) + tiffs[4:]
    for number, (content, kind) in enumerate(
        [
            (pdf([sheet("ALONE")]), PDF),
            (pdf([blank(), sheet("ALONE"), blank(2)]), PDF),
            (pdf([blank(), blank(2)]), PDF),
            (pdf_of([Sheet(words("A")), Sheet(""), Sheet(words("B"))], password=("", "o")), PDF),
            (whole[: len(whole) // 2], PDF),
            (big, TIFF),
            (encoded(sheet("JPEG"), "JPEG"), "image/jpeg"),
        ]
    ):
        assert divided(written(tmp_path, str(number), content), kind, BOTH) == {}, number


def test_a_page_does_not_take_along_those_it_has_links_to(tmp_path: Path) -> None:
    writer = PdfWriter(io.BytesIO(pdf([sheet("A"), blank(), sheet("SECRET"), sheet("B")])))
    writer.add_annotation(0, Link(rect=(0, 0, 50, 50), target_page_index=2))
    stream = io.BytesIO()
    writer.write(stream)
    found = divided(written(tmp_path, "linked", stream.getvalue()), PDF, BLANKS)
    assert found["1"].count(b"/Subtype /Image") == 1
    assert len(PdfReader(io.BytesIO(found["3-4"])).pages) == 2


def test_a_reader_divides_a_scan_and_reads_its_papers(tmp_path: Path) -> None:
    """The whole way through the worker processes."""
    path = written(tmp_path, "batch", pdf(BATCH))
    folder = tmp_path / "parts"
    folder.mkdir()
    with Reader(ReadingLimits(parsers=1, recognisers=1), (tmp_path,)) as reader:
        found = reader.divide(scan_of(path), folder, BOTH)
        assert [one.name for one in found] == ["1-2", "4", "6"]
        readings = [reader.read(scan_of(one.path)) for one in found if one.path]
    assert [len(one.pages) for one in readings] == [2, 1, 1]
    assert readings[1].text.startswith("INVOICE")
    assert all(len(page.look) == 16 for one in readings for page in one.pages)
