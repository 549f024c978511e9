"""Everything that is printed goes through here: data to stdout, talk to stderr."""

import csv
import importlib
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum

import click

from archiver.cli.wrap import aligned, wrap
from archiver.declarations.words import language, listing, translate

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
        most: the widest it may be on a terminal, so that the sentences beside it stay readable.
    """

    def __init__(
        self,
        key: str,
        heading: str,
        show: Callable[[Value], str] | None = None,
        *,
        whole: bool = False,
        most: int | None = None,
    ) -> None:
        self.key = key
        self.heading = heading
        self.whole = whole
        self.most = most
        self._show = show or plain

    def text(self, row: Row) -> str:
        """The cell of this column."""
        return self._show(row.get(self.key))


def objects(value: Value) -> list[Row]:
    """The objects in a value that is one, a list of them, or nothing."""
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, dict)]


def plain(value: Value) -> str:
    """A cell: nothing for None, items joined by commas."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return listing(plain(one) for one in value)
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
    cells = [[column.text(row) for column in columns] for row in listed]
    if sys.stdout.isatty():
        importlib.import_module(_DRAWN).table(columns, cells)
        return
    for line in aligned([[translate(column.heading) for column in columns], *cells]):
        click.echo(line)


def say(text: str, **facts: object) -> None:
    """One line of data for people."""
    click.echo(translate(text).format(**facts))


def paragraph(text: str, *, hang: int = 0) -> None:
    """A sentence or more of data for people, broken between words on a terminal.

    Args:
        text: in the reader's language.
        hang: blanks before every line but the first.
    """
    room = shutil.get_terminal_size().columns
    lines = wrap(text, room - hang) if sys.stdout.isatty() else [text]
    click.echo(("\n" + " " * hang).join(lines))


def running(sentences: Iterable[str]) -> str:
    """Sentences one after the other; Chinese has no blanks between them."""
    return ("" if language() == "zh" else " ").join(sentences)


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
