"""Asking twice: what was asked first, and below it what is only near it."""

from dataclasses import replace

from archiver.search.base import Asked, Results, SearchEngine
from archiver.search.query import All, Not, Query


def joined(engine: SearchEngine, asked: Asked, exact: Results, widened: Query) -> Results:
    """The page of `asked` in the list of all exact hits followed by all that are only near.

    Args:
        engine: any.
        asked: the exact question; its page counts in the joined list.
        exact: the answer to it, whose hits come first.
        widened: what finds all that its query finds, and more (`search.near`).

    Returns:
        The page; total and counts are of both kinds.

    Raises:
        IndexDamaged: there is no index, or it cannot be read.
    """
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
    found = Results((*exact.hits, *besides.hits[:room]), exact.total + besides.total)
    if asked.facets:
        counts = engine.search(replace(asked, query=widened, limit=0, offset=0)).facets
        found = replace(found, facets=counts)
    return found
