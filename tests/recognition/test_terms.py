"""How long something runs, counted from a day, with the arithmetic in the rule."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.model import Field, Line
from archiver.core.periods import Period, add
from archiver.recognition.flow import flow
from archiver.recognition.rows import Row
from archiver.recognition.terms import first_day, latin_lengths, lengths, terms

DAY = date(2024, 1, 5)
HAN = "零一二三四五六七八九"
CAPITALS = "零壹贰叁肆伍陆柒捌玖"
WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def known(**days: date) -> tuple[Field, ...]:
    return tuple(
        Field(name, day.isoformat(), "", 0.9, 1, None, "label") for name, day in days.items()
    )


def said(text: str, *fields: Field) -> dict[str, tuple[str, str]]:
    row = Row(1, text, (Line(text, None, 1.0),), (0,))
    return {one.name: (one.value, one.rule) for one in terms(flow((row,)), fields)}


@given(st.integers(1, 9), st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_a_term_of_years_ends_on_the_same_day(years: int, day: date) -> None:
    last = add(day, Period(years=years)).isoformat()
    rule = f"term:{day}+{years}y"
    for number in (HAN[years], CAPITALS[years], str(years), f"{CAPITALS[years]}({years})"):
        for text in (
            f"有效期{number}年",
            f"本合同有效期限为{number}年。",
            f"合同期限: {number} 年",
        ):
            assert said(text, *known(issue_date=day))["expiry_date"] == (last, rule), text


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("三年", "3y"), ("十年", "10y"), ("二十年", "20y"), ("24个月", "24m"), ("十二个月", "12m"),
        ("一年零六个月", "1y6m"),
        ("两年半", "2y6m"), ("半年", "6m"), ("90日", "90d"), ("2周年", "2y"),
    ],
)  # fmt: skip
def test_lengths(text: str, period: str) -> None:
    found = [str(one.period) for one in lengths(text)]
    assert found == [period]


@pytest.mark.parametrize("text", ["2010年", "第三年", "3月5日", "年", "百年"])
def test_what_is_no_length(text: str) -> None:
    assert not [one for one in lengths(text) if one.period.years]


@given(st.integers(1, 9), st.sampled_from(["year", "month"]))
def test_english_lengths(count: int, unit: str) -> None:
    many = unit + "s" * (count > 1)
    for text in (f"{WORDS[count - 1]} ({count}) {many}", f"{count} {many}", f"{count}-{unit}"):
        (found,) = latin_lengths(f"a period of {text} from")
        assert found.period == (Period(years=count) if unit == "year" else Period(months=count))
    assert not list(latin_lengths(f"{WORDS[count - 1]} ({count + 1}) {many}"))


def test_english_tens() -> None:
    assert [str(one.period) for one in latin_lengths("twenty-four (24) months, thirty years")] == [
        "24m",
        "30y",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("有效期自2024年1月5日起三年", ("2027-01-05", "term:2024-01-05+3y")),
        ("合同期限自签订之日起两年", ("2026-03-01", "term:2024-03-01+2y")),
        ("合同期限自生效之日起两年", ("2026-04-01", "term:2024-04-01+2y")),
        ("租赁期限:自2024年1月5日起至2026年1月4日止", ("2026-01-04", "term:租赁期限")),
    ],
)
def test_the_day_a_term_is_counted_from(text: str, expected: tuple[str, str]) -> None:
    dates = known(issue_date=date(2024, 3, 1), valid_from=date(2024, 4, 1))
    assert said(text, *dates)["expiry_date"] == expected


@pytest.mark.parametrize(
    "text", ["有效期年", "有效期____年", "有效期届满前三个月", "服务期限内每两年检查一次"]
)
def test_blanks_and_notices_are_no_terms(text: str) -> None:
    assert not said(text, *known(issue_date=DAY))


def test_without_a_day_nothing_is_counted() -> None:
    assert not said("有效期三年")
    doubtful = Field(
        "issue_date", "2024-05-01", "01/05/2024", 0.47, 1, None, "label:date|day_first"
    )
    assert first_day((doubtful,), "issue_date") is None
