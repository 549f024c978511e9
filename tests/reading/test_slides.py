"""PPTX: a page a slide."""

from pathlib import Path

from archiver.reading import slides
from archiver.reading.image import Bounds
from tests.reading.office import a_talk, with_part
from tests.reading.papers import written

BOUNDS = Bounds(pages=5, pixels=100_000_000, ocr_pixels=500_000)


def test_slides_their_tables_and_notes(tmp_path: Path) -> None:
    _, first, second, third = slides.tell(written(tmp_path, "a.pptx", a_talk()), BOUNDS)
    assert [line for line, _ in first.lines] == [
        *("年度汇报", "要点一", "要点二", "客户\t华信", "口头说明"),
    ]
    assert (second.source, second.lines) == ("none", ())
    assert (third.page, third.source) == (3, "ocr")


def test_drawings_of_boxes_and_arrows_are_read(tmp_path: Path) -> None:
    rels = "ppt/slides/_rels/slide2.xml.rels"
    drawn = '<R><Relationship Id="d" Type="x/diagramData" Target="../diagrams/d.xml"/></R>'
    shape = '<d xmlns:a="urn:a"><a:p><a:r><a:t>流程</a:t></a:r></a:p></d>'
    talk = with_part(with_part(a_talk(), rels, drawn), "ppt/diagrams/d.xml", shape)
    pages = list(slides.tell(written(tmp_path, "a.pptx", talk), BOUNDS))
    assert pages[2].lines == (("流程", None),)
