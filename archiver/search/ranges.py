"""Days and amounts as people write them: single ones, comparisons, ranges.

Both are counted in whole steps (days, hundredths), so that `>` is `>=` of the next one.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import partial

from archiver.search.query import Within
from archiver.search.recent import recent

_COMPARED = re.compile(r"(>=|<=|≥|≤|>|<|=|) ?(.+)")
_SPAN = re.compile(r"(.*?)(?:(?<![a-z])to(?![a-z])|至|到|~|\.{2,})(.*)")
"""A Han character may touch `to`: no blank is left beside it."""
_BETWEEN = re.compile(r"至|到|~|\.{2,}|-|[–—]+")
_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月?)|年?)")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_AMOUNT = re.compile(r"[¥$€£]?(-?\d{1,15})(?:\.(\d+))?(万|亿|)元?")
_PLACES = {"": 2, "万": 6, "亿": 10}
"""Unit → how many digits behind the point are still whole hundredths."""
_MOST = 10**17
"""Hundredths; more would not fit into the numbers of an index."""
_OPEN = {"", "*"}
_YEARS = range(1000, 9999)

Ends = tuple[int | None, int | None]
Read = Callable[[str], tuple[int, int] | None]
"""Gives first and last step of a value, which are the same unless it is a month or a year."""


def within(field: str, text: str, *, bracketed: bool, today: date | None) -> Within | None:
    """What searchable `text` means in the field `date`, `added` or `amount`; None for nothing.

    Where it ends before it begins, so does what is returned: it finds nothing.

    Args:
        field: decides whether days or amounts are read.
        text: `2024`, `>=2024-03`, `2020~2023`; or what stood in brackets: `2020 to 2023`.
        bracketed: which of the two.
        today: from which `last-month` is counted; None where no such words are known.
    """
    read: Read = amount if field == "amount" else partial(days, today=today)
    ends = (_spanned if bracketed else _compared)(text, read) or _between(text, read)
    return Within(field, *ends) if ends else None


def _spanned(text: str, read: Read) -> Ends | None:
    """`2020 to 2023`; an end that is missing or `*` is open."""
    parts = _SPAN.fullmatch(text)
    if parts is None:
        return None
    ends = [one.strip() for one in parts.groups()]
    low, high = (None if one in _OPEN else read(one) for one in ends)
    if [one not in _OPEN for one in ends] != [low is not None, high is not None]:
        return None
    return low[0] if low else None, high[1] if high else None


def _compared(text: str, read: Read) -> Ends | None:
    """`>=2024`, or the value alone."""
    parts = _COMPARED.fullmatch(text)
    found = read(parts[2]) if parts else None
    if parts is None or found is None:
        return None
    first, last = found
    return {
        ">": (last + 1, None),
        ">=": (first, None),
        "≥": (first, None),
        "<": (None, first - 1),
        "<=": (None, last),
        "≤": (None, last),
    }.get(parts[1], found)


def _between(text: str, read: Read) -> Ends | None:
    """`2020~2023`, `2020-2023`, 2020至2023: cut where both ends can be read, if anywhere.

    `2020-12` is a month, read before. In 1至3万 the unit may count for both: it is no value.
    """
    for cut in _BETWEEN.finditer(text):
        left, right = text[: cut.start()], text[cut.end() :]
        low, high = read(left), read(right)
        if low and high and not (left[-1].isdigit() and right.rstrip("元")[-1] in _PLACES):
            return low[0], high[1]
    return None


def days(text: str, today: date | None) -> tuple[int, int] | None:
    """Ordinals of the first and last day of a year, month or day; None when it is none.

    Args:
        text: searchable: `2024-03`, or a word for days counted from `today`.
        today: None where no such words are known.
    """
    span = recent(text, today) if today else None
    if span:
        return span[0].toordinal(), span[1].toordinal()
    found = _DIGITS.fullmatch(text) or _DAY.fullmatch(text)
    if found is None or int(found[1]) not in _YEARS:
        return None
    year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    try:
        first = date(year, month, day)
    except ValueError:
        return None
    if found[3]:
        return first.toordinal(), first.toordinal()
    if found[2] is None:
        after = date(year + 1, 1, 1)
    else:
        after = date(year + month // 12, month % 12 + 1, 1)
    return first.toordinal(), after.toordinal() - 1


def amount(text: str) -> tuple[int, int] | None:
    """An amount in hundredths, twice; thousands may be parted by commas, 万 and 亿 multiply."""
    found = _AMOUNT.fullmatch(text.replace(",", ""))
    if found is None:
        return None
    places = _PLACES[found[3]]
    hundredths = int(found[1] + (found[2] or "")[:places].ljust(places, "0"))
    return (hundredths, hundredths) if abs(hundredths) < _MOST else None
