"""A listing: one table, the same in the page and in the workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from archiver.declarations.words import translate

Cell = str | int | date | None


class Kind(StrEnum):
    """How the cells of a column are shown.

    TEXT wraps anywhere, LABEL between words, CODE never; COUNT and BYTES are numbers; DAY is a
    civil day; BLANK is left free for a pen.
    """

    TEXT = "text"
    LABEL = "label"
    CODE = "code"
    COUNT = "count"
    BYTES = "bytes"
    DAY = "day"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, a template marked with `N_`, and the kind of its cells."""

    heading: str
    kind: Kind = Kind.TEXT
    only_workbook: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """One table.

    Attributes:
        key: names its sheet and its place in the page.
        title: in the chosen language.
        short: what its sheet is called where the title is too long for one.
        rows: one cell a column each.
        total: a last row with the sums.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    short: str = ""

    def headings(self) -> list[str]:
        """The headings in the chosen language."""
        return [translate(column.heading) for column in self.columns]

    def shown(self) -> list[int]:
        """Which columns the page shows; the workbook has all."""
        return [at for at, column in enumerate(self.columns) if not column.only_workbook]

    def adds_up(self) -> bool:
        """Whether the page shows any of the sums."""
        total = self.total
        return total is not None and any(total[at] is not None for at in self.shown()[1:])


def summed(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], word: str
) -> tuple[Cell, ...]:
    """A row of sums: `word` first, then the sum of every column of numbers."""
    sums: list[Cell] = [word]
    for at, column in enumerate(columns[1:], start=1):
        numbers = [cell for cell in (row[at] for row in rows) if isinstance(cell, int)]
        sums.append(sum(numbers) if column.kind in {Kind.COUNT, Kind.BYTES} else None)
    return tuple(sums)
