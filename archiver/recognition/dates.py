"""Reads dates as Chinese and English papers write them. Impossible ones are refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

LONG_TERM = "long-term"

_DIGITS = {c: n for n, chars in enumerate(("〇零○OoＯ0", *"一二三四五六七八九")) for c in chars}
_HAN_DIGIT = "〇零○OoＯ0一二三四五六七八九"
_HAN_DAY = "一二三四五六七八九十廿卅"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?P<y>(?:19|20)\d\d)(?!\d)"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<name>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"

_FORMS = (
    # 2024年1月5日, 2024 年 01 月 05 日, also with the day sign missing
    re.compile(
        r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})(?!\d)\s*[日号]?"
    ),
    # 二〇二四年一月五日, 二○一○年十一月廿二日
    re.compile(
        rf"(?P<hy>[一二][{_HAN_DIGIT}]{{3}})\s*年\s*(?P<hm>[{_HAN_DAY}元正]{{1,2}})\s*月"
        rf"\s*(?P<hd>[{_HAN_DAY}]{{1,3}})\s*[日号]?"
    ),
    # 2024-01-05, 2024.1.5, 2024/01/05
    re.compile(
        r"(?<![\d.\-/])(?P<y>(?:19|20)\d\d)\s?([-./])\s?(?P<m>\d{1,2})\s?\2\s?(?P<d>\d{1,2})(?!\d)"
    ),
    # 5 January 2024, 5th Jan. 2024
    re.compile(
        rf"(?<![A-Za-z0-9]){_DAY}\s+(?:day\s+of\s+)?{_MONTH},?\s+{_YEAR}",
        re.I,
    ),
    # January 5, 2024
    re.compile(
        rf"(?<![A-Za-z]){_MONTH}\s+{_DAY},?\s+{_YEAR}",
        re.I,
    ),
)
_OPEN_END = re.compile(
    r"长\s*期|永\s*久|无固定期限|不约定期限|long[- ]term|permanent|perpetual", re.I
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: its value, how it stands there, and where (character offsets)."""

    value: date
    raw: str
    start: int
    end: int


def dates(text: str) -> list[Found]:
    """Every date in `text`, in order of appearance; overlapping readings give the first."""
    found = sorted(
        (one for form in _FORMS for one in _matches(form, text)), key=lambda one: one.start
    )
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _matches(form: re.Pattern[str], text: str) -> Iterator[Found]:
    for match in form.finditer(text):
        value = _value(match.groupdict())
        if value:
            yield Found(value, match.group().strip(), match.start(), match.end())


def _value(parts: dict[str, str | None]) -> date | None:
    """The day the parts name; None when there is no such day."""
    try:
        if parts.get("hy"):
            year = int("".join(str(_DIGITS[c]) for c in str(parts["hy"])))
            return date(year, han_number(str(parts["hm"])), han_number(str(parts["hd"])))
        name = parts.get("name")
        month = _MONTHS.index(name[:3].lower()) + 1 if name else int(str(parts["m"]))
        return date(int(str(parts["y"])), month, int(str(parts["d"])))
    except ValueError:
        return None


def han_number(text: str) -> int:
    """A Han number up to 39: 五, 十, 十一, 二十, 廿二, 三十一, 卅; 元 and 正 are 1.

    Raises:
        ValueError: it is not one.
    """
    if text in {"元", "正"}:
        return 1
    plain = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = plain.partition("十")
    if any(c not in _DIGITS for c in tens + ones) or len(tens) > 1 or len(ones) > 1:
        raise ValueError(text)
    if not ten:
        return _DIGITS[tens] if tens and not ones else _refuse(text)
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def _refuse(text: str) -> int:
    raise ValueError(text)


def open_end(text: str) -> re.Match[str] | None:
    """Where a text says that something runs without end (长期)."""
    return _OPEN_END.search(text)
