"""What only a terminal gets: drawn tables and moving bars. Loaded when there is one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich import box
from rich.console import Console, JustifyMethod, OverflowMethod
from rich.containers import Lines
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from archiver.cli.colour import coloured
from archiver.cli.output import Column
from archiver.cli.wrap import pieces, shared, width, wrap
from archiver.declarations.words import translate

_GAP = 2
"""Blanks between two columns."""

_WORD = 20
"""A word wider than this, a digest or a path, may be cut; a credit code has 18 signs."""


class _Cell(Text):
    """A text whose lines end where those of Chinese may; rich breaks at blanks, else anywhere."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """Broken into lines of `width` columns."""
        return Lines(Text(line, end="") for line in wrap(self.plain, width))


def table(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> None:
    """A table on stdout, as wide as the terminal allows."""
    console = _console()
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    headings = [translate(column.heading) for column in columns]
    for heading, room in zip(headings, _widths(columns, [headings, *cells], console), strict=True):
        drawn.add_column(_Cell(heading), width=room)
    for cell in cells:
        drawn.add_row(*map(_Cell, cell))
    console.print(drawn, highlight=False, markup=False)


def _console(*, stderr: bool = False) -> Console:
    """A console that keeps to what the environment says about colours."""
    return Console(stderr=stderr, color_system="auto" if coloured() else None)


def _widths(
    columns: Sequence[Column], lines: Sequence[Sequence[str]], console: Console
) -> list[int]:
    """How wide each column is drawn; words stay whole as long as there is room for them."""
    wanted, least = [], []
    for at, column in enumerate(columns):
        widest = max(width(line[at]) for line in lines)
        word = max(width(piece) for line in lines for _, piece in pieces(line[at]))
        wanted.append(max(min(widest, column.most or widest), min(word, column.most or word)))
        least.append(widest if column.whole else min(word, wanted[-1]))
    return shared(wanted, least, console.width - _GAP * (len(columns) - 1))


@contextmanager
def bar(text: str, total: int | None) -> Iterator[Callable[[], None]]:
    """A bar on stderr; gives what to call after each step."""
    parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*parts, console=_console(stderr=True), transient=True) as progress:
        task = progress.add_task(text, total=total)
        yield lambda: progress.advance(task)
