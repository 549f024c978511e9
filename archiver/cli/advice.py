"""What to try when a search finds nothing: said only where a person reads it."""

import importlib
from collections.abc import Iterator

from archiver.cli.meant import meant
from archiver.cli.otherwise import Typed, otherwise
from archiver.cli.output import talk
from archiver.core.errors import N_
from archiver.search.base import Asked
from archiver.search.query import All, AnyOf, Query, Text
from archiver.vault.vault import Vault

_WORDS = "archiver.cli.words"
"""Needs the catalogue, for which a search that finds something must not wait."""


def advise(
    vault: Vault, asked: Asked, typed: Typed, *, found: bool, alone: bool, wanted: bool
) -> None:
    """Nothing has exactly what was asked.

    Args:
        vault: the open vault.
        asked: the question.
        typed: its words.
        found: something near it was found.
        alone: a person looks at a table: commands are offered.
        wanted: what is near was asked for.
    """
    if alone:
        commands = [*otherwise(vault.search, asked, typed)]
        if not commands and not found:
            commands = [*meant(vault.search, asked, typed.said, typed.filters)]
        if commands:
            talk(N_("Did you mean:") if found else N_("Nothing found. Did you mean:"))
            for one in commands:
                talk("  {command}", command=one)
            return
    if found or _unknown(vault, typed):
        return
    if alone or wanted:
        talk(N_("Nothing found. Fewer words find more; date:2024-06 is a month."))
    else:
        talk(N_("Nothing found. With --near synonyms and the like are looked for too."))


def _unknown(vault: Vault, typed: Typed) -> bool:
    """Say which category or customer is not known at all; False when each is."""
    categories = [*typed.filters.category, *_asked(typed.tree, "category")]
    customers = [*typed.filters.customer, *_asked(typed.tree, "customer")]
    if not categories and not customers:
        return False
    unknown = importlib.import_module(_WORDS).unknown(vault, categories, customers)
    if unknown:
        talk(unknown.message, **unknown.facts)
        talk(unknown.hint, **unknown.facts)
    return unknown is not None


def _asked(query: Query, field: str) -> Iterator[str]:
    """The words that are asked of `field`, those under a NOT left out."""
    match query:
        case Text(needle, asked) if asked == field:
            yield needle
        case All(parts) | AnyOf(parts):
            for one in parts:
                yield from _asked(one, field)
