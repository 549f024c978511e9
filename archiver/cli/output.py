"""Everything that is printed goes through here: data to stdout, talk to stderr."""

import csv
import importlib
import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum

import click

from archiver.declarations.words import translate

Value = str | int | float | bool | None | Sequence["Value"] | Mapping[str, "Value"]
Row = Mapping[str, Value]

_DRAWN = "archiver.cli.drawn"
"""Needs rich, for which a search in a script must not wait."""


class Form(StrEnum):
    """How data is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Column:
    """One column of a table.

    Args:
        key: of the row.
        heading: shown above, a template marked with `N_`.
        show: makes the cell's text; what JSON and CSV get is never touched.
        whole: never broken over two lines (numbers, days).
    """

    def __init__(
        self,
        key: str,
        heading: str,
        show: Callable[[Value], str] | None = None,
        *,
        whole: bool = False,
    ) -> None:
        self.key = key
        self.heading = heading
        self.whole = whole
        self._show = show or plain

    def text(self, row: Row) -> str:
        """The cell of this column."""
        return self._show(row.get(self.key))


def plain(value: Value) -> str:
    """A cell: nothing for None, items joined by commas."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return ", ".join(plain(one) for one in value)
    return str(value)


def rows(form: Form, columns: Sequence[Column], found: Iterable[Row]) -> int:
    """Write a listing; gives how many rows. JSON is written as it comes, one object a line."""
    if form is Form.JSON:
        return sum(_json(row) for row in found)
    listed = list(found)
    if form is Form.CSV:
        _csv(listed)
    elif listed:
        _table(columns, listed)
    return len(listed)


def _json(row: Row) -> int:
    """Write one object on a line of its own; gives how many: one."""
    click.echo(json.dumps(row, ensure_ascii=False))
    return 1


def _csv(listed: Sequence[Row]) -> None:
    """RFC 4180; nested values as JSON."""
    if not listed:
        return
    writer = csv.writer(sys.stdout)
    writer.writerow(listed[0])
    for row in listed:
        writer.writerow(
            json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
            for value in row.values()
        )


def _table(columns: Sequence[Column], listed: Sequence[Row]) -> None:
    """A table: drawn on a terminal, aligned text with two blanks between columns elsewhere."""
    headings = [translate(column.heading) for column in columns]
    cells = [[column.text(row) for column in columns] for row in listed]
    if not sys.stdout.isatty():
        for line in aligned([headings, *cells]):
            click.echo(line)
        return
    whole = {heading for column, heading in zip(columns, headings, strict=True) if column.whole}
    importlib.import_module(_DRAWN).table(headings, cells, whole)


def aligned(cells: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines in which the columns stand below one another, wide characters counted as two."""
    widths = [max(width(row[at]) for row in cells) for at in range(len(cells[0]))]
    for row in cells:
        padded = [text + " " * (widths[at] - width(text)) for at, text in enumerate(row)]
        yield "  ".join(padded).rstrip()


def width(text: str) -> int:
    """Columns on a terminal (Unicode UAX 11)."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def say(text: str, **facts: object) -> None:
    """One line of data for people."""
    click.echo(translate(text).format(**facts))


def paragraph(text: str) -> None:
    """A sentence or more of data for people, broken between words on a terminal."""
    if sys.stdout.isatty():
        importlib.import_module(_DRAWN).paragraph(text)
    else:
        click.echo(text)


def talk(text: str, **facts: object) -> None:
    """One line to stderr: what happens, what to do next."""
    click.echo(translate(text).format(**facts), err=True)


def progress(text: str, *, total: int | None = None) -> AbstractContextManager[Callable[[], None]]:
    """A bar on stderr, on a terminal only; gives what to call after each step."""
    if not sys.stderr.isatty():
        return nullcontext(lambda: None)
    drawn: AbstractContextManager[Callable[[], None]] = importlib.import_module(_DRAWN).bar(
        translate(text), total
    )
    return drawn
