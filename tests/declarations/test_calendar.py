"""`rules/calendar/*.toml`: the days of a year, strictly, and the years that are shipped."""

import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from archiver.core.errors import DeclarationError, ExitCode
from archiver.declarations.calendar import Calendar, read_calendar, read_years
from archiver.declarations.shipped import shipped

SHIPPED = shipped("rules") / "calendar"
YEAR = """
year = 2026
source = "a notice"
holidays = [2026-01-01, 2026-01-03]
extra_workdays = [2026-01-04]
"""
STATUTORY = {2024: 11, 2025: 13, 2026: 13}
"""Days off that the law gives (全国年节及纪念日放假办法): two more since 2025."""


def refused(folder: Path, text: str, name: str = "2026.toml") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        read_years(folder)
    assert caught.value.exit_code is ExitCode.DECLARATIONS
    assert name in caught.value.sentence()
    return caught.value.sentence()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("year = 2026\n", "", "year: it is missing"),
        ("year = 2026", "year = 1026", "year: expected at least 1950"),
        ("year = 2026", 'year = "next"', "year: expected a whole number"),
        ('source = "a notice"\n', "", "source: it is missing"),
        ('"a notice"', '""', "source: expected a text"),
        ("holidays = [2026-01-01, 2026-01-03]\n", "", "holidays: it is missing"),
        ("[2026-01-01, 2026-01-03]", "[]", "holidays"),
        ("2026-01-01", "2025-12-31", "2025-12-31 is not a day of 2026"),
        ("2026-01-04", "2027-01-03", "2027-01-03 is not a day of 2026"),
        ("2026-01-04", "2026-01-05", "2026-01-05 is worked in any case"),
        ("2026-01-04", "2026-01-03", "2026-01-03 is both off and worked"),
        ("2026-01-01", "2026-02-30", "not readable as TOML"),
        ("2026-01-01", '"New Year"', "holidays.0"),
        ("extra_workdays", "workdays", "workdays: unknown key"),
    ],
)
def test_nonsense_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in YEAR
    assert said in refused(tmp_path, YEAR.replace(old, new))


def test_a_file_is_called_like_its_year(tmp_path: Path) -> None:
    assert "the file of 2026 is called 2026.toml" in refused(tmp_path, YEAR, "days.toml")


def test_several_years_are_one_calendar(tmp_path: Path) -> None:
    assert read_years(tmp_path / "nowhere") == ()
    for year in ("2026", "2022"):
        text = YEAR.replace("2026", year).replace("2022-01-04", "2022-01-08")
        (tmp_path / f"{year}.toml").write_text(text, encoding="utf-8")
    found = read_calendar(tmp_path)
    assert found.years == frozenset({2022, 2026})
    assert found.extra_workdays == {date(2022, 1, 8), date(2026, 1, 4)}
    assert Calendar.model_validate(found.model_dump(mode="json")) == found
    assert Calendar.model_validate(Calendar().model_dump(mode="json")).years is None


@pytest.mark.parametrize("year", STATUTORY)
def test_days_off_are_worked_for_but_those_the_law_gives(year: int) -> None:
    """The State Council only moves days: weekdays off, less Saturdays and Sundays worked."""
    with (SHIPPED / f"{year}.toml").open("rb") as stream:
        written = tomllib.load(stream)
    (found,) = (one for one in read_years(SHIPPED) if one.year == year)
    assert len(written["holidays"]) == len(found.holidays)
    off = [day for day in found.holidays if day.isoweekday() < 6]
    assert len(off) - len(found.extra_workdays) == STATUTORY[year]


@pytest.mark.parametrize("year", STATUTORY)
def test_every_day_made_up_for_lies_near_a_holiday(year: int) -> None:
    (found,) = (one for one in read_years(SHIPPED) if one.year == year)
    for day in found.extra_workdays:
        assert min(abs(day - one) for one in found.holidays) <= timedelta(days=10)
    days = sorted(found.holidays)
    starts = [days[0], *(b for a, b in pairwise(days) if b - a > timedelta(days=1))]
    assert 6 <= len(starts) <= 7


def test_the_shipped_years_follow_one_another() -> None:
    assert [one.year for one in read_years(SHIPPED)] == sorted(STATUTORY)
