"""Reads dates as Chinese and European papers write them. Impossible ones are refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from archiver.recognition.months import BY_NAME, NAMES
from archiver.recognition.numerals import digits, han_number, narrow

LONG_TERM = "long-term"
PLAUSIBLE = range(1900, 2100)
"""Years a paper of a company may name; what lies outside was misread."""
_REPUBLIC = 1911
"""民国 counts its years from 1912."""
_MONTHS_OF_A_YEAR = 12
_CENTURY = 70
"""Two digits from here on mean the last century."""

_D = "0-9OoIl〇零○◯一二三四五六七八九"
_N = rf"[{_D}十+廿卅元正](?:\s*[{_D}十+廿卅]){{0,2}}"
_SEP = r"[-./·—–−]"
_DAY = r"(?P<d>\d{1,2})\s*(?:st|nd|rd|th|er|ème|º|°|\.)?"
_NAME = rf"(?P<name>{NAMES})\.?"
_YEAR = r"(?P<y>\d{4}|['’]?\d\d)"

_DAY_MONTH = re.compile(
    rf"(?<![\dA-Za-z.\-/])(?P<a>\d{{1,2}})\s?(?P<sep>{_SEP})\s?(?P<b>\d{{1,2}})\s?(?P=sep)"
    r"\s?(?P<y>\d{4}|\d\d)(?![\dA-Za-z]|[-./]\d)"
)
"""5/1/2024, 19.04.2014, 29/3/18."""
_FORMS = (
    # 2024年1月5日, 二〇二四年一月五日, 民国一一三年元月五日; blanks anywhere, the day sign may miss
    re.compile(
        rf"(?<![{_D}])(?P<era>民\s*国)?\s*(?P<hy>元|[{_D}](?:\s*[{_D}]){{1,3}})\s*年"
        rf"\s*(?P<hm>{_N})\s*月\s*(?P<hd>{_N})\s*(?:[日号]|(?![{_D}]))"
    ),
    # 2024-01-05, 2024.1.5, 2024/01/05
    re.compile(
        rf"(?<![\dA-Za-z.\-/])(?P<y>\d{{4}})\s?(?P<sep>{_SEP})\s?(?P<m>\d{{1,2}})\s?(?P=sep)"
        r"\s?(?P<d>\d{1,2})(?![\dA-Za-z]|[-./]\d)"
    ),
    _DAY_MONTH,
    # 5 January 2024, 5th day of Jan., 2024, 05-JAN-24, 1er juillet 2015, 5 de enero de 2024
    re.compile(
        rf"(?<![A-Za-z0-9]){_DAY}[\s\-./]*(?:day\s*of|of|de|di)?[\s\-./]*{_NAME}"
        rf"[\s,\-./]*(?:of|de|del)?\s*{_YEAR}(?![\dA-Za-z])",
        re.I,
    ),
    # January 5th, 2024
    re.compile(rf"(?<![A-Za-z]){_NAME}[\s\-./]*{_DAY}[\s,\-./]*{_YEAR}(?![\dA-Za-z])", re.I),
    # 2024 January 5, 2024-Jan-05
    re.compile(
        rf"(?<![A-Za-z0-9])(?P<y>\d{{4}})[\s,\-./]*{_NAME}[\s\-./]*{_DAY}(?![\dA-Za-z])", re.I
    ),
)
_LABELLED = (
    # 20240105; 2019 05 08, where 年月日 were printed and not read
    re.compile(r"(?<!\d)(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>\d{4})\s{1,3}(?P<m>\d{1,2})\s{1,3}(?P<d>\d{1,2})(?!\d)"),
)
_TAIL = re.compile(rf"\s*(?:[至到~～—–-])\s*(?P<hm>{_N})\s*月\s*(?P<hd>{_N})\s*[日号]")
"""The end of a period that leaves out the year it shares with its beginning."""
_OPEN_END = re.compile(
    r"长\s*期|[永水]\s*久|(?:无\s*固|不\s*约)\s*定\s*期\s*限"
    r"|long[- ]term|permanent|perpetual|indefinite",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text.

    Attributes:
        value: the day; the one that names the day first where there are two.
        raw: as it stands there.
        start, end: character offsets.
        other: the other day it may mean as well, where nothing says whether the day or the month
            comes first (01/05/2024); None for a date that has one meaning.
    """

    value: date
    raw: str
    start: int
    end: int
    other: date | None = None


def dates(text: str, *, labelled: bool = False) -> list[Found]:
    """Every date in `text`, in order of appearance; of overlapping readings the first, longest.

    Args:
        text: may hold the ends of lines.
        labelled: something says that a date is meant: years of two digits and dates without any
            sign between their parts count too.
    """
    plain = narrow(text)
    forms = (*_FORMS, *_LABELLED) if labelled else _FORMS
    matches = (one for form in forms for one in form.finditer(plain))
    kept: list[Found] = []
    for match in sorted(matches, key=lambda one: (one.start(), -one.end())):
        found = None if kept and match.start() < kept[-1].end else _found(match, labelled=labelled)
        if found:
            kept += [found, *_tail(found, plain)]
    return [replace(one, raw=text[one.start : one.end]) for one in kept]


def _found(match: re.Match[str], *, labelled: bool) -> Found | None:
    """What a match says; None when there is no such day."""
    parts = {name: text for name, text in match.groupdict().items() if text}
    try:
        year = _year(parts, labelled=labelled)
        days = [date(year, month, day) for month, day in _orders(parts)]
    except (ValueError, KeyError):
        days = []
    days = list(dict.fromkeys(days))
    if not days:
        return None
    lead = len(match.group()) - len(match.group().lstrip())
    raw, other = match.group().strip(), days[1] if len(days) > 1 else None
    return Found(days[0], raw, match.start() + lead, match.start() + lead + len(raw), other)


def _year(parts: dict[str, str], *, labelled: bool) -> int:
    """The year, full.

    Raises:
        ValueError: no year, not a plausible one, or two digits that nothing calls a year.
    """
    if "hy" in parts:
        text = "".join(parts["hy"].split())
        year = 1 if text == "元" else digits(text)
        if "era" in parts:
            return _plausible(year + _REPUBLIC)
        length = len(text)
    else:
        text = parts["y"].lstrip("'’")
        year, length = int(text), len(text)
    if length == 2:
        joined = "name" in parts and parts["y"] != text
        if not labelled and not joined:
            raise ValueError(text)
        year += 1900 if year >= _CENTURY else 2000
    return _plausible(year)


def _plausible(year: int) -> int:
    if year not in PLAUSIBLE:
        raise ValueError(year)
    return year


def _orders(parts: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Month and day; twice when either may come first. With dots the day always does."""
    if "hm" in parts:
        yield _number(parts["hm"]), _number(parts["hd"])
    elif "a" in parts:
        a, b = int(parts["a"]), int(parts["b"])
        if b <= _MONTHS_OF_A_YEAR:
            yield b, a
        if a <= _MONTHS_OF_A_YEAR and parts["sep"] != ".":
            yield a, b
    elif "name" in parts:
        yield BY_NAME[parts["name"].lower()], int(parts["d"])
    else:
        yield int(parts["m"]), int(parts["d"])


def _number(text: str) -> int:
    """A month or day in figures or Han: 05, l2, 十二, 廿五, 元."""
    try:
        return han_number(text.replace("+", "十"))
    except ValueError:
        return digits(text)


def _tail(first: Found, text: str) -> Iterator[Found]:
    """The end of a period whose year stands at its beginning only."""
    match = _TAIL.match(text, first.end)
    if match is None:
        return
    try:
        day = date(first.value.year, _number(match["hm"]), _number(match["hd"]))
    except ValueError:
        return
    if day >= first.value:
        start = match.start("hm")
        yield Found(day, text[start : match.end()], start, match.end())


def day_first(text: str) -> bool | None:
    """Whether the figures of a paper name the day before the month, as those over 12 show.

    None when nothing shows it, or when it is once so and once so.
    """
    plain = narrow(text)
    shown = {
        int(match["a"]) > _MONTHS_OF_A_YEAR
        for match in _DAY_MONTH.finditer(plain)
        if match["sep"] != "." and max(int(match["a"]), int(match["b"])) > _MONTHS_OF_A_YEAR
    }
    return shown.pop() if len(shown) == 1 else None


def open_end(text: str) -> re.Match[str] | None:
    """Where a text says that something runs without end (长期)."""
    return _OPEN_END.search(text)
