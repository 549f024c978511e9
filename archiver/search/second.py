"""Asking twice: what was asked first, and below it what is only near it."""

from dataclasses import replace

from archiver.search.base import Asked, Results, SearchEngine
from archiver.search.query import All, Not, Query


def twice(engine: SearchEngine, asked: Asked, widened: Query) -> tuple[Results, int]:
    """The page of `asked` in the list of all exact hits followed by all that are only near.

    Args:
        engine: any.
        asked: the exact question; its page counts in the joined list.
        widened: what finds more than its query (`search.near`).

    Returns:
        The page, and how many of its hits are exact. The total counts both kinds.

    Raises:
        IndexDamaged: there is no index, or it cannot be read.
    """
    exact = engine.search(asked)
    room = asked.limit - len(exact.hits)
    besides = engine.search(
        replace(
            asked,
            query=All((widened, Not(asked.query))),
            offset=max(0, asked.offset - exact.total),
            limit=max(1, room),
            facets=False,
        )
    )
    hits = (*exact.hits, *besides.hits[:room])
    return replace(exact, hits=hits, total=exact.total + besides.total), len(exact.hits)
