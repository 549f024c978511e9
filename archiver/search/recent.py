"""Days told from today: `last-month`, 上月, 近30天."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

Span = tuple[date, date]
_DAY = timedelta(days=1)
_BEYOND = {"week": 7, "month": 32, "quarter": 93, "year": 367}
"""Unit → days from its first day to a day of the next one."""
_WORDS: Mapping[str, tuple[str, ...]] = {
    "today": ("今天", "今日"),
    "yesterday": ("昨天", "昨日"),
    "this-week": ("本周", "这周"),
    "last-week": ("上周",),
    "this-month": ("本月", "这个月"),
    "last-month": ("上月", "上个月"),
    "this-quarter": ("本季", "本季度"),
    "last-quarter": ("上季", "上季度"),
    "this-year": ("本年", "今年"),
    "last-year": ("去年", "上年"),
}
_NAMES = {word: name for name, words in _WORDS.items() for word in (name, *words)}
_LAST_DAYS = re.compile(r"last-([1-9]\d{0,3})-days|最?近([1-9]\d{0,3})天")


def recent(text: str, today: date) -> Span | None:
    """First and last day of what searchable `text` names, seen from `today`; None for nothing.

    A week begins on Monday (ISO 8601). What is called `this` goes to its end, `last-30-days` to
    today, which is the thirtieth.
    """
    days = _LAST_DAYS.fullmatch(text)
    if days:
        return today - (int(days[1] or days[2]) - 1) * _DAY, today
    name = _NAMES.get(text)
    if name is None:
        return None
    if name in {"today", "yesterday"}:
        day = today if name == "today" else today - _DAY
        return day, day
    which, _, unit = name.partition("-")
    first = _first(unit, today)
    if which == "last":
        return _first(unit, first - _DAY), first - _DAY
    return first, _first(unit, first + _BEYOND[unit] * _DAY) - _DAY


def _first(unit: str, day: date) -> date:
    """The first day of the week, month, quarter or year in which `day` lies."""
    if unit == "week":
        return day - day.weekday() * _DAY
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    return date(day.year, day.month - (day.month - 1) % months, 1)
