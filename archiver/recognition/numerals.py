"""Numbers written with Han characters, plain and in the capitals of bank forms."""

import unicodedata

_SIGNS = (
    "〇零○◯Oo",
    "一壹弌壱lI",
    "二贰貳弍弐两",
    "三叁叄參参弎",
    "四肆",
    "五伍",
    "六陆陸",
    "七柒漆",
    "八捌",
    "九玖",
)
DIGITS = {char: n for n, chars in enumerate(_SIGNS) for char in chars + str(n)}
"""Every sign of a digit with what OCR and the writers of forms put for it."""
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "陌": 100, "千": 1000, "仟": 1000, "阡": 1000}
_HEAPS = {"亿": 10**8, "億": 10**8, "万": 10**4, "萬": 10**4}
_ONE = {"元", "正"}
"""What the first month, day or year may be called."""
CAPITALS = "零〇壹弌壱贰貳弍弐叁叄參参弎肆伍陆陸柒漆捌玖拾佰陌仟阡万萬亿億"
PLAIN = "一二两三四五六七八九十百千"


def narrow(text: str) -> str:
    """Full-width forms as half-width ones, character by character: offsets stay."""
    if text.isascii():
        return text
    return "".join(_narrow(c) for c in text)


def _narrow(char: str) -> str:
    form = unicodedata.normalize("NFKC", char)
    return form if len(form) == 1 else char


def digits(text: str) -> int:
    """A number written digit by digit: 二〇二四, 2O24; blanks do not matter.

    Raises:
        ValueError: something else is in it.
    """
    return int("".join(str(_digit(c)) for c in text if not c.isspace()))


def han_number(text: str) -> int:
    """A Han number: 五, 十, 廿二, 三十一, 卅, 叁佰零伍, 一千二百万; 元 and 正 are 1.

    Raises:
        ValueError: it is not one; units that do not descend are none.
    """
    plain = "".join(text.split()).replace("廿", "二十").replace("卅", "三十")
    if plain in _ONE:
        return 1
    if not plain:
        raise ValueError(text)
    return _heaps(plain, tuple(_HEAPS.items()))


def _heaps(text: str, heaps: tuple[tuple[str, int], ...]) -> int:
    """A number with 亿 and 万: what stands before each is a number of its own."""
    for at, (sign, size) in enumerate(heaps):
        before, found, after = text.rpartition(sign)
        if found:
            count, rest = _heaps(before, heaps[at + 1 :]), after.lstrip("零〇")
            small = _heaps(rest, heaps[at + 1 :]) if rest else 0
            if small >= size or not count:
                raise ValueError(text)
            return count * size + small
    return _below_ten_thousand(text)


def _below_ten_thousand(text: str) -> int:
    """A number of thousands, hundreds, tens and ones, in that order."""
    total, last, digit = 0, 10_000, None
    for char in text:
        unit = _UNITS.get(char)
        if unit is None:
            if digit:
                raise ValueError(text)
            digit = _digit(char)
            continue
        if unit >= last or digit == 0:
            raise ValueError(text)
        if digit is None and (total or unit > _UNITS["十"]):
            raise ValueError(text)
        total, last, digit = total + (1 if digit is None else digit) * unit, unit, None
    return total + (digit or 0)


def _digit(char: str) -> int:
    if char not in DIGITS:
        raise ValueError(char)
    return DIGITS[char]
