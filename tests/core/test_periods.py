from datetime import date, timedelta
from itertools import takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.periods import (
    END_OF_TIME,
    Period,
    Start,
    Workdays,
    add,
    due_date,
    elapsed,
    retain_through,
)

DAY = timedelta(days=1)
DAYS = st.dates(date(1949, 10, 1), date(2200, 12, 31))
PERIODS = st.builds(
    lambda first, parts: Period(**{**parts, **first}),
    st.sampled_from([{"years": 3}, {"years": 30}, {"months": 6}, {"days": 100}]),
    st.fixed_dictionaries(
        {"years": st.integers(0, 40), "months": st.integers(0, 30), "days": st.integers(0, 800)}
    ),
)


def months_later(day: date, months: int) -> date:
    """The corresponding day found by walking, month by month, as a clerk would with a calendar."""
    first = day.replace(day=1)
    for _ in range(months):
        first += 31 * DAY
        first = first.replace(day=1)
    found = first
    while found.day < day.day and (found + DAY).month == first.month:
        found += DAY
    return found


@given(DAYS, PERIODS)
def test_years_and_months_come_first_then_days(day: date, period: Period) -> None:
    wanted = months_later(day, period.years * 12 + period.months)
    for _ in range(period.days):
        wanted += DAY
    assert add(day, period) == wanted


@given(DAYS, PERIODS)
def test_each_start_is_counted_from_its_own_day(day: date, period: Period) -> None:
    assert retain_through(day, period, Start.NEXT_DAY) == add(day, period)
    for start, is_begin in (
        (Start.NEXT_MONTH_1, lambda d: d.day == 1),
        (Start.NEXT_JAN_1, lambda d: (d.month, d.day) == (1, 1)),
    ):
        begin = day + DAY
        while not is_begin(begin):
            begin += DAY
        assert due_date(retain_through(day, period, start)) == add(begin, period)


@given(DAYS, st.integers(1, 40))
def test_whole_years_from_new_year_end_on_new_years_eve(day: date, years: int) -> None:
    last = retain_through(day, Period(years=years), Start.NEXT_JAN_1)
    assert last == date(day.year + years, 12, 31)


@given(DAYS, DAYS, PERIODS, st.sampled_from(Start))
def test_a_later_event_never_ends_earlier(
    one: date, other: date, period: Period, start: Start
) -> None:
    first, second = sorted((one, other))
    assert retain_through(first, period, start) <= retain_through(second, period, start)


@pytest.mark.parametrize(
    ("day", "period", "start", "last"),
    [
        ("2023-05-10", "3y", Start.NEXT_DAY, "2026-05-10"),
        ("2024-02-29", "3y", Start.NEXT_DAY, "2027-02-28"),
        ("2024-02-29", "4y", Start.NEXT_DAY, "2028-02-29"),
        ("2023-02-28", "1y", Start.NEXT_DAY, "2024-02-28"),
        ("2022-08-31", "6m", Start.NEXT_DAY, "2023-02-28"),
        ("2024-01-31", "1m1d", Start.NEXT_DAY, "2024-03-01"),
        ("2024-01-01", "100d", Start.NEXT_DAY, "2024-04-10"),
        ("2015-12-31", "10y", Start.NEXT_JAN_1, "2025-12-31"),
        ("2016-01-01", "10y", Start.NEXT_JAN_1, "2026-12-31"),
        ("2023-05-10", "3y", Start.NEXT_MONTH_1, "2026-05-31"),
        ("2023-12-31", "2m", Start.NEXT_MONTH_1, "2024-02-29"),
    ],
)
def test_known_ends(day: str, period: str, start: Start, last: str) -> None:
    found = retain_through(date.fromisoformat(day), Period.parse(period), start)
    assert found == date.fromisoformat(last)


@given(st.dates(), PERIODS, st.sampled_from(Start))
def test_the_calendar_may_end_but_counting_never_fails(
    day: date, period: Period, start: Start
) -> None:
    assert retain_through(day, period, start) <= END_OF_TIME
    assert due_date(add(day, Period(years=9999, days=999999))) == date.max
    assert due_date(date.max) == date.max
    assert add(date(9990, 2, 28), Period(years=9, days=1)) == date(9999, 3, 1)
    assert add(date(9990, 12, 31), Period(years=9)) == END_OF_TIME


@given(PERIODS)
def test_a_period_is_read_as_it_is_written(period: Period) -> None:
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    "text", ["", "0y", "0y0m0d", "-3y", "3", "y", "3w", "3m3y", "3y ", "３y", "1.5y"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a period"):
        Period.parse(text)


def test_a_negative_part_is_refused_and_nothing_at_all() -> None:
    for parts in ((3, -1, 2), (0, 0, 0)):
        with pytest.raises(ValueError, match="is no length of time") as caught:
            Period(*parts)
        assert str(parts) in str(caught.value)


@given(PERIODS, PERIODS)
def test_reaching_a_floor_means_never_ending_before_it(period: Period, floor: Period) -> None:
    four_years = [date(1996, 3, 1) + n * DAY for n in range(4 * 365 + 1)]
    longer = all(add(day, period) >= add(day, floor) for day in four_years)
    assert period.reaches(floor) == longer


@pytest.mark.parametrize(
    ("period", "floor", "reaches"),
    [
        ("1m", "28d", True),
        ("1m", "29d", False),
        ("1m", "30d", False),
        ("30d", "1m", False),
        ("31d", "1m", True),
        ("1y", "365d", True),
        ("365d", "1y", False),
        ("12m", "1y", True),
    ],
)
def test_a_floor_must_be_reached_from_every_day(period: str, floor: str, reaches: bool) -> None:
    assert Period.parse(period).reaches(Period.parse(floor)) == reaches


@given(
    st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    st.sets(st.integers(0, 40)),
    st.sets(st.integers(0, 40)),
)
def test_the_last_day_rolls_to_the_next_day_worked(
    day: date, off: set[int], made_up: set[int]
) -> None:
    holidays = frozenset(day + n * DAY for n in off)
    extra = frozenset(day + n * DAY for n in made_up)
    rolled = Workdays(holidays, extra).roll_forward(day)
    waited = [day + n * DAY for n in range((rolled - day).days)]

    def closed(one: date) -> bool:
        return one not in extra and (one in holidays or one.strftime("%a") in {"Sat", "Sun"})

    assert all(closed(one) for one in waited)
    assert not closed(rolled)


@given(
    st.dates(date(2024, 11, 1), date(2026, 3, 1)),
    st.sets(st.integers(0, 90)),
    st.sets(st.integers(0, 90)),
    st.frozensets(st.integers(2023, 2026)),
)
def test_rolling_stops_where_nobody_knows_the_days(
    day: date, off: set[int], made_up: set[int], years: frozenset[int]
) -> None:
    """Beside a list of all days ahead, struck out one by one as a clerk would."""
    holidays = frozenset(day + n * DAY for n in off - made_up)
    extra = frozenset(day + n * DAY for n in made_up)
    ahead = [day + n * DAY for n in range(200)]
    known = list(takewhile(lambda one: one.year in years, ahead))
    week = [one for one in known if one.strftime("%a") not in {"Sat", "Sun"}]
    open_days = sorted({*week} - holidays | {one for one in known if one in extra})
    workdays = Workdays(holidays, extra, years)
    if open_days:
        assert (workdays.roll_forward(day), workdays.missing(day)) == (open_days[0], None)
    else:
        first = ahead[len(known)]
        assert (workdays.roll_forward(day), workdays.missing(day)) == (day, first.year)


def test_a_day_nobody_knows_rolls_nowhere_though_the_next_year_is_known() -> None:
    """31 December 2022 was a Saturday."""
    last = date(2022, 12, 31)
    assert Workdays(years=frozenset({2023})).roll_forward(last) == last
    assert Workdays(years=frozenset({2023})).missing(last) == 2022
    assert Workdays(years=frozenset({2022})).roll_forward(last) == last
    assert Workdays(years=frozenset({2022})).missing(last) == 2023
    assert Workdays(years=frozenset({2022, 2023})).roll_forward(last) == date(2023, 1, 2)


def test_rolling_ends_with_the_calendar() -> None:
    rest = frozenset(END_OF_TIME - n * DAY for n in range(10))
    assert Workdays(rest).roll_forward(END_OF_TIME - 3 * DAY) == END_OF_TIME


@given(DAYS, st.integers(-400, 30_000))
def test_elapsed_is_the_longest_whole_period_that_fits(first: date, days: int) -> None:
    last = first + days * DAY
    found = elapsed(first, last)
    if days <= 0:
        assert found is None
        return
    assert found
    if found.days:
        assert (found.years, found.months) == (0, 0)
        assert found.days == days
        assert last < months_later(first, 1)
    else:
        months = found.years * 12 + found.months
        assert found.months < 12
        assert months_later(first, months) <= last < months_later(first, months + 1)


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        ("2024-01-15", "2024-01-16", "1d"),
        ("2024-01-15", "2024-02-14", "30d"),
        ("2024-01-15", "2024-02-15", "1m"),
        ("2024-01-15", "2024-03-14", "1m"),
        ("2024-01-31", "2024-02-28", "28d"),
        ("2024-01-31", "2024-02-29", "1m"),
        ("2024-01-15", "2025-01-14", "11m"),
        ("2024-01-15", "2025-01-15", "1y"),
        ("2023-12-15", "2026-02-15", "2y2m"),
    ],
)
def test_known_lengths_of_time(first: str, last: str, period: str) -> None:
    assert str(elapsed(date.fromisoformat(first), date.fromisoformat(last))) == period
