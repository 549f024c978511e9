"""What invoices say by where it stands: buyer and seller, number and day without their labels."""

import re
from collections.abc import Iterator
from decimal import Decimal

from archiver.core.model import Field, Line
from archiver.recognition.dates import dates
from archiver.recognition.found import Value, day_fields, fields
from archiver.recognition.money import capitals, figures, plain
from archiver.recognition.party import is_company, legal_names, party
from archiver.recognition.rows import GAP, Row

_NAMED = re.compile(r"(?:(?<![\u4e00-\u9fff])|(?<=[购销买售方息]))(?:名\s*)?称\s*[:.]\s*")
"""名称: of both parties, also where 名 was not read; 服务名称 is none, it has no colon."""
_BELOW_TOTAL = re.compile(r"价\s*税\s*合\s*计|大\s*写")
_NEXT = re.compile(
    r"纳税人|识别号|统一社会|地\s*址|开户行|密\s*码|[购销]\s*[买售买]方|密(?=$|\t)|备(?=$|\t)|订单"
)
_REACH = 3
_CODE = re.compile(r"(?<![\dA-Za-z])(?:\d{12}|\d{10})(?![\dA-Za-z])")
_NUMBER = re.compile(r"(?<![\dA-Za-z])\d{8}(?![\dA-Za-z])")
_TAX = re.compile(
    r"(?<![0-9A-Z])(?:VAT|BTW|TVA|MwSt|USt|IVA|UID|KvK|RCS|GSTIN|TIN|ABN|SIRET)\b", re.I
)
_TITLE = re.compile(
    r"invoice|factuur|facture|rechnung|fattura|factura|receipt|bill|page|copy|original|tax|date"
    r"|www|@|http|total",
    re.I,
)
_BUYER = re.compile(
    r"\b(?:(?:bill(?:ed|ing)?|ship(?:ped|ping)?)\s*(?:to|address)|(?:sold|deliver\w*)\s+to"
    r"|customer|client)\b",
    re.I,
)
_DATED = re.compile(r"[\s,]*(?:du|vom|van|del|di|de|of|dated|from)?[\s,]*", re.I)
_LETTERHEAD = 12
"""Rows at the top among which a letterhead stands."""


def invoice(rows: tuple[Row, ...], known: tuple[Field, ...]) -> Iterator[Field]:
    """Values that stand where they stand on every such form, for names that are not `known`."""
    names = {field.name for field in known}
    chinese = any("发票" in row.text or "\u4e00" <= row.text[:1] <= "\u9fff" for row in rows)
    sides = _sides(rows) if chinese else _letterhead(rows, filled=bool(known))
    yield from (field for field in sides if field.name not in names)
    if chinese:
        yield from _pair(rows)
        yield from _in_capitals(rows, known)
    if "issue_date" not in names:
        yield from [*_dated_number(rows, known)] or _only_day(rows)


def _sides(rows: tuple[Row, ...]) -> Iterator[Field]:
    """Buyer and seller of a 发票: the buyer comes first, the seller below the total or beside."""
    above: list[tuple[Value, Row, Line]] = []
    below: list[tuple[Value, Row, Line]] = []
    total = False
    for number, row in enumerate(rows):
        total = total or bool(_BELOW_TOTAL.search(row.text))
        for match in _NAMED.finditer(row.text):
            found = _name(rows, number, match.end())
            if found:
                (below if total else above).append(found)
    sellers = below[:1] or above[1:2]
    for name, side in (("counterparty", above[:1]), ("company_name", sellers)):
        for value, row, line in side:
            yield from fields(name, value, (row, line), ("side", 0.9))


def _name(rows: tuple[Row, ...], number: int, end: int) -> tuple[Value, Row, Line] | None:
    """The name behind 名称:, or alone in one of the next rows, among labels of other things."""
    row = rows[number]
    parts = [(row, end, row.text[end:].split(GAP)[0])]
    parts += [(row, start, row.text[start:].split(GAP)[0]) for start in row.starts if start >= end]
    for near in rows[number + 1 : number + _REACH]:
        parts += [
            (near, start, near.text[start:].split(GAP)[0])
            for start in near.starts
            if is_company(near.text[start:].split(GAP)[0])
        ]
        if _BELOW_TOTAL.search(near.text):
            break
    for near, start, text in parts:
        named = None if _NEXT.match(text) else party(text)
        if named and len(named[0]) > 1:
            return Value(*named), near, near.line_at(start)
    return None


def _pair(rows: tuple[Row, ...]) -> Iterator[Field]:
    """The number of a 发票 without its label: eight digits beside or below the code of 10 or 12."""
    for number, row in enumerate(rows):
        code = _CODE.search(row.text)
        if code is None:
            continue
        for near in rows[number : number + _REACH]:
            match = _NUMBER.search(near.text)
            if match:
                at = near.line_at(match.start())
                value = Value(match.group(), match.group())
                yield from fields("doc_no", value, (near, at), ("below_code", 0.85))
                return


def _in_capitals(rows: tuple[Row, ...], known: tuple[Field, ...]) -> Iterator[Field]:
    """The figure that the only amount in capitals agrees with, where another was taken."""
    written = {one.value for row in rows for one in capitals(row.text)}
    taken = [Decimal(field.value) for field in known if field.name == "amount"]
    if len(written) != 1 or set(taken) & written:
        return
    for row in rows:
        for one in figures(row.text):
            if one.value in written:
                value = Value(plain(one.value), one.raw)
                at = row.line_at(one.start)
                yield from fields("amount", value, (row, at), ("capitals_agree", 0.97))
                return


def _dated_number(rows: tuple[Row, ...], known: tuple[Field, ...]) -> Iterator[Field]:
    """The day right behind the number of the invoice: Facture n° 12 du 2 juillet 2015."""
    for field in known:
        if field.name != "doc_no":
            continue
        for row in rows:
            after = row.text.partition(field.raw)[2]
            found = dates(after) if after else []
            if found and _DATED.fullmatch(after[: found[0].start]):
                at = row.line_at(len(row.text) - len(after) + found[0].start)
                yield from day_fields("issue_date", found[0], (row, at), ("behind_number", 0.9))
                return


def _only_day(rows: tuple[Row, ...]) -> Iterator[Field]:
    """The one day that stands on the paper, whatever stands beside it."""
    found = [(one, row) for row in rows for one in dates(row.text)]
    if len({one.value for one, _ in found}) == 1:
        one, row = found[0]
        at = row.line_at(one.start)
        yield from day_fields("issue_date", one, (row, at), ("only_day", 0.8))


def _letterhead(rows: tuple[Row, ...], *, filled: bool) -> Iterator[Field]:
    """The seller of an invoice in a European language.

    A name with a legal form at the top that stands under no "bill to"; else one beside a tax
    number anywhere; else the first line, which is weak evidence, and none on a form that is not
    `filled` in.
    """
    tops = rows[:_LETTERHEAD]
    taxed = [row for row in rows if _TAX.search(row.text)]
    for picked, rule, sure in (
        (tops, "letterhead", 0.85),
        (taxed, "tax_line", 0.8),
        (rows, "named", 0.6),
    ):
        for row in picked:
            for start, line in zip(row.starts, row.lines, strict=True):
                text = row.text[start:].split(GAP)[0]
                for value, at in legal_names(text):
                    if not _of_buyer(rows, row, line) and not _BUYER.search(text[:at]):
                        yield from fields(
                            "company_name", Value(value, value), (row, line), (rule, sure)
                        )
                        return
    for row in tops if filled else ():
        text = row.text.split(GAP)[0]
        if re.fullmatch(r"[^\d:]{3,60}", text) and not _TITLE.search(text):
            first = (row, row.line_at(0))
            yield from fields("company_name", Value(text, text), first, ("first_line", 0.5))
            return


def _of_buyer(rows: tuple[Row, ...], row: Row, line: Line) -> bool:
    """Whether a line stands below "bill to", in its column."""
    number = rows.index(row)
    for above in rows[max(0, number - 4) : number]:
        for match in _BUYER.finditer(above.text):
            head = above.line_at(match.start())
            if head.box and line.box and abs(head.box[0] - line.box[0]) < 0.1:
                return True
    return False
