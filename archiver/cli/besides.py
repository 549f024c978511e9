"""What a search finds when it may look for a little more than was asked, and how that is told."""

from collections.abc import Iterator
from dataclasses import replace

from archiver.cli.output import talk
from archiver.core.errors import N_
from archiver.declarations.thesaurus import Thesaurus, read_thesaurus
from archiver.declarations.words import listing, translate
from archiver.search.base import Asked, Results, SearchEngine
from archiver.search.near import forms, left_out, near
from archiver.search.query import All, Not
from archiver.search.second import twice
from archiver.vault.vault import Vault

_TOLD = 6
"""Other words that are named in the line; where there are more, an ellipsis follows."""


def answered(
    vault: Vault, asked: Asked, said: str, *, wanted: bool, alone: bool
) -> tuple[Results, int]:
    """What the index answers, and how many of the hits are exact.

    Args:
        vault: the open vault.
        asked: the exact question.
        said: what was typed.
        wanted: what is near is asked for, too.
        alone: it is looked for unasked where nothing else is found.
    """
    if not wanted:
        found = vault.search.search(asked)
        if found.total or not alone:
            return found, len(found.hits)
    words = read_thesaurus(vault.layout.index)
    widened = near(asked.query, words)
    if widened == asked.query:
        found = vault.search.search(asked)
        return found, len(found.hits)
    found, exact = twice(vault.search, asked, widened)
    if found.total > exact:
        _tell(vault.search, asked, words, said if not exact else "")
    return found, exact


def _tell(engine: SearchEngine, asked: Asked, words: Thesaurus, nothing: str) -> None:
    """One line: what was looked for besides. `nothing`: what was typed, and found nowhere."""
    named = list(_standing(engine, asked, words))
    told = [*named[:_TOLD], *(["…"] if len(named) > _TOLD else [])]
    little = [one.needle for one in left_out(asked.query, words)]
    if little:
        told.append(translate(N_("without {words}")).format(words=listing(little)))
    if nothing:
        talk(
            N_("Nothing has exactly {said}; near it: {besides}"),
            said=nothing,
            besides=listing(told),
        )
    else:
        talk(N_("Below them what is only near: {besides}"), besides=listing(told))


def _standing(engine: SearchEngine, asked: Asked, words: Thesaurus) -> Iterator[str]:
    """The other words that stand in what is only near."""
    rest = All((near(asked.query, words), Not(asked.query)))
    found = forms(asked.query, words).values()
    for other in dict.fromkeys(one for others in found for one in others):
        query = All((other, rest))
        ask = replace(asked, query=query, offset=0, limit=1, facets=False, snippets=False)
        if engine.search(ask).total:
            yield other.needle
