"""`rules/calendar/*.toml`: which days are worked, one file a year, as the State Council says."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, PlainSerializer, model_validator

from archiver.core.errors import N_, DeclarationError, Phrase
from archiver.declarations.strict import Strict, read_toml
from archiver.declarations.toml import wrong
from archiver.declarations.words import translate

FOLDER = "calendar"
"""Where the years lie, beside the rules of retention."""
_SATURDAY = 5

Days = Annotated[frozenset[date], PlainSerializer(lambda days: sorted(map(str, days)))]


class Year(Strict):
    """The working days of one year; no rule of the week gives them.

    Attributes:
        year: the year, also the name of the file.
        source: the notice it was copied from; for people.
        holidays: days off; Saturdays and Sundays may be among them, and are days off anyway.
        extra_workdays: Saturdays and Sundays that are worked.
    """

    year: int = Field(ge=1950, le=2999)
    source: str = Field(min_length=1)
    holidays: Annotated[Days, Field(min_length=1)]
    extra_workdays: Days = frozenset()

    @model_validator(mode="after")
    def _possible(self) -> Self:
        faults = (
            (N_("{day} is not a day of {year}"), self._elsewhere()),
            (N_("{day} is worked in any case"), self._weekdays()),
            (N_("{day} is both off and worked"), self.holidays & self.extra_workdays),
        )
        for text, days in faults:
            if days:
                raise ValueError(Phrase.of(text, day=min(days), year=self.year))
        return self

    def _elsewhere(self) -> list[date]:
        return [day for day in self.holidays | self.extra_workdays if day.year != self.year]

    def _weekdays(self) -> list[date]:
        return [day for day in self.extra_workdays if day.weekday() < _SATURDAY]


class Calendar(Strict):
    """Where it stands, a last day on a day off moves to the next working day.

    Attributes:
        years: those the days are known for; any year when None.
    """

    holidays: Days = frozenset()
    extra_workdays: Days = frozenset()
    years: Annotated[
        frozenset[int] | None,
        PlainSerializer(lambda years: None if years is None else sorted(years)),
    ] = None

    @classmethod
    def of(cls, years: Iterable[Year]) -> "Calendar":
        """Several years as one."""
        known = list(years)
        return cls(
            holidays=frozenset(day for one in known for day in one.holidays),
            extra_workdays=frozenset(day for one in known for day in one.extra_workdays),
            years=frozenset(one.year for one in known),
        )


def read_years(folder: Path) -> tuple[Year, ...]:
    """Every year of `folder`, the earliest first; none where there is no such folder.

    Raises:
        DeclarationError: a file cannot be followed, or is not named after its year.
    """
    return tuple(_read(path) for path in sorted(folder.glob("*.toml")))


def _read(path: Path) -> Year:
    found = read_toml(path, Year)
    if path.stem != str(found.year):
        other = translate(N_("year: the file of {year} is called {name}"))
        raise wrong(path, other.format(year=found.year, name=f"{found.year}.toml"))
    return found


def read_calendar(folder: Path) -> Calendar:
    """All years of `folder` as one calendar.

    Raises:
        DeclarationError: there is none, or one of them cannot be followed.
    """
    years = read_years(folder)
    if not years:
        raise DeclarationError(
            N_('{file}: weekend_policy = "roll_forward" needs a calendar, and there is none'),
            hint=N_("copy the calendars back from a fresh vault made with: archiver init"),
            file=folder,
        )
    return Calendar.of(years)
