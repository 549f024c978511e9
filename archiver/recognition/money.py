"""Amounts of money: in figures, in Han capitals, and the two held against one another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from archiver.recognition.found import Value
from archiver.recognition.numerals import CAPITALS, DIGITS, PLAIN, han_number, narrow
from archiver.recognition.rows import Row

_NAMES = {
    "CNY": "CNY RMB 人民币 ¥ ￥",
    "USD": "USD US$ 美元 美金 $",
    "EUR": "EUR 欧元 € euros euro",
    "HKD": "HKD HK$ 港币 港元",
    "TWD": "TWD NT$ 新台币",
    "JPY": "JPY 日元 日圆 円",
    "GBP": "GBP 英镑 £",
    "INR": "INR ₹ Rs. Rs",
    "KRW": "KRW 韩元 ₩",
    "SGD": "SGD S$ 新加坡元",
    "AUD": "AUD A$ 澳元",
    "CAD": "CAD C$ 加元",
    "CHF": "CHF 瑞士法郎",
    "RUB": "RUB 卢布 ₽",
}
_CODES = {name.upper(): code for code, names in _NAMES.items() for name in names.split()}


def _word(name: str) -> str:
    """A name of a currency as a part of an expression; Latin ones are whole words."""
    head = r"(?<![A-Za-z])" if name[0].isascii() and name[0].isalpha() else ""
    tail = r"(?![A-Za-z])" if name[-1].isascii() and name[-1].isalpha() else ""
    return f"{head}{re.escape(name)}{tail}"


_SIGN = "|".join(_word(name) for name in sorted(_CODES, key=len, reverse=True))
_CURRENCY = re.compile(_SIGN, re.I)
_YUAN = re.compile(rf"(?<=[\d{CAPITALS}{PLAIN}])\s*[元圆圓]")
"""A bare 元 is that of the mainland."""

_HEAPS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_MILLIONS = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_FIGURE = re.compile(
    rf"(?P<sign>{_SIGN})?\s*[:：]?\s*(?P<minus>(?<![\d])[-−]\s?)?"
    r"(?<![\d.,])(?P<figure>\d{1,3}(?:[,.'’]\d{3})+(?:[.,]\d{1,2})?(?!\d)"
    r"|\d{1,3}(?: \d{3})+,\d\d|\d+(?:[.,]\d+)?)"
    r"(?![\d]|[.,]\d)"
    r"(?:\s*(?P<heap>[百千]?[万萬亿億]|[百千](?=\s*元)|thousand|million|billion)(?![A-Za-z]))?"
    rf"(?:[^\S\t]*(?P<tail>{_SIGN}|[元圆圓])(?!\s*\d))?",
    re.I,
)
_WRITTEN = re.compile(
    rf"[{CAPITALS}{PLAIN}](?:\s*[{CAPITALS}{PLAIN}])*\s*"
    rf"(?:[元圆圓角分](?:\s*[{CAPITALS}{PLAIN}角分])*\s*[整正]?|[整正])"
)
_PARTS = re.compile(
    r"(?:(?P<whole>[^元圆圓角分整正]+)[元圆圓]?)?[零〇]?(?:(?P<jiao>[^元圆圓角分整正])角)?"
    r"[零〇]?(?:(?P<fen>[^元圆圓角分整正])分)?[整正]?"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in a text.

    Attributes:
        value: never negative but for figures with a minus.
        raw: as it stands there.
        start, end: character offsets.
        currency: ISO 4217, None where nothing names one.
        explicit: a sign, a name, a point or a comma says that it is money.
    """

    value: Decimal
    raw: str
    start: int
    end: int
    currency: str | None
    explicit: bool


def figures(text: str) -> list[Amount]:
    """Every amount in figures: ¥1,234.50, 50万元, EUR 1.234,56."""
    return [found for match in _FIGURE.finditer(narrow(text)) if (found := _figure(match, text))]


def _figure(match: re.Match[str], text: str) -> Amount | None:
    sign = match["sign"] or match["tail"]
    code = _code(sign) if sign else None
    figure, heap = match["figure"], match["heap"]
    value = _decimal(figure, point="," if code == "EUR" and "." in figure else ".")
    if value is None:
        return None
    for part in _units(heap or ""):
        value *= part
    value = -value if match["minus"] else value
    start = next(at for at in range(match.start(), match.end()) if not text[at].isspace())
    explicit = bool(sign or heap) or not figure.isdigit()
    return Amount(value, text[start : match.end()].strip(), start, match.end(), code, explicit)


def _units(heap: str) -> Iterator[int]:
    """The factors of 万, 百万, million."""
    if heap.lower() in _MILLIONS:
        yield _MILLIONS[heap.lower()]
    else:
        yield from (_HEAPS[char] for char in heap)


def _decimal(figure: str, point: str) -> Decimal | None:
    """The value of a figure with English or European separators.

    Of two kinds of separators the last is the point. One alone is the point when it does not part
    three digits; 1.234 is thousands only beside a currency that is written so (`point`).
    """
    bare = re.sub(r"['’ ]", "", figure)
    marks = [char for char in bare if char in ".,"]
    if not marks:
        return Decimal(bare)
    last, kinds = marks[-1], len(set(marks))
    whole, _, rest = bare.rpartition(last)
    thousands = len(rest) == 3 and kinds == 1 and (last == "," or point == ",")
    if marks.count(last) > 1 or thousands:
        return Decimal(re.sub(r"[.,]", "", bare))
    if last == "," and len(rest) > 2:
        return None
    return Decimal(re.sub(r"[.,]", "", whole) + "." + rest)


def plain(value: Decimal) -> str:
    """The value as a decimal string; more than two decimals stay only where they say something."""
    cents = value.quantize(Decimal("0.01"))
    whole = value == value.to_integral_value() and value.as_tuple().exponent != -2
    if whole:
        return str(value.quantize(Decimal(1)))
    return str(cents if cents == value else value)


def capitals(text: str) -> list[Amount]:
    """Every amount in Han capitals: 人民币壹佰万元整, 叁佰零伍圆贰角, also 三万元整."""
    found = (_written(match, text) for match in _WRITTEN.finditer(narrow(text)))
    return [one for one in found if one]


def _written(match: re.Match[str], text: str) -> Amount | None:
    written = "".join(match.group().split())
    parts = _PARTS.fullmatch(written)
    if parts is None or sum(c in CAPITALS + PLAIN for c in written) < 1:
        return None
    try:
        value = Decimal(_whole(parts["whole"]))
    except ValueError:
        return None
    for name, unit in (("jiao", "0.1"), ("fen", "0.01")):
        digit = DIGITS.get(parts[name]) if parts[name] else 0
        if digit is None:
            return None
        value += digit * Decimal(unit)
    before = _CURRENCY.findall(text[max(0, match.start() - 6) : match.start()])
    code = _code(before[-1]) if before else "CNY"
    return Amount(value, text[match.start() : match.end()], match.start(), match.end(), code, True)


def _whole(text: str | None) -> int:
    if not text or not text.strip("零〇"):
        return 0
    return han_number(text.strip("零〇"))


def _code(sign: str) -> str:
    return _CODES.get(sign.upper(), "CNY")


def currency(text: str) -> tuple[str, str, int] | None:
    """The first currency that a text names, with its sign and offset."""
    narrowed = narrow(text)
    match = _CURRENCY.search(narrowed) or _YUAN.search(narrowed)
    return (_code(match.group()), match.group().strip(), match.start()) if match else None


def only_currency(text: str) -> tuple[str, str, int] | None:
    """The currency of a text that names one only."""
    narrowed = narrow(text)
    found = [(_code(match.group()), match) for match in _CURRENCY.finditer(narrowed)]
    if len({code for code, _ in found}) == 1:
        code, match = found[0]
        return code, match.group(), match.start()
    return None if found else currency(text)


def witnessed(value: Value, rows: tuple[Row, ...], number: int) -> tuple[float, str]:
    """How an amount fares against the one in capitals beside it.

    Returns:
        What its confidence is multiplied with, and what the rule says of it.
    """
    reader = capitals if any(char.isdigit() for char in value.raw) else figures
    around = rows[max(0, number - 1) : number + 2]
    near = [one.value for row in around for one in reader(row.text)]
    if Decimal(value.value) in near:
        return 1.05, "|capitals_agree"
    beside = [one.value for one in reader(rows[number].text)]
    if not beside or reader is figures:
        return 1.0, ""
    return 0.5, f"|capitals={plain(beside[0])}"
