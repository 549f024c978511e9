"""What only a terminal gets: drawn tables and moving bars. Loaded when there is one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table


def table(headings: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    """A table on stdout, as wide as the terminal allows."""
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in headings:
        drawn.add_column(heading, overflow="fold")
    for cell in cells:
        drawn.add_row(*cell)
    Console().print(drawn, highlight=False, markup=False)


@contextmanager
def bar(text: str, total: int | None) -> Iterator[Callable[[], None]]:
    """A bar on stderr; gives what to call after each step."""
    parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*parts, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(text, total=total)
        yield lambda: progress.advance(task)
