"""Did you mean …? Where nothing is found: the same search with what is written nearly so."""

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest

from archiver.cli.narrowed import Filters
from archiver.core.normalise import searchable
from archiver.search.base import Asked, SearchEngine
from archiver.search.corrected import corrected


def meant(engine: SearchEngine, asked: Asked, said: str, filters: Filters) -> Iterator[str]:
    """What was perhaps meant, each a command ready to be typed, the likeliest first.

    Args:
        engine: the index.
        asked: what found nothing.
        said: the query as typed.
        filters: options of the command line that narrow it.
    """
    near = engine.search(replace(asked, suggest=True)).meant
    return iter(dict.fromkeys(_commands(said, filters, near)))


def _commands(said: str, filters: Filters, near: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Each the search with one choice for every word; the likeliest come first."""
    for row in zip_longest(*near.values()):
        chosen = {
            word: choice or others[0]
            for (word, others), choice in zip(near.items(), row, strict=True)
        }
        words = [corrected(said, chosen)] if said else []
        for option, value in filters.typed():
            new = chosen.get(searchable(value), value)
            words += [option, new.upper() if value.isupper() else new]
        yield shlex.join(["archiver", "search", *words])
