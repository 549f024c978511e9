"""OFD: characters at their places, pictures where there is no text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archiver.reading import ofd
from archiver.reading.image import Bounds
from archiver.reading.ofd_text import Area, lines_of, words_of
from archiver.reading.page import Told, Trouble
from tests.reading.office import an_ofd, ofd_page, ofd_text, with_part
from tests.reading.papers import SHARED, written

BOUNDS = Bounds(pages=3, pixels=100_000_000, ocr_pixels=500_000)
PAGE = Area(0, 0, 200, 100)
SCAN = '<ofd:ImageObject ResourceID="5" Boundary="20 10 60 20"/>'


def told(folder: Path, content: bytes, bounds: Bounds = BOUNDS) -> list[Told]:
    return list(ofd.tell(written(folder, "a.ofd", content), bounds))


def lines(*objects: str) -> list[tuple[str, tuple[float, ...] | None]]:
    page = etree.fromstring(ofd_page("".join(objects)))
    return [
        (text, tuple(round(edge, 3) for edge in box) if box else None)
        for text, box in lines_of(list(words_of(page)), PAGE)
    ]


def test_a_page_lies_on_its_form_and_under_its_notes(tmp_path: Path) -> None:
    total = ofd_text("150 80 40 10", 'X="0" Y="4"', "￥10.00")
    label = ofd_text("120 80 30 10", 'X="0" Y="4"', "价税合计")
    stamp = ofd_text("10 5 30 10", 'X="0" Y="4"', "已报销")
    content = an_ofd(ofd_page(total, under="7"), ofd_page("", area=""), template=label, note=stamp)
    facts, first, second = told(tmp_path, content)
    assert facts.facts == {"title": "发票"}
    assert [line for line, _ in first.lines] == ["价税合计", "￥10.00", "已报销"]
    box = first.lines[2][1]
    assert box
    assert box[:2] == pytest.approx((110 / 200, (50 + 5 + 4 - 0.85 * 4) / 100))
    assert (second.source, second.lines) == ("none", ())


def test_steps_are_repeated_as_the_standard_says() -> None:
    ((text, box),) = lines(ofd_text("10 20 90 9", 'X="1" Y="4" DeltaX="2 g 2 4 3"', "A一二三B"))
    assert text == "A一二三B"
    assert box == (11 / 200, 0.206, (11 + 2 + 4 + 4 + 3 + 2) / 200, 0.246)


def test_a_text_of_several_lines_and_one_with_gaps_is_parted() -> None:
    wrapped = ofd_text("0 0 90 9", 'X="0" Y="4" DeltaX="4 -4 4" DeltaY="0 5 0"', "一二三四")
    assert [text for text, _ in lines(wrapped)] == ["一二", "三四"]
    gap = ofd_text("0 0 90 9", 'X="0" Y="4" DeltaX="4 40 4"', "金额单价")
    assert [text for text, _ in lines(gap)] == ["金额", "单价"]
    down = ofd_text("0 0 90 9", 'X="0" Y="4" DeltaY="g 2 5"', "购买方")
    assert [text for text, _ in lines(down)] == ["购买方"]


def test_pieces_that_touch_are_one_line() -> None:
    pieces = [ofd_text("0 0 8 9", 'X="0" Y="4"', "合同"), ofd_text("8 0 8 9", 'X="0" Y="4"', "A1")]
    assert lines(*pieces) == [("合同A1", (0.0, 0.006, 12 / 200, 0.046))]
    apart = ofd_text("30 0 8 9", 'X="0" Y="4"', "A1")
    assert len(lines(pieces[0], apart)) == 2


def test_text_may_be_enlarged_and_hidden() -> None:
    large = ofd_text("10 10 90 50", 'X="0" Y="1"', "大", 1, 'CTM="10 0 0 10 0 0"')
    assert lines(large) == [("大", (0.05, 0.115, 0.1, 0.215))]
    assert lines(ofd_text("10 10 90 50", 'X="0" Y="1"', "隐", 1, 'Visible="false"')) == []


def test_a_scan_on_a_page_is_read_where_it_lies(tmp_path: Path) -> None:
    _, page = told(tmp_path, an_ofd(ofd_page(SCAN + ofd_text("0 0 9 9", 'X="0" Y="4"', "附"))))
    assert page.source == "ocr"
    assert [line for line, _ in page.lines] == ["附"]
    width, height = page.size
    assert width / height == pytest.approx(2, abs=0.01)
    white = [page.pixels[3 * (y * width + width - 1)] for y in range(height)]
    assert set(white) == {255}


def test_a_scan_beside_text_is_a_code_or_a_seal(tmp_path: Path) -> None:
    text = ofd_text("0 0 190 9", 'X="0" Y="4"', "增值税电子普通发票及其销货清单共三页")
    assert [page.source for page in told(tmp_path, an_ofd(ofd_page(SCAN + text)))[1:]] == ["layer"]


def test_a_picture_of_a_kind_nobody_knows_is_passed_over(tmp_path: Path) -> None:
    _, page = told(tmp_path, an_ofd(ofd_page(SCAN), media=b"\x97JB2\r\n\x1a\n"))
    assert page.source == "none"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (an_ofd(), "damaged"),
        (an_ofd(*[ofd_page("")] * 4), "too_many_pages"),
        (with_part(an_ofd(ofd_page("")), "Doc_0/Pages/0.xml", "<Page"), "SyntaxError"),
        (with_part(an_ofd(ofd_page("")), "OFD.xml", "<OFD><DocBody/></OFD>"), "damaged"),
        (an_ofd(ofd_page(ofd_text("0 0 9 9", 'X="0"', "长" * 100_000) * 3)), "too_large"),
    ],
)
def test_what_cannot_be_told(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises((Trouble, SyntaxError)) as refusal:
        told(tmp_path, content)
    found = refusal.value
    assert (found.code if isinstance(found, Trouble) else "SyntaxError") == code


@pytest.mark.parametrize("area", ["0 0 1e300 1", "0 0 0 0", "nan nan nan nan", "0 0 1e-9 1e5", "x"])
def test_a_page_of_no_size_takes_that_of_the_document(tmp_path: Path, area: str) -> None:
    (page,) = told(tmp_path, an_ofd(ofd_page(SCAN, area=area)))[1:]
    assert page.size[0] * page.size[1] <= BOUNDS.ocr_pixels


NUMBERS = st.text("0123456789.-eg naif", max_size=14)


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.text("字a ", max_size=8))
def test_no_place_is_too_odd(box: str, x: str, steps: str, turn: str, text: str) -> None:
    odd = ofd_text(f"0 0 9 {box}", f'X="{x}" DeltaX="{steps}" DeltaY="{turn}"', text)
    turned = ofd_text("0 0 9 9", f'X="1" Y="{x}"', text, 3, f'CTM="{turn} 1 {steps}"')
    for line, edges in lines(odd, turned):
        assert set(line) <= set(text)
        assert edges
        assert all(0 <= edge <= 1 for edge in edges)


def test_a_step_repeated_for_ever_ends_with_the_text() -> None:
    endless = ofd_text("0 0 9 9", 'X="0" Y="0" DeltaX="g 999999 1 g 999999 1"', "一二")
    assert [text for text, _ in lines(endless)] == ["一二"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the invoice is not here")
def test_a_real_invoice() -> None:
    pages = list(ofd.tell(SHARED / "dev" / "files" / "d077.ofd", Bounds(9, 10**8, 10**6)))[1:]
    assert [page.source for page in pages] == ["layer"] * 5
    assert any("增值税电子普通发票" in line for line, _ in pages[0].lines)
