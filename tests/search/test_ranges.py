"""Days and amounts in every form in which people write them, against the plain form."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.normalise import searchable
from archiver.declarations.findable import FIELDS
from archiver.search.parse import in_names, parse
from archiver.search.query import Query, Within
from archiver.search.tokens import QueryError
from tests.search.test_exactness import ALIASES

TODAY = date(2026, 5, 20)
NAMES = {name: name for name in FIELDS}

some_days = st.dates(date(1000, 1, 1), date(9998, 12, 31))
cents = st.integers(-(10**12), 10**12)
spans = st.sampled_from(["至", "到", "~", "～", "..", "…", "—", "——", "–", "-"])


def asked(text: str) -> Query:
    return parse(text, ALIASES, TODAY)


def day_forms(day: date) -> list[str]:
    year, month, number = f"{day.year}", day.month, day.day
    return [
        day.isoformat(),
        f"{year}{month:02}{number:02}",
        f"{year}-{month}-{number}",
        f"{year}/{month:02}/{number}",
        f"{year}.{month}.{number:02}",
        f"{year}年{month}月{number}日",
        f"{year}年{month:02}月{number:02}",
    ]


def wide(text: str) -> str:
    """The full-width form of letters and digits."""
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text)


@given(some_days, st.data())
def test_every_form_of_a_day_is_that_day(day: date, data: st.DataObject) -> None:
    forms = day_forms(day)
    form = data.draw(st.sampled_from([*forms, *map(wide, forms)]))
    assert asked(f"日期:{form}") == Within("date", day.toordinal(), day.toordinal())
    assert asked(f"日期:>={form}") == Within("date", day.toordinal(), None)


@given(some_days, some_days, spans, st.data())
def test_two_days_with_something_between_are_a_range(
    one: date, other: date, sign: str, data: st.DataObject
) -> None:
    first, last = (data.draw(st.sampled_from(day_forms(day))) for day in (one, other))
    means = Within("date", one.toordinal(), other.toordinal())
    texts = [f"日期:{first}{sign}{last}", f"日期:【{first} 至 {last}】"]
    for text in texts:
        if one <= other:
            assert asked(text) == means == asked(f"date:[{first} TO {last}]")
        else:
            with pytest.raises(QueryError, match="ends before it begins"):
                asked(text)


@given(st.integers(1000, 9998), st.integers(0, 12), st.integers(0, 99), spans)
def test_a_year_and_a_number_are_a_month_or_nothing(
    year: int, month: int, other: int, sign: str
) -> None:
    """Two years are a range of years; what looks like a month is never a range."""
    later = year + other
    if later < 9999:
        begin, end = date(year, 1, 1).toordinal(), date(later + 1, 1, 1).toordinal() - 1
        assert asked(f"date:{year}{sign}{later}") == Within("date", begin, end)
    try:
        found = asked(f"date:{year}-{month}")
    except QueryError:
        assert month == 0
    else:
        begin = date(year, month, 1).toordinal()
        after = date(year + month // 12, month % 12 + 1, 1)
        assert found == Within("date", begin, after.toordinal() - 1)


def amount_forms(hundredths: int) -> list[str]:
    value = Decimal(hundredths) / 100
    plain = [f"{value:.2f}", f"{value:,.2f}", f"¥{value:.2f}", f"{value:.2f}元"]
    ten_thousands = f"{value / 10**4:f}"
    return [*plain, f"{ten_thousands}万", f"{ten_thousands}万元", f"{value / 10**8:f}亿"]


@given(cents, st.data())
def test_every_form_of_an_amount_is_that_amount(hundredths: int, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(amount_forms(hundredths)))
    assert asked(f"金额:{form}") == Within("amount", hundredths, hundredths)
    assert asked(f"金额:>={form}") == Within("amount", hundredths, None)
    assert asked(f"金额:<{form}") == Within("amount", None, hundredths - 1)


@given(cents, cents, spans, st.data())
def test_two_amounts_with_something_between_are_a_range_or_nothing(
    one: int, other: int, sign: str, data: st.DataObject
) -> None:
    low, high = min(one, other), max(one, other)
    first, last = (data.draw(st.sampled_from(amount_forms(each))) for each in (low, high))
    means = Within("amount", low, high)
    assert asked(f"金额:[{first} TO {last}]") == means
    text = f"金额:{first}{sign}{last}"
    if first[-1].isdigit() and last.rstrip("元")[-1] in "万亿":
        with pytest.raises(QueryError, match="is no value"):
            asked(text)
    else:
        assert asked(text) == means
    if low < high:
        with pytest.raises(QueryError, match="ends before it begins"):
            asked(f"金额:[{last} TO {first}]")


@pytest.mark.parametrize(
    "text",
    [
        *("日期:2024-13", "日期:20241301", "日期:202403", "日期:2020-2023-2025", "日期:2020-20233"),
        *("金额:1至3万", "金额:3千", "金额:万", "金额:1亿亿", "金额:999999999999999亿", "金额:--1"),
        *("日期:至", "日期:2020至", "日期:-", "日期:[2020]x"),
    ],
)
def test_what_may_mean_two_things_is_no_value(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        asked(text)
    assert caught.value.hint


words = st.sampled_from(
    ["今天", "前天", "上周", "上个月", "上个季度", "去年", "前年", "last-month", "近30天"]
)


@given(words, st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 4000))
def test_what_a_hold_keeps_of_days_are_days(word: str, today: date, later: int) -> None:
    """Whatever range such a word stands in, no later day reads it otherwise."""
    then = today + timedelta(days=later)
    for text in (f"日期:{word}", f"入库:1990~{word}", f"日期:【1990 至 {word}】", f"日期:<={word}"):
        kept = in_names(text, ALIASES, today)
        assert searchable(word) not in kept
        assert parse(kept, NAMES) == parse(kept, NAMES, then) == parse(text, ALIASES, today)


@pytest.mark.parametrize(
    ("word", "same"),
    [
        ("前年", "2024"),
        ("year-before-last", "2024"),
        ("前天", "2026-05-18"),
        ("上个季度", "2026-01~2026-03"),
        ("这个季度", "2026-04~2026-06"),
    ],
)
def test_days_from_today(word: str, same: str) -> None:
    assert asked(f"日期:{word}") == asked(f"日期:{same}")
