"""Numbers in cells of a spreadsheet: a day, an hour, a share or a number, by their format."""

import re
from datetime import datetime, timedelta
from enum import Enum

from archiver.reading.package import Element


class Look(Enum):
    """How a number is shown."""

    NUMBER = "number"
    PERCENT = "percent"
    MOMENT = "moment"


_BUILT_IN = {9: Look.PERCENT, 10: Look.PERCENT} | {
    number: Look.MOMENT
    for first, last in ((14, 22), (27, 36), (45, 47), (50, 58))
    for number in range(first, last + 1)
}
"""Formats that every program knows (ECMA-376, part 1, 18.8.30)."""
_WORDS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
"""What a format shows as it is, colours and conditions."""
_MOMENT = re.compile("[ymdhs]", re.IGNORECASE)
_WHOLE = re.compile("-?[0-9]+")
_FIRST_LEAP = 60
"""29 February 1900, a day there never was, kept for the sake of an older program (18.17.4.1)."""
_LAST_DAY = 2_958_466
"""The day after 31 December 9999."""


def looks_of(styles: Element) -> list[Look]:
    """How numbers are shown, by the number of the cell's style (18.8.10)."""
    own = {
        one.get("numFmtId"): _look(one.get("formatCode", ""))
        for one in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    used = (one.get("numFmtId", "0") for one in styles.iterfind("{*}cellXfs/{*}xf"))
    built_in = {str(number): look for number, look in _BUILT_IN.items()}
    return [own.get(one) or built_in.get(one, Look.NUMBER) for one in used]


def _look(code: str) -> Look:
    bare = _WORDS.sub("", code.partition(";")[0])
    if "%" in bare:
        return Look.PERCENT
    return Look.MOMENT if _MOMENT.search(bare.replace("General", "")) else Look.NUMBER


def shown_as(value: str, look: Look, *, from_1904: bool) -> str:
    """A stored number as a person reads it; what is none stays as it is.

    Args:
        value: as stored, such as `45000.5` or `1.0000000000000001E-2`.
        look: how it is shown; moments in ISO form.
        from_1904: days are counted from 1904, not 1900.
    """
    try:
        number = float(value)
    except ValueError:
        return value
    if look is Look.MOMENT and 0 <= number < _LAST_DAY - 1462 * from_1904:
        return _moment(number, from_1904=from_1904)
    if look is Look.PERCENT:
        return f"{number * 100:.15g}%"
    if _WHOLE.fullmatch(value):  # a number of 18 digits that is a name, not an amount
        return value
    if number.is_integer() and abs(number) < 10**21:
        return str(int(number))
    return f"{number:.15g}"


def _moment(number: float, *, from_1904: bool) -> str:
    """A day, an hour of one, or an hour alone."""
    first = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - civil
    late = timedelta(days=1 if not from_1904 and number < _FIRST_LEAP else 0)
    moment = first + late + timedelta(seconds=round(number * 86_400))
    if number < 1:
        return f"{moment:%H:%M}"
    return moment.date().isoformat() if number.is_integer() else f"{moment:%Y-%m-%d %H:%M}"
