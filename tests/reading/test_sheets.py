"""XLSX: what stands in the cells, as it is shown."""

import io
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archiver.reading import sheets
from archiver.reading.cells import Look, looks_of, shown_as
from archiver.reading.image import Bounds
from archiver.reading.page import Told, Trouble
from tests.reading.office import SCAN, a_book, saved, with_part
from tests.reading.papers import written

BOUNDS = Bounds(pages=5, pixels=100_000_000, ocr_pixels=500_000, lines=100)
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"


def told(folder: Path, content: bytes) -> list[Told]:
    return list(sheets.tell(written(folder, "a.xlsx", content), BOUNDS))


def rows(folder: Path, content: bytes) -> list[str]:
    return [line for line, _ in told(folder, content)[1].lines]


def sharing(text: str) -> bytes:
    """A book whose cells may refer to one text, as Excel writes it."""
    rels = (
        '<R><Relationship Id="rId1" Type="x/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
        '<Relationship Id="s" Type="x/sharedStrings" Target="sharedStrings.xml"/></R>'
    )
    book = with_part(a_book([["x"]]), "xl/_rels/workbook.xml.rels", rels)
    shared = f"<sst {S}><si><r><t>{text}</t></r><rPh><t>chang</t></rPh></si></sst>"
    return with_part(book, "xl/sharedStrings.xml", shared)


def test_values_as_they_are_shown(tmp_path: Path) -> None:
    content = a_book(
        [
            ["日期", "金额", None, "税率"],
            [],
            [date(2026, 5, 1), 1234.5, None, 0.06, True, 0.1 + 0.2],
            [datetime(2026, 5, 1, 9, 30), time(9, 30), -7, "两\n行", "91500102563638729E"],  # noqa: DTZ001
        ],
        {"A3": 'yyyy"年"m"月"d"日";@', "B3": '"month "#,##0.00', "D3": "0%"},
    )
    assert rows(tmp_path, content) == [
        "日期\t金额\t税率",
        "2026-05-01\t1234.5\t6%\tTRUE\t0.3",
        "2026-05-01 09:30\t09:30\t-7\t两 行\t91500102563638729E",
    ]


def test_results_of_formulas_texts_in_place_and_odd_cells(tmp_path: Path) -> None:
    cells = (
        '<c t="str"><f>A1</f><v>结果</v></c><c><f>B1*2</f><v>2.5E-2</v></c>'
        '<c t="inlineStr"><is><r><t>就</t></r><r><t>地</t></r><rPh><t>j</t></rPh></is></c>'
        '<c t="e"><v>#REF!</v></c><c t="s"><v>999</v></c><c t="s"><v>-1</v></c>'
        '<c s="x"><v>7</v></c>'
        "<c><v>100200300400500600</v></c><c><v>1E+3</v></c><c><f>NOW()</f></c>"
    )
    sheet = f'<worksheet {S}><sheetData><row r="9">{cells}</row></sheetData></worksheet>'
    (row,) = rows(tmp_path, with_part(a_book([["x"]]), SHEET, sheet))
    assert row.split("\t") == [
        *("结果", "0.025", "就地", "#REF!", "7", "100200300400500600", "1000"),
    ]


def test_hidden_sheets_names_of_sheets_and_pictures(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["一"])
    hidden = book.create_sheet("对账单")
    hidden.sheet_state = "hidden"
    hidden["C3"] = "二"
    hidden.add_image(openpyxl.drawing.image.Image(io.BytesIO(SCAN)))
    _, first, second, third = told(tmp_path, saved(book))
    assert [line for line, _ in first.lines] == ["一"]
    assert [line for line, _ in second.lines] == ["对账单", "二"]
    assert (third.page, third.source, third.size) == (3, "ocr", (600, 200))


def test_a_sheet_that_claims_to_be_endless_is_read_for_what_it_holds(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "near"
    book.active["XFD1048576"] = "far"
    assert rows(tmp_path, saved(book)) == ["near", "far"]


def test_more_rows_than_a_paper_has_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as refusal:
        told(tmp_path, a_book([["x"]] * 101))
    assert refusal.value.code == "too_large"


def test_one_text_in_a_million_cells_is_refused(tmp_path: Path) -> None:
    book = sharing("长" * 30_000)
    cell = '<c t="s"><v>0</v></c>'
    sheet = f"<worksheet {S}><sheetData><row>{{}}</row></sheetData></worksheet>"
    assert rows(tmp_path, with_part(book, SHEET, sheet.format(cell))) == ["长" * 30_000]
    with pytest.raises(Trouble) as refusal:
        told(tmp_path, with_part(book, SHEET, sheet.format(cell * 1000)))
    assert refusal.value.code == "too_large"


@given(st.datetimes(datetime(1900, 1, 1), datetime(9999, 12, 31)), st.booleans())  # noqa: DTZ001
def test_moments_are_those_of_another_reader(moment: datetime, from_1904: bool) -> None:
    moment = moment.replace(microsecond=0, second=0)
    epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904 if from_1904 else None
    if from_1904 and moment.year < 1905:
        return
    kept = openpyxl.utils.datetime.to_excel(moment, *([epoch] if epoch else []))
    shown = shown_as(repr(kept), Look.MOMENT, from_1904=from_1904)
    assert shown == f"{moment:%Y-%m-%d %H:%M}".replace(" 00:00", "").rjust(len(shown), "0")


@given(st.sampled_from(sorted(openpyxl.styles.numbers.BUILTIN_FORMATS.items())))
def test_built_in_formats_are_those_of_another_reader(known: tuple[int, str]) -> None:
    number, code = known
    styles = etree.fromstring(f'<s><cellXfs><xf numFmtId="{number}"/></cellXfs></s>')
    (look,) = looks_of(styles)
    assert (look is Look.MOMENT) == openpyxl.styles.numbers.is_date_format(code)
    assert (look is Look.PERCENT) == code.endswith("%")


@given(st.text('ymdhs0#%;"\\[]@ G', max_size=12), st.floats() | st.text(max_size=6))
def test_no_format_and_no_value_is_too_odd(code: str, value: object) -> None:
    styles = etree.Element("s")
    etree.SubElement(etree.SubElement(styles, "numFmts"), "numFmt", numFmtId="9", formatCode=code)
    etree.SubElement(etree.SubElement(styles, "cellXfs"), "xf", numFmtId="9")
    (look,) = looks_of(styles)
    for from_1904 in (True, False):
        assert isinstance(shown_as(str(value), look, from_1904=from_1904), str)
