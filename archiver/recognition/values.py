"""What stands behind a label, read as the kind of value its rule says."""

import re
from collections.abc import Callable
from decimal import Decimal

from archiver.core.normalise import HAN
from archiver.declarations.fields import Kind
from archiver.recognition.dates import LONG_TERM, dates, open_end
from archiver.recognition.names import company_in
from archiver.recognition.rows import GAP

Value = tuple[str, str]
"""As it is meant, and as it stands there."""

_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-_/()]{3,39}")
_PHONE = re.compile(r"[+(]?\d[\d\-() ]{5,20}\d")
_PHONE_DIGITS = range(7, 14)
"""Digits of a telephone number, from a local one to one with the codes of country and town."""
_AMOUNT = re.compile(
    r"(?:[¥￥$€]|RMB|CNY|人民币)?\s*(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)\s*元?"
)
_MONEY = re.compile(r"[¥￥$€元]|RMB|CNY|人民币")
_BARE_DIGITS = 3
"""Digits from which a number without sign, comma and point is taken for an amount."""
_BLANK = re.compile(r"^[\s_—\-:.*/\\()年月日]*$")
_ENDS = re.compile(r"(至|止|until|to|through|expir[a-z]*)$")
"""Labels whose value is the end of a period although no 至 stands before it."""
_SENTENCE = re.compile(rf"[{HAN}][,;。]")
_RULED = re.compile(r"[\t\u2500-\u257f|]")
"""Where a column ends; plain texts draw theirs with characters (Unicode box drawing)."""
_OF_AMOUNTS = set("RMBCNYUSDEUR人民币元圆整零壹贰叁肆伍陆柒捌玖拾佰仟万亿角分")
"""Letters that may stand around an amount that is alone below its label."""


def read(kind: Kind, label: str, text: str, below: str = "") -> Value | None:
    """The value in `text`, or None.

    Args:
        kind: how to read it.
        label: what stands before it, without blanks and colon.
        text: what stands behind the label, or in a row below it.
        below: the next row, into which a long name may run.
    """
    if _BLANK.match(text):
        return None
    if kind == "name":
        return _name(text, below)
    if kind == "until":
        return _until(text, single=bool(_ENDS.search(label)))
    return _PLAIN[kind](text)


def alone(value: Value, text: str) -> bool:
    """Whether next to nothing else stands in `text`: a sentence below is no column of amounts."""
    rest = text.replace(value[1], "", 1)
    return all(not c.isalpha() or c in _OF_AMOUNTS for c in rest)


def _date(text: str) -> Value | None:
    found = dates(text)
    return (found[0].value.isoformat(), found[0].raw) if found else None


def _until(text: str, *, single: bool) -> Value | None:
    """The end of a period: the last of two dates, a single one after 至, or without end."""
    found = dates(text)
    endless = open_end(text)
    if endless and (not found or endless.start() > found[-1].start):
        return LONG_TERM, endless.group()
    if len(found) >= 2:
        return found[-1].value.isoformat(), found[-1].raw
    if found and (single or "至" in text[: found[0].start]):
        return found[0].value.isoformat(), found[0].raw
    return None


def _number(text: str) -> Value | None:
    match = _NUMBER.search(text.split(GAP)[0]) or _NUMBER.search(text)
    if match is None or not any(c.isdigit() for c in match.group()):
        return None
    return match.group().rstrip("-_/("), match.group()


def _phone(text: str) -> Value | None:
    match = _PHONE.search(text.split(GAP)[0]) or _PHONE.search(text)
    if match is None or sum(c.isdigit() for c in match.group()) not in _PHONE_DIGITS:
        return None
    return match.group(), match.group()


def _amount(text: str) -> Value | None:
    """An amount; a bare small number is more likely to count something else."""
    found = list(_AMOUNT.finditer(text))
    exact = [match for match in found if "." in match[1] or "," in match[1]]
    for match in exact or found:
        if exact or len(match[1]) >= _BARE_DIGITS or _MONEY.search(match.group()):
            return str(Decimal(match[1].replace(",", ""))), match[1]
    return None


def _text(text: str) -> Value | None:
    value = text.split(GAP)[0].strip()
    return (value, value) if 2 <= len(value) <= 120 else None


def _name(text: str, below: str) -> Value | None:
    """A company's name; the way it stands there is kept where its legal form had to be mended."""
    column = _RULED.split(text.strip())[0].strip()
    value = company_in(column, _RULED.split(below.strip())[0].strip())
    if value is None or value.endswith("章") or _SENTENCE.search(value):
        return None  # 合同专用章 is what a seal says of itself
    return (value, value if column.startswith(value) else column)


_PLAIN: dict[Kind, Callable[[str], Value | None]] = {
    "date": _date,
    "number": _number,
    "phone": _phone,
    "amount": _amount,
    "text": _text,
}
