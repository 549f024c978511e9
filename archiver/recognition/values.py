"""What stands behind a label, read as the kind of value its rule says."""

import re
from collections.abc import Callable

from archiver.core.normalise import HAN
from archiver.declarations.fields import Kind
from archiver.recognition.capital import capital
from archiver.recognition.dates import LONG_TERM, dates, open_end
from archiver.recognition.found import Value, day
from archiver.recognition.money import Amount, capitals, figures, plain
from archiver.recognition.names import company_in
from archiver.recognition.party import is_company, party
from archiver.recognition.rows import GAP

_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-_/()]{3,39}")
_PHONE = re.compile(
    r"(?<![\d*<>/+\-])(?:"
    r"\+\d{1,3}[ \-]?\(?\d{1,4}\)?(?:[ \-]?\d{2,4}){2,4}"  # +86 10 6255 0000, +31 (0)20 ...
    r"|1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}"  # a mobile telephone
    r"|[48]00[ \-]?\d{3}[ \-]?\d{4}|[48]00[ \-]?\d{4}[ \-]?\d{3}"
    r"|\(?0\d{2,3}\)?[ \-]?\d{3,4}[ \-]?\d{4}(?:[ \-]\d{1,5})?"
    r"|(?:1-)?\(?\d{3}\)?[ \-]\d{3}-\d{4}"  # North America
    r"|[2-8]\d{6,7}(?:-\d{1,5})?|\d{4}-\d{4}"
    r")(?![\d*<>/+])"
)
_TAX = re.compile(
    r"(?<![0-9A-Z])(?:[0-9A-Z]{20}|[0-9A-Z]{17,18}|[0-9A-Z]{15}"
    r"|[A-Z]{2,3}[ .]?[0-9A-Z](?:[ .\-]?[0-9A-Z]){6,13})(?![0-9A-Z])"
)
_TAX_ABROAD = re.compile(rf"{_TAX.pattern}|(?<!\d)\d{{8,12}}(?!\d)")
_TAX_DIGITS = 7
"""Digits that a tax number has at least, in China and in Europe."""
_BARE_DIGITS = 3
"""Digits from which a number without sign, comma and point is taken for an amount."""
_BLANK = re.compile(r"^[\s_—\-:.*/\\()年月日×\[\]]*$")
_ENDS = re.compile(r"(至|止|until|to|through|expir[a-z]*|end(?:date)?|(?:终止|到期|届满)日期?)$")
"""Labels whose value is the end of a period although no 至 stands before it."""
_TO = re.compile(r"(?:[至到~～]|\b(?:to|until|till)|(?<=\d)\s*[—–-])[\s:]*$")
_WORD = re.compile(r"[A-Za-z]{3,}")
_NEAR_WORDS = 2
"""Latin words that may stand between a label and its date."""
_SENTENCE = re.compile(rf"[{HAN}][,;。]")
_RULED = re.compile(r"[\t\u2500-\u257f|]")
"""Where a column ends; plain texts draw theirs with characters (Unicode box drawing)."""
MONEY = ("amount", "capital")
"""Kinds of values that are amounts."""
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
    if kind == "party":
        named = party(text, below)
        return Value(*named) if named else None
    if kind == "capital":
        return capital(label, text)
    if kind == "tax":
        return _tax(text, _TAX_ABROAD if label.isascii() else _TAX)
    if kind == "until":
        return _until(text, single=bool(_ENDS.search(label)))
    return _PLAIN[kind](text)


def alone(kind: Kind, value: Value, text: str) -> bool:
    """Whether `text`, a row below the label, is a column of such values and no sentence."""
    if kind == "party":
        return is_company(value.value)
    rest = text.replace(value.raw, "", 1)
    return kind not in MONEY or all(not c.isalpha() or c in _OF_AMOUNTS for c in rest)


def _date(text: str) -> Value | None:
    """The first date that is not the end of a period and stands where the label points to."""
    for found in dates(text, labelled=True):
        before = text[: found.start]
        if _TO.search(before):
            continue
        return day(found) if "年" in found.raw or not _far(before) else None
    return None


def _far(before: str) -> bool:
    """Whether a sentence stands between a label and a date: it is not the date of the label."""
    return len(_WORD.findall(before)) > _NEAR_WORDS


def _until(text: str, *, single: bool) -> Value | None:
    """The end of a period: the last of two dates, a single one after 至, or without end."""
    found = dates(text, labelled=True)
    endless = open_end(text)
    if endless and (not found or endless.start() > found[-1].start):
        return Value(LONG_TERM, endless.group())
    if len(found) >= 2:
        return day(found[-1])
    if (
        found
        and (single or _TO.search(text[: found[0].start]))
        and not _far(text[: found[0].start])
    ):
        return day(found[0])
    return None


def _number(text: str) -> Value | None:
    match = _NUMBER.search(text.split(GAP)[0]) or _NUMBER.search(text)
    if match is None or not any(c.isdigit() for c in match.group()):
        return None
    return Value(match.group().rstrip("-_/("), match.group())


def _phone(text: str) -> Value | None:
    match = _PHONE.search(text.split(GAP)[0]) or _PHONE.search(text)
    return Value(match.group(), match.group()) if match else None


def _tax(text: str, form: re.Pattern[str]) -> Value | None:
    """The number of a tax payer: 15, 17, 18 or 20 places in China, a VAT number elsewhere."""
    for match in form.finditer(text.upper()):
        if sum(c.isdigit() for c in match.group()) >= _TAX_DIGITS:
            value = re.sub(r"[ .\-]", "", match.group())
            return Value(value, text[match.start() : match.end()])
    return None


def _amount(text: str) -> Value | None:
    """An amount in figures, else in capitals; a bare small number may count something else.

    Of figures side by side in one row the greatest is the total: the others are parts of it.
    """
    found = figures(text)
    good = [one for one in found if one.explicit] or [
        one for one in found if len(one.raw) >= _BARE_DIGITS
    ]
    if not good:
        written = capitals(text)
        return _money(written[0]) if written else None
    row = [good[0]]
    for one in good[1:]:
        if any(c.isalnum() for c in text[row[-1].end : one.start]):
            break
        row.append(one)
    return _money(max(row, key=lambda one: one.value))


def _money(amount: Amount) -> Value:
    return Value(plain(amount.value), amount.raw, currency=amount.currency)


def _text(text: str) -> Value | None:
    value = text.split(GAP)[0].strip()
    return Value(value, value) if 2 <= len(value) <= 120 else None


def _name(text: str, below: str) -> Value | None:
    """A company's name; the way it stands there is kept where its legal form had to be mended."""
    column = _RULED.split(text.strip())[0].strip()
    value = company_in(column, _RULED.split(below.strip())[0].strip())
    if value is None or value.endswith("章") or _SENTENCE.search(value):
        return None  # 合同专用章 is what a seal says of itself
    return Value(value, value if column.startswith(value) else column)


_PLAIN: dict[Kind, Callable[[str], Value | None]] = {
    "date": _date,
    "number": _number,
    "phone": _phone,
    "amount": _amount,
    "text": _text,
}
