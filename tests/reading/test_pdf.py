"""PDF: text where there is text, pixels where there is none, a reason where there is neither."""

import io
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

from archiver.core.model import Line
from archiver.reading import pdf
from archiver.reading.image import Bounds
from archiver.reading.layer import _is_cipher
from archiver.reading.order import in_reading_order
from archiver.reading.page import Told, Trouble
from tests.reading.papers import Sheet, han, pdf_of, picture, words, written

BOUNDS = Bounds(pages=5, pixels=100_000_000, ocr_pixels=500_000)
PROSE = "".join(
    words(f"This is line number {n} of the contract.", y=700 - 20 * n) for n in range(6)
)


def told(folder: Path, content: bytes) -> tuple[dict[str, str], list[Told]]:
    first, *pages = pdf.tell(written(folder, "paper.pdf", content), BOUNDS)
    return first.facts, pages


def trouble_of(folder: Path, content: bytes) -> str:
    with pytest.raises(Trouble) as refusal:
        told(folder, content)
    return refusal.value.code


def test_text_is_taken_from_the_layer_with_its_boxes(tmp_path: Path) -> None:
    facts, (page,) = told(
        tmp_path, pdf_of([Sheet(words("Invoice 7") + han("采购合同", y=421))], "T")
    )
    assert facts["title"] == "T"
    assert page.source == "layer"
    (first, box), (second, below) = page.lines
    assert (first, second) == ("Invoice 7", "采购合同")
    assert box
    assert below
    assert box[0] == pytest.approx(72 / 595, abs=0.01)
    assert box[3] == pytest.approx(1 - 700 / 842, abs=0.01)
    assert below[3] == pytest.approx(0.5, abs=0.01)


def test_boxes_are_those_of_the_upright_page(tmp_path: Path) -> None:
    _, (page,) = told(tmp_path, pdf_of([Sheet(words("turned"), turned=90)]))
    ((_, box),) = page.lines
    assert box
    assert box[0] == pytest.approx(700 / 842, abs=0.02)
    assert box[1] == pytest.approx(72 / 595, abs=0.02)


def test_a_mixed_document_is_read_page_by_page(tmp_path: Path) -> None:
    scan = picture(595, 842)
    sheets = [Sheet(PROSE), Sheet(scan), Sheet(""), Sheet(scan + words("Scanned by X"))]
    _, pages = told(tmp_path, pdf_of(sheets))
    assert [page.source for page in pages] == ["layer", "ocr", "none", "ocr"]
    assert [line for line, _ in pages[3].lines] == ["Scanned by X"]


@pytest.mark.parametrize(
    "content",
    [
        PROSE + picture(595, 842),  # under the picture
        picture(595, 842) + PROSE.replace("0 Tr", "3 Tr"),  # invisible
    ],
)
def test_what_a_scanner_recognised_is_not_believed(tmp_path: Path, content: str) -> None:
    _, (page,) = told(tmp_path, pdf_of([Sheet(content)]))
    assert (page.source, page.lines) == ("ocr", ())


def test_text_printed_over_a_background_is_text(tmp_path: Path) -> None:
    _, (page,) = told(tmp_path, pdf_of([Sheet(picture(595, 842) + PROSE)]))
    assert page.source == "layer"
    assert len(page.lines) == 6


def test_glyphs_that_mean_nothing_are_looked_at(tmp_path: Path) -> None:
    private = han("\ue001\ue002\ue003" * 20) + han("\ue004" * 30, y=600)
    (page,) = told(tmp_path, pdf_of([Sheet(private)]))[1]
    assert page.source != "layer"


def test_letters_that_stand_for_others_are_looked_at(tmp_path: Path) -> None:
    numbered = "".join(
        words("7KLV DJUHHPHQW LV PDGH EHWZHHQ" * 2, y=700 - 20 * n) for n in range(6)
    )
    (page,) = told(tmp_path, pdf_of([Sheet(numbered)]))[1]
    assert (page.source, page.lines) == ("ocr", ())


@pytest.mark.parametrize(
    ("text", "disguised"),
    [
        ("ÖÐ»ªÈËÃñ¹²ºÍ¹ú¹¤ÉÌÐÐÕþ", True),
        ("Ceci est la clé du théâtre où l'été était très gêné", False),
        ("This agreement is made between the parties " * 8, False),
        ("RTFM HTTP GBK XML PDF JPG " * 12, True),
        ("NR 12345678 XK-9 " * 4, False),
        ("采购合同甲方乙方" * 9, False),
        ("", False),
    ],
)
def test_what_no_language_looks_like(text: str, disguised: bool) -> None:
    assert _is_cipher([c for c in text if not c.isspace()]) == disguised


def test_cells_far_apart_are_lines_of_their_own(tmp_path: Path) -> None:
    cells = words("Total", 72) + words("52.70", 400)
    _, (page,) = told(tmp_path, pdf_of([Sheet(cells)]))
    assert [line for line, _ in page.lines] == ["Total", "52.70"]


def test_stamps_and_filled_fields_are_part_of_the_page(tmp_path: Path) -> None:
    path = written(tmp_path, "plain.pdf", stamped(pdf_of([Sheet(words("Approved by"))])))
    _, (page,) = told(tmp_path, path.read_bytes())
    lines = in_reading_order([Line(text, box, 1.0) for text, box in page.lines])
    assert [line.text for line in lines] == ["Approved by", "Zhang 2026"]


def stamped(content: bytes) -> bytes:
    """A PDF with a stamp annotation on its first page, as viewers put it there."""
    writer = PdfWriter(clone_from=io.BytesIO(content))
    page = writer.pages[0]
    box = ArrayObject(map(NumberObject, (300, 690, 500, 720)))
    shape = DecodedStreamObject()
    shape.set_data(words("Zhang 2026", 310, 700).encode())
    shape[NameObject("/Type")] = NameObject("/XObject")
    shape[NameObject("/Subtype")] = NameObject("/Form")
    shape[NameObject("/BBox")] = box
    shape[NameObject("/Resources")] = page["/Resources"]
    stamp = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Stamp"),
            NameObject("/Rect"): box,
            NameObject("/F"): NumberObject(4),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(shape)}),
        }
    )
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(stamp)])
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize("box", [(2**31, 2**31), (1, 14_400), (14_400, 14_400)])
def test_no_page_is_larger_than_its_bounds(tmp_path: Path, box: tuple[float, float]) -> None:
    content = pdf_of([Sheet(picture(*box), box=box)])
    try:
        _, (page,) = told(tmp_path, content)
    except Trouble as trouble:
        assert trouble.code in {"too_large", "damaged"}  # noqa: PT017 - one of two fates
    else:
        assert len(page.pixels) <= 3.1 * BOUNDS.ocr_pixels  # whole pixels, rounded up


def test_a_password_that_only_owners_need_is_no_lock(tmp_path: Path) -> None:
    facts, (page,) = told(tmp_path, pdf_of([Sheet(PROSE)], password=("", "owner")))
    assert facts["encrypted"] == "owner"
    assert page.source == "layer"


def test_a_locked_file_is_encrypted(tmp_path: Path) -> None:
    assert trouble_of(tmp_path, pdf_of([Sheet(PROSE)], password=("secret", ""))) == "encrypted"


def test_too_many_pages_are_refused_before_any_is_read(tmp_path: Path) -> None:
    assert trouble_of(tmp_path, pdf_of([Sheet("")] * 6)) == "too_many_pages"


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9, 0.99])
def test_a_copy_that_was_cut_off_is_damaged(tmp_path: Path, part: float) -> None:
    whole = pdf_of([Sheet(PROSE)] * 3)
    assert trouble_of(tmp_path, whole[: int(len(whole) * part)]) == "damaged"


def test_where_pypdf_gives_up_pdfium_may_go_on(tmp_path: Path) -> None:
    broken = pdf_of([Sheet(PROSE)]).replace(b"startxref\n", b"startxref\n9")
    facts, (page,) = told(tmp_path, broken)
    assert page.source == "layer"
    assert len(page.lines) == 6
    assert "title" not in facts
