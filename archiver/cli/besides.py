"""What a search finds when it may look for a little more than was asked, and how that is told."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice

from archiver.cli.output import talk
from archiver.core.errors import N_
from archiver.declarations.thesaurus import Thesaurus, read_thesaurus
from archiver.declarations.words import listing, translate
from archiver.search.base import Asked, Results, SearchEngine
from archiver.search.near import Forms, forms, left_out, near
from archiver.search.query import All, Not, Query
from archiver.search.second import joined
from archiver.vault.vault import Vault

_TOLD = 6
"""Other words that are named in the line; where there are more, an ellipsis follows."""


def answered(
    vault: Vault, asked: Asked, said: str, *, wanted: bool, alone: bool
) -> tuple[Results, Results]:
    """What the index answers, and the exact part of it, which comes first.

    Args:
        vault: the open vault.
        asked: the exact question.
        said: what was typed.
        wanted: what is near is asked for, too.
        alone: it is looked for unasked where nothing else is found.
    """
    found = exact = vault.search.search(asked)
    if wanted or (alone and not found.total):
        words = read_thesaurus(vault.layout.index)
        widened = near(asked.query, words)
        if widened != asked.query:
            found = joined(vault.search, asked, exact, widened)
        if found.total > exact.total:
            only_near = replace(asked, query=All((widened, Not(asked.query))))
            _tell(vault.search, only_near, words, (asked.query, "" if exact.total else said))
    return found, exact


def _tell(
    engine: SearchEngine, only_near: Asked, words: Thesaurus, typed: tuple[Query, str]
) -> None:
    """One line: what was looked for besides.

    Args:
        engine: the index.
        only_near: asks for what is near and not exact.
        words: what the second try knows.
        typed: the query; and what was typed, where it was found nowhere.
    """
    query, nothing = typed
    named = list(islice(_standing(engine, only_near, forms(query, words)), _TOLD + 1))
    told = [*named[:_TOLD], *(["…"] if len(named) > _TOLD else [])]
    little = [one.needle for one in left_out(query, words)]
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


def _standing(engine: SearchEngine, only_near: Asked, known: Forms) -> Iterator[str]:
    """The other words that stand in what is only near."""
    for other in dict.fromkeys(chain.from_iterable(known.values())):
        query = All((other, only_near.query))
        if engine.search(Asked(query, only_near.today, limit=0)).total:
            yield other.needle
