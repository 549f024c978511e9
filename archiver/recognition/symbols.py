"""What the QR codes on a paper say: the offices print name, code and days of a licence in them."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from archiver.core.model import Field, Page
from archiver.recognition.dates import dates
from archiver.recognition.found import Value, day, fields
from archiver.recognition.money import plain as amount
from archiver.recognition.rows import Row, plain

RULE = "qr:"
"""Begins the rule of every value from a QR code."""
_PARTS = re.compile(r"[\n\r\t;；,，]|…+|\.{3,}|\s+(?=\S{2,14}[:：])")
"""What stands between two labelled values; every office has its own way."""
_INVOICE = re.compile(
    r"01,\d{2},(?P<code>\d{10,12})?,(?P<number>\d{8}|\d{20}),(?P<amount>\d+(?:\.\d+)?)?,"
    r"(?P<day>\d{8}),"
)
"""Head of the code on every 发票: version, kind, code, number, amount, day. The amount is that
before tax, but for the ones without a paper form, which have no code (税总 2023)."""
_SURE = 0.97


def symbol_rows(pages: Iterable[Page]) -> Iterator[Row]:
    """What QR codes say: every labelled value as a row of its own, that of an invoice as one."""
    for page in pages:
        for line in page.symbols:
            text = plain(line.text)
            parts = [text] if _INVOICE.match(text) else _PARTS.split(line.text)
            said = (plain(part).strip() for part in parts)
            yield from (Row(page.number, one, (line,), (0,)) for one in said if one)


def of_invoice(rows: Iterable[Row]) -> Iterator[Field]:
    """Number, day and total from the QR code of an invoice."""
    for row in rows:
        found = _INVOICE.match(row.text)
        if found is None:
            continue
        at, rule = (row, row.line_at(0)), (f"{RULE}invoice", _SURE)
        yield from fields("doc_no", Value(found["number"], found["number"]), at, rule)
        for one in dates(found["day"], labelled=True):
            yield from fields("issue_date", day(one), at, rule)
        if found["amount"] and not found["code"]:
            total = Value(amount(Decimal(found["amount"])), found["amount"])
            yield from fields("amount", total, at, rule)
