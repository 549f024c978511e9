"""Options that say which hits of a search are shown, and in which order."""

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

import click

from archiver.core.errors import N_

_SORTS = ("score", "date", "added", "customer")


class Page(NamedTuple):
    """Which hits: `limit` is None where none was given."""

    sort: str
    limit: int | None
    offset: int


def with_page(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command these options; it receives `page`."""

    @click.option(
        "--sort",
        type=click.Choice(_SORTS),
        default="score",
        help=N_("order of the hits; of days the newest first"),
    )
    @click.option("--limit", type=click.IntRange(1, 10000), help=N_("how many hits; 20 without it"))
    @click.option(
        "--offset", type=click.IntRange(0), default=0, help=N_("how many hits to pass over")
    )
    @functools.wraps(function)
    def wrapped(
        *,
        sort: str,
        limit: int | None,
        offset: int,
        **options: Any,  # noqa: ANN401 - passes through
    ) -> Any:  # noqa: ANN401 - passes through
        return function(page=Page(sort, limit, offset), **options)

    return wrapped
