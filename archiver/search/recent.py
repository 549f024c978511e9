"""Days told from today: `last-month`, 上月, 近30天."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

Span = tuple[date, date]
_DAY = timedelta(days=1)
_BEYOND = {"day": 1, "week": 7, "month": 32, "quarter": 93, "year": 367}
"""Unit → days from its first day to a day of the next one."""
_WORDS: Mapping[tuple[str, int], tuple[str, ...]] = {
    ("day", 0): ("today", "今天", "今日"),
    ("day", 1): ("yesterday", "昨天", "昨日"),
    ("day", 2): ("day-before-yesterday", "前天"),
    ("week", 0): ("this-week", "本周", "这周"),
    ("week", 1): ("last-week", "上周"),
    ("month", 0): ("this-month", "本月", "这个月"),
    ("month", 1): ("last-month", "上月", "上个月"),
    ("quarter", 0): ("this-quarter", "本季", "本季度", "这个季度"),
    ("quarter", 1): ("last-quarter", "上季", "上季度", "上个季度"),
    ("year", 0): ("this-year", "本年", "今年"),
    ("year", 1): ("last-year", "去年", "上年"),
    ("year", 2): ("year-before-last", "前年"),
}
"""Unit, and how many of them back → its words."""
_NAMES = {word: which for which, words in _WORDS.items() for word in words}
_LAST_DAYS = re.compile(r"last-([1-9]\d{0,3})-days|最?近([1-9]\d{0,3})天")


def recent(text: str, today: date) -> Span | None:
    """First and last day of what searchable `text` names, seen from `today`; None for nothing.

    A week begins on Monday (ISO 8601). What is called `this` goes to its end, `last-30-days` to
    today, which is the thirtieth.
    """
    days = _LAST_DAYS.fullmatch(text)
    if days:
        return today - (int(days[1] or days[2]) - 1) * _DAY, today
    if text not in _NAMES:
        return None
    unit, back = _NAMES[text]
    first = _first(unit, today)
    for _ in range(back):
        first = _first(unit, first - _DAY)
    return first, _first(unit, first + _BEYOND[unit] * _DAY) - _DAY


def _first(unit: str, day: date) -> date:
    """The first day of the week, month, quarter or year in which `day` lies; of a day itself."""
    if unit == "day":
        return day
    if unit == "week":
        return day - day.weekday() * _DAY
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    return date(day.year, day.month - (day.month - 1) % months, 1)
