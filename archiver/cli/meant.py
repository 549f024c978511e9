"""Did you mean …? Where nothing is found: the same search with what is written nearly so."""

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest

from archiver.cli.output import talk
from archiver.core.errors import N_
from archiver.core.normalise import searchable
from archiver.search.base import Asked, SearchEngine
from archiver.search.corrected import corrected

_OPTIONS = {"category": "--category", "customer": "--customer", "from_day": "--from"}
_OPTIONS["to_day"] = "--to"


def told_meant(
    engine: SearchEngine, asked: Asked, said: str, filters: Mapping[str, str | None]
) -> bool:
    """Say what was perhaps meant, ready to be typed; False when nothing is written nearly so.

    Args:
        engine: the index.
        asked: what found nothing.
        said: the query as typed.
        filters: options of the command line that narrow it.
    """
    meant = engine.search(replace(asked, suggest=True)).meant
    typed = list(dict.fromkeys(_commands(said, filters, meant)))
    if not typed:
        return False
    talk(N_("Nothing found. Did you mean:"))
    for one in typed:
        talk("  {command}", command=one)
    return True


def _commands(
    said: str, filters: Mapping[str, str | None], meant: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    """Each the search with one choice for every word; the likeliest come first."""
    for row in zip_longest(*meant.values()):
        chosen = {
            word: choice or others[0]
            for (word, others), choice in zip(meant.items(), row, strict=True)
        }
        words = [corrected(said, chosen)] if said else []
        for name, option in _OPTIONS.items():
            value = filters[name]
            if value:
                words += [option, chosen.get(searchable(value), value)]
        yield shlex.join(["archiver", "search", *words])
