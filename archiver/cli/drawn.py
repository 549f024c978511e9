"""What only a terminal gets: drawn tables and moving bars. Loaded when there is one."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from archiver.cli.colour import coloured


def table(headings: Sequence[str], cells: Sequence[Sequence[str]], whole: Collection[str]) -> None:
    """A table on stdout, as wide as the terminal allows; columns of `whole` are never broken."""
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for heading in headings:
        drawn.add_column(heading, overflow="fold", no_wrap=heading in whole)
    for cell in cells:
        drawn.add_row(*cell)
    _console().print(drawn, highlight=False, markup=False)


def _console(*, stderr: bool = False) -> Console:
    """A console that keeps to what the environment says about colours."""
    return Console(stderr=stderr, color_system="auto" if coloured() else None)


def paragraph(text: str) -> None:
    """A text on stdout, broken between words at the edge of the terminal."""
    _console().print(text, highlight=False, markup=False, emoji=False)


@contextmanager
def bar(text: str, total: int | None) -> Iterator[Callable[[], None]]:
    """A bar on stderr; gives what to call after each step."""
    parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*parts, console=_console(stderr=True), transient=True) as progress:
        task = progress.add_task(text, total=total)
        yield lambda: progress.advance(task)
