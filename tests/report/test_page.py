"""The page and the workbook: the same values give the same bytes, and show nothing foreign."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from archiver.declarations import words
from archiver.report import page as page_module
from archiver.report.charts import WIDTH, Chart, lying, upright
from archiver.report.contents import listings
from archiver.report.listing import Cell
from archiver.report.make import render
from archiver.report.page import page, quoted, size
from archiver.report.values import Values, read_values, values_text
from archiver.report.workbook import sheet_name, workbook
from tests.report.firm import FORMULA, HOSTILE, MAY, Hands, empty, gathered, world


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """That language for the length of the block."""
    words.choose(lang)
    try:
        yield
    finally:
        words.choose("en")


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> Values:
    with world(tmp_path_factory.mktemp("report") / "vault") as vault:
        return gathered(vault)


class Reader(HTMLParser):
    """Reads a page as a browser would: tags, attributes, and the text of every table row."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.rows: list[list[str]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        self.open += [] if tag in {"meta", "br"} else [tag]
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, "every tag is closed in its place"

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.open and self.open[-1] in {"td", "th"}:
            self.rows[-1][-1] += data


def test_the_same_values_give_the_same_bytes(values: Values) -> None:
    first = render(values)
    assert render(read_values(values_text(values))) == first
    later = replace(values, cover=replace(values.cover, seq=values.cover.seq + 1))
    assert all(data != first[name] for name, data in render(later).items() if name != "x")


def test_the_page_stands_alone_and_runs_nothing(values: Values) -> None:
    text = page(values).decode()
    seen = Reader(text)
    assert not seen.open
    assert not seen.tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    assert {value for name, value in seen.attributes if name == "href"} <= {
        f"#{key}" for key in re.findall(r'<h2 id="(\w+)"', text)
    }
    assert not [name for name, _ in seen.attributes if name.startswith("on") or name == "src"]
    style = text[text.index("<style>") : text.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    shown = [value or "" for name, value in seen.attributes if name != "aria-label"]
    assert not any("//" in value for value in shown)
    assert text.startswith("<!DOCTYPE html>")


def test_hostile_names_are_names(values: Values) -> None:
    text = page(values).decode()
    assert "<script>" not in text
    seen = Reader(text)
    cells = [cell for row in seen.rows for cell in row]
    assert HOSTILE in cells
    assert FORMULA in cells
    named = replace(values, cover=replace(values.cover, unit='</style>"} body{display:none}'))
    style = page(named).decode().split("<style>")[1].split("</style>")[0]
    assert "display:none" not in style
    assert '"}' not in style.split("@page")[1].replace('";', "")


@given(st.text())
def test_text_in_a_style_sheet_cannot_leave_its_string(text: str) -> None:
    told = quoted(text)
    assert not set(told) & set("\"'<>&\n\r{};")
    again = re.sub(r"\\([0-9a-f]{6}) ", lambda found: chr(int(found[1], 16)), told)
    assert again == text


def test_every_section_speaks_even_without_entries(tmp_path: Path) -> None:
    with empty(tmp_path / "vault", Hands(MAY)) as vault:
        values = gathered(vault)
    text = page(values).decode()
    assert text.count("None.") == 17
    assert len(re.findall("<h2 ", text)) == 16
    assert "nan" not in text.lower().replace("finance", "")
    with io.BytesIO(workbook(values)) as stream:
        assert len(load_workbook(stream).sheetnames) == 24


@pytest.mark.parametrize(
    ("lang", "code", "label"), [("zh", "zh-CN", "合同"), ("en", "en", "Contract")]
)
def test_both_languages(tmp_path: Path, values: Values, lang: str, code: str, label: str) -> None:
    with speaking(lang):
        told = page(replace(values, cover=replace(values.cover, lang=lang))).decode()
    assert f'<html lang="{code}">' in told
    assert label in [cell for row in Reader(told).rows for cell in row]


def test_words_of_the_template_are_translated(
    values: Values, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "translate", lambda text: f"«{text}»")
    told = page(values).decode()
    assert "«Signature»" not in told
    for word in ("Archivist", "Reviewer", "Head", "Stamp", "Ledger head", "Findings", "due"):
        assert f"«{word}»" in told


def test_a_past_month_says_what_is_as_of_now(tmp_path: Path) -> None:
    with world(tmp_path / "vault") as vault:
        told = page(gathered(vault, "2026-04")).decode()
    assert "The account covers 2026-04." in told
    assert "as of 2026-05-20" in told
    assert "the month still runs" not in told


def test_a_long_list_is_cut_in_the_page_alone(
    values: Values, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "MOST_ROWS", 2)
    many = replace(values, papers=tuple(p for p in values.papers for _ in range(3)))
    told = page(many).decode()
    assert "Only the first 2 of 3 rows" in told
    assert len(listings(many)["due"].rows) == 3


def test_the_page_shows_what_the_listings_hold(values: Values) -> None:
    seen = [tuple(row) for row in Reader(page(values).decode()).rows]
    for listing in listings(values).values():
        if listing.key == "papers":
            continue
        for row in listing.rows:
            codes = [row[at] for at in listing.shown() if isinstance(row[at], str)]
            assert any(set(codes) <= {*cells, ""} for cells in seen), row


def test_the_workbook_equals_the_listings(values: Values) -> None:
    book = load_workbook(io.BytesIO(workbook(values)))
    sheets = book.worksheets
    assert sheets[0].cell(2, 2).value == values.cover.unit
    for number, (sheet, listing) in enumerate(
        zip(sheets[1:], listings(values).values(), strict=True), start=2
    ):
        assert sheet.title == sheet_name(number, listing)
        found = [[_plain(cell.value) for cell in row] for row in sheet.iter_rows()]
        expected = [listing.headings(), *listing.rows, *([listing.total] if listing.total else [])]
        assert found == [[_plain(cell) for cell in row] for row in expected]
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    everything = listings(values)["papers"]
    assert len(everything.rows) == len(values.papers)
    assert FORMULA in [row[4] for row in everything.rows]


def _plain(value: object) -> Cell:
    """A cell as read back: empty texts are no cells, days come as instants."""
    if isinstance(value, datetime):
        return value.date()
    return value or (0 if value == 0 and isinstance(value, int) else None)  # type: ignore[return-value]


def test_sheets_have_names_that_a_spreadsheet_takes(values: Values) -> None:
    listing = replace(listings(values)["due"], title="a/b:c*[d]?'\\" * 9)
    name = sheet_name(7, listing)
    assert len(name) <= 31
    assert not set(name) & set("[]:*?/\\")


def test_a_day_before_spreadsheets_is_a_text(values: Values) -> None:
    old = replace(values, papers=(replace(values.papers[0], doc_date=date(1899, 1, 1)),))
    sheet = load_workbook(io.BytesIO(workbook(old))).worksheets[-1]
    assert sheet.cell(2, 7).value == "1899-01-01"


def test_bytes_are_said_in_their_unit() -> None:
    told = [size(count) for count in (0, 999, 1000, 999_949, 999_950, 10**15, 10**19)]
    assert told == ["0 B", "999 B", "1.0 kB", "999.9 kB", "1.0 MB", "1.0 PB", "10000.0 PB"]


PARTS = st.lists(st.tuples(st.sampled_from(["within", "due"]), st.integers(0, 10**6)), max_size=4)


@given(st.lists(st.tuples(st.text(max_size=5), PARTS), max_size=40))
def test_charts_stay_in_their_box_and_in_proportion(
    rows: list[tuple[str, list[tuple[str, int]]]],
) -> None:
    for chart in (lying("t", rows), upright("t", rows)):
        assert [bar.total for bar in chart.bars] == [sum(v for _, v in parts) for _, parts in rows]
        unit = _unit(chart)
        for bar in chart.bars:
            for part in bar.parts:
                assert 0 <= part.x <= part.x + part.width <= WIDTH + 0.1
                assert 0 <= part.y <= part.y + part.height <= chart.height + 0.1
                length = part.height if chart.upright else part.width
                assert abs(length - part.value * unit) < 0.02
        if chart.upright:
            assert chart.scale[-1].value >= max((bar.total for bar in chart.bars), default=0)
            assert 2 <= len(chart.scale) <= 6


def _unit(chart: Chart) -> float:
    parts = [part for bar in chart.bars for part in bar.parts]
    widest = max(parts, key=lambda part: part.value, default=None)
    if widest is None:
        return 0.0
    return (widest.height if chart.upright else widest.width) / widest.value
