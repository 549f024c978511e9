"""The values on a paper: codes wherever they stand, everything else beside its label."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from archiver.core.model import Field
from archiver.core.normalise import compact
from archiver.declarations.fields import FieldRule, FieldRules
from archiver.recognition.codes import Code, credit_codes, registration_numbers
from archiver.recognition.dates import LONG_TERM, dates, open_end
from archiver.recognition.names import COMPANY, ENDING
from archiver.recognition.rows import GAP, Row

_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-_/()]{3,39}")
_AMOUNT = re.compile(
    r"(?:[¥￥$€]|RMB|CNY|人民币)?\s*(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)"
)
_PLATE = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff][A-HJ-NP-Z][·. ]?[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])"
)
_BLANK = re.compile(r"^[\s_—\-:.*/\\()年月日]*$")
_CURRENCY = (("¥", "CNY"), ("￥", "CNY"), ("元", "CNY"), ("RMB", "CNY"), ("$", "USD"), ("€", "EUR"))
_LONGEST_NAME = 60
_SHORT = 2
"""Characters of a label that is only one when nothing stands before it: 日期, 编号."""
_REACH = 3
"""Rows below a label that may still hold its value."""


def find(rows: tuple[Row, ...], category: str, rules: FieldRules) -> tuple[Field, ...]:
    """Every value of a paper of that category, codes first."""
    labelled = (
        field
        for rule in rules.field
        if not rule.categories or category in rule.categories
        for field in _labelled(rows, rule, rules)
    )
    return _best((*_codes(rows), *_plates(rows), *labelled, *_signed(rows, category)))


def _best(found: tuple[Field, ...]) -> tuple[Field, ...]:
    """Each value of each name once, with its greatest confidence, in order of appearance."""
    best: dict[tuple[str, str], Field] = {}
    for field in found:
        known = best.get((field.name, field.value))
        if known is None or field.confidence > known.confidence:
            best[field.name, field.value] = field
    return tuple(best.values())


def _codes(rows: tuple[Row, ...]) -> Iterator[Field]:
    for row in rows:
        text = row.text.upper().replace(" ", "\v")  # a blank inside a code is not bridged
        for code in credit_codes(text):
            yield _of_code("credit_code", code, row)
        for number in registration_numbers(text):
            if number.confidence > 0.9:
                yield _of_code("registration_no", number, row)


def _of_code(name: str, code: Code, row: Row) -> Field:
    line = row.line_at(code.start)
    confidence = round(code.confidence * line.confidence, 3)
    return Field(name, code.value, code.raw, confidence, row.page, line.box, "check_digit")


def _plates(rows: tuple[Row, ...]) -> Iterator[Field]:
    for row in rows:
        for match in _PLATE.finditer(row.text):
            value = re.sub(r"[·. ]", "", match.group())
            yield _field("plate", value, match.group(), row, at=match.start(), rule="plate_form")


def _field(name: str, value: str, raw: str, row: Row, *, at: int, rule: str) -> Field:
    line = row.line_at(at)
    return Field(name, value, raw, round(0.95 * line.confidence, 3), row.page, line.box, rule)


def _labelled(rows: tuple[Row, ...], rule: FieldRule, rules: FieldRules) -> Iterator[Field]:
    """The values beside every occurrence of the rule's labels; the first readable one wins."""
    for number, row in enumerate(rows):
        for match in rule.pattern.finditer(row.text):
            label = compact(match.group()).rstrip(":.#")
            inside = match.start() and row.text[match.start() - 1].isalnum()
            if inside and (rule.kind == "name" or len(label) <= _SHORT):
                continue  # part of a longer word: 项目名称, 成立日期
            for near, start, text in _places(rows, number, match.end(), rules):
                read = _read(rule, text, rows, number)
                if read:
                    value, raw = read
                    at = start + max(0, near.text[start:].find(raw[:1]))
                    yield _field(rule.name, value, raw, near, at=at, rule=f"label:{label}")
                    break
            else:
                continue
            if rule.kind == "amount" or rule.name in {"amount", "currency"}:
                yield from _currency(row, match.start())
            return


def _places(
    rows: tuple[Row, ...], number: int, end: int, rules: FieldRules
) -> Iterator[tuple[Row, int, str]]:
    """Where the value of a label may stand: behind it, or alone in one of the next rows."""
    row = rows[number]
    yield row, end, _until_label(row.text[end:], rules)
    for below in rows[number + 1 : number + _REACH]:
        if below.page != row.page or rules.any_label.match(below.text):
            return
        yield below, 0, _until_label(below.text, rules)


def _until_label(text: str, rules: FieldRules) -> str:
    """The text up to the next label; columns stay apart."""
    following = rules.any_label.search(text, 1)
    return (text[: following.start()] if following else text).strip()


def _read(rule: FieldRule, text: str, rows: tuple[Row, ...], number: int) -> tuple[str, str] | None:
    """The value in `text` as the rule's kind reads it, with how it stands there."""
    if _BLANK.match(text):
        return None
    if rule.kind == "name":
        return _name(text, rows, number)
    return {"date": _date, "until": _until, "number": _number, "amount": _amount, "text": _text}[
        rule.kind
    ](text)


def _date(text: str) -> tuple[str, str] | None:
    found = dates(text)
    return (found[0].value.isoformat(), found[0].raw) if found else None


def _until(text: str) -> tuple[str, str] | None:
    """The end of a period: the last of two dates, a single one after 至, or without end."""
    found = dates(text)
    endless = open_end(text)
    if endless and (not found or endless.start() > found[-1].start):
        return LONG_TERM, endless.group()
    if len(found) >= 2:
        return found[-1].value.isoformat(), found[-1].raw
    if found and "至" in text[: found[0].start]:
        return found[0].value.isoformat(), found[0].raw
    return None


def _number(text: str) -> tuple[str, str] | None:
    match = _NUMBER.search(text.split(GAP)[0]) or _NUMBER.search(text)
    if match is None or not any(c.isdigit() for c in match.group()):
        return None
    return match.group().rstrip("-_/("), match.group()


def _amount(text: str) -> tuple[str, str] | None:
    found = [match for match in _AMOUNT.finditer(text) if "." in match[1] or "," in match[1]]
    match = found[0] if found else _AMOUNT.search(text)
    if match is None:
        return None
    try:
        return str(Decimal(match[1].replace(",", ""))), match[1]
    except InvalidOperation:
        return None


def _text(text: str) -> tuple[str, str] | None:
    value = text.split(GAP)[0].strip()
    return (value, value) if 2 <= len(value) <= 120 else None


def _name(text: str, rows: tuple[Row, ...], number: int) -> tuple[str, str] | None:
    """A company's name; one broken over two lines is joined when only the whole has an ending."""
    value = text.split(GAP)[0].strip(" :;,。，、")
    if number + 1 < len(rows) and value and not ENDING.search(value):
        longer = value + rows[number + 1].text.split(GAP)[0].strip()
        if ENDING.search(longer) and len(longer) <= _LONGEST_NAME and ":" not in longer:
            value = longer
    company = COMPANY.match(value.replace(" ", "")) if not value.isascii() else None
    value = company.group() if company and company.end() >= len(value) - 12 else value
    return (value, value) if 3 <= len(value) <= _LONGEST_NAME else None


def _currency(row: Row, at: int) -> Iterator[Field]:
    for sign, code in _CURRENCY:
        if sign in row.text:
            yield _field("currency", code, sign, row, at=at, rule="sign")
            return


def _signed(rows: tuple[Row, ...], category: str) -> Iterator[Field]:
    """The day a licence was issued: alone in its row, below everything else."""
    if category != "licence":
        return
    for row in reversed(rows[len(rows) // 2 :]):
        found = dates(row.text)
        if len(found) == 1 and len(row.text) - len(found[0].raw) <= 6:
            raw = found[0].raw
            yield _field("issue_date", found[0].value.isoformat(), raw, row, at=0, rule="at_foot")
            return
