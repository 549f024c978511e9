"""The report as a spreadsheet: one sheet a listing, with every row."""

import io
import re
from collections.abc import Iterable
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from archiver.core.errors import N_
from archiver.declarations.words import translate
from archiver.report.contents import listings
from archiver.report.listing import Cell, Column, Kind, Listing
from archiver.report.values import Values
from archiver.report.wording import said

_NAME_LENGTH = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_MOST_TEXT = 32_767
"""Characters in a cell; a longer text is cut (ECMA-376 has no more)."""
_WIDTHS = {
    Kind.TEXT: 32,
    Kind.LABEL: 18,
    Kind.CODE: 20,
    Kind.COUNT: 11,
    Kind.BYTES: 14,
    Kind.DAY: 12,
    Kind.BLANK: 24,
}
_HEADING = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}


def workbook(values: Values) -> bytes:
    """The report in the chosen language; the same values give the same bytes.

    Texts are written as texts, never as formulas or links, whatever they look like.
    """
    name = translate(N_("Retention audit report"))
    cover = values.cover
    sheets = (_cover(values), *listings(values).values())
    return book_of(f"{name} {cover.period}", cover.unit, cover.made_at, sheets)


def book_of(title: str, unit: str | None, made_at: datetime, sheets: Iterable[Listing]) -> bytes:
    """A book with a sheet for each listing."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    created = made_at.replace(tzinfo=None)
    book.set_properties({"title": title, "company": unit or "", "created": created})
    heading = book.add_format(_HEADING)
    formats = {
        Kind.TEXT: book.add_format({"valign": "top", "text_wrap": True}),
        Kind.LABEL: book.add_format({"valign": "top", "text_wrap": True}),
        Kind.CODE: book.add_format({"valign": "top"}),
        Kind.COUNT: book.add_format({"valign": "top", "num_format": "#,##0"}),
        Kind.BYTES: book.add_format({"valign": "top", "num_format": "#,##0"}),
        Kind.DAY: book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"}),
        Kind.BLANK: book.add_format({"valign": "top"}),
    }
    for number, listing in enumerate(sheets, start=1):
        sheet = book.add_worksheet(sheet_name(number, listing))
        _fill(sheet, listing, heading, formats)
    book.close()
    return target.getvalue()


def sheet_name(number: int, listing: Listing) -> str:
    """Its number and title, as far as a sheet may be named."""
    return _FORBIDDEN.sub("-", f"{number} {listing.short or listing.title}")[:_NAME_LENGTH].strip(
        "' "
    )


def _fill(sheet: Worksheet, listing: Listing, heading: Format, formats: dict[Kind, Format]) -> None:
    """Headings, rows and sums; the headings stay in sight and are repeated on paper."""
    for at, (column, name) in enumerate(zip(listing.columns, listing.headings(), strict=True)):
        sheet.set_column(at, at, _WIDTHS[column.kind])
        sheet.write_string(0, at, name, heading)
    rows = [*listing.rows, *([listing.total] if listing.total else [])]
    for down, row in enumerate(rows, start=1):
        for at, (column, value) in enumerate(zip(listing.columns, row, strict=True)):
            kind = Kind.DAY if isinstance(value, date) else column.kind  # else it is a number
            _write(sheet, (down, at), value, formats[kind])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")
    if listing.rows:
        sheet.autofilter(0, 0, len(listing.rows), len(listing.columns) - 1)


def _write(sheet: Worksheet, where: tuple[int, int], value: Cell, form: Format) -> None:
    if isinstance(value, str) and value:
        sheet.write_string(*where, value[:_MOST_TEXT], form)
    elif isinstance(value, int):
        sheet.write_number(*where, value, form)
    elif isinstance(value, date):
        if value.year < 1900:  # before the first day a spreadsheet knows
            sheet.write_string(*where, value.isoformat(), form)
        else:
            sheet.write_datetime(*where, value, form)


def _cover(values: Values) -> Listing:
    """The cover as a listing of two columns."""
    one = values.cover
    before = one.previous
    rows: tuple[tuple[str, Cell], ...] = (
        (N_("Unit"), one.unit),
        (N_("Customer no."), one.unit_id),
        (N_("Archive store"), one.store),
        (N_("Period covered"), one.period),
        (N_("First day"), one.first),
        (N_("Last day"), one.last),
        (N_("As of"), one.as_of),
        (N_("Made at"), one.made_at.isoformat()),
        (N_("Time zone"), one.zone),
        (N_("Program version"), one.version),
        (N_("Retention rules (SHA-256)"), one.rules),
        (N_("Ledger entries"), one.seq),
        (N_("Ledger head"), f"{one.seq}:{one.leaf}"),
        (
            N_("Report before this one"),
            f"{before.period} {before.seq}:{before.leaf}" if before else None,
        ),
        (N_("Every file was read"), said("yes" if one.deep else "no")),
        (N_("Papers last read and found sound on or after"), values.inspection.oldest),
        (N_("Inspection overdue"), values.inspection.overdue),
    )
    columns = (Column(N_("Report")), Column(N_("Value")))
    told = tuple((translate(name), value) for name, value in rows)
    return Listing("cover", translate(N_("Cover")), columns, told)
