"""DOCX: text in its order, tables as they are seen, pictures as pages."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archiver.reading import word
from archiver.reading.image import Bounds
from archiver.reading.page import Told, Trouble
from archiver.reading.paragraphs import lines_of, pages_of
from tests.reading.office import LOGO, SCAN, a_letter, with_part
from tests.reading.papers import written

BOUNDS = Bounds(pages=5, pixels=100_000_000, ocr_pixels=500_000)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def told(folder: Path, content: bytes, bounds: Bounds = BOUNDS) -> list[Told]:
    return list(word.tell(written(folder, "a.docx", content), bounds))


def texts(page: Told) -> list[str]:
    return [line for line, _ in page.lines]


def lines(body: str) -> list[str]:
    return lines_of(etree.fromstring(f"<w:body {W} {MC}>{body}</w:body>"))


def test_a_contract_reads_as_it_is_seen(tmp_path: Path) -> None:
    facts, first, second = told(tmp_path, a_letter())
    assert facts.facts["title"] == "采购合同"
    assert texts(first) == [
        "青梧市华信样本运输有限公司",
        "采购合同",
        "合同编号：\tYB-2026-001",
        "甲方：华信\t乙方：样本",
        "地址：一路\t地址：二路",
        "金额\t小写\t￥5,000.00",
    ]
    assert texts(second) == ["第二页", "内部资料"]
    assert {first.source, second.source} == {"plain"}


def test_scans_in_it_are_pages_and_logos_are_not(tmp_path: Path) -> None:
    *_, last = told(tmp_path, a_letter(LOGO, SCAN, SCAN))
    assert (last.page, last.source, last.size) == (3, "ocr", (600, 200))


def test_drawings_nobody_can_open_are_passed_over(tmp_path: Path) -> None:
    letter = with_part(a_letter(SCAN), "word/media/image1.png", b"\x01\0\0\0 EMF, or so")
    assert len(told(tmp_path, letter)) == 3


def test_a_letter_without_a_word_is_one_empty_page(tmp_path: Path) -> None:
    empty = with_part(a_letter(), "word/document.xml", f"<w:document {W}/>")
    empty = with_part(empty, "word/_rels/document.xml.rels", "<Relationships/>")
    assert told(tmp_path, empty)[1:] == [Told(1, "none")]


def test_macros_do_not_matter_nor_how_parts_are_called(tmp_path: Path) -> None:
    moved = with_part(a_letter(), "word/vbaProject.bin", b"code")
    main = b'<Relationship Id="r" Type="x/officeDocument" Target="/WORD\\document.xml"/>'
    rels = b"<Relationships>" + main + b"</Relationships>"
    assert len(told(tmp_path, with_part(moved, "_rels/.rels", rels))) == 3


def test_what_word_shows_and_what_it_hides() -> None:
    body = (
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t>"
        "<w:br/><w:t>丙</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>增</w:t></w:r></w:ins>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r>"
        "</w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>框</w:t>"
        "</w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>旁</w:t></w:r></w:p>"
    )
    assert lines(body) == ["甲\t乙", "丙增", "框", "旁"]


def test_pages_end_where_word_ended_them() -> None:
    one = "<w:p><w:r><w:t>一</w:t></w:r></w:p>"
    new = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    before = "<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>二</w:t></w:r></w:p>"
    seen = "<w:p><w:r><w:t>三</w:t><w:lastRenderedPageBreak/><w:t>四</w:t></w:r></w:p>"
    row = f"<w:tbl><w:tr><w:tc>{seen}</w:tc></w:tr></w:tbl>"
    pages = list(pages_of(lines(one + new + new + before + seen + row + one)))
    said = [[line for line in page if line] for page in pages]
    assert said == [["一"], ["二", "三"], ["四", "三四"], ["一"]]


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    body = '<w:p><w:r><w:t>x</w:t><w:br w:type="page"/></w:r></w:p>' * 6
    many = with_part(a_letter(), "word/document.xml", f"<w:document {W}>{body}</w:document>")
    with pytest.raises(Trouble) as refusal:
        told(tmp_path, many)
    assert refusal.value.code == "too_many_pages"
    scans = [SCAN + bytes([number]) for number in range(4)]
    with pytest.raises(Trouble) as refusal:
        told(tmp_path, a_letter(*scans))
    assert refusal.value.code == "too_many_pages"


TAGS = ["p", "r", "t", "tbl", "tr", "tc", "txbxContent", "pPr", "br", "lastRenderedPageBreak"]
TREES = st.recursive(
    st.sampled_from(TAGS).map(lambda tag: f"<w:{tag}>字</w:{tag}>"),
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4)).map(
        lambda tree: f"<w:{tree[0]}>{''.join(tree[1])}</w:{tree[0]}>"
    ),
    max_leaves=25,
)


@given(TREES)
def test_any_tree_gives_its_text_once(tree: str) -> None:
    found = "".join("".join(page) for page in pages_of(lines(tree)))
    assert found.replace("\t", "").count("字") <= tree.count("<w:t>字")
