"""What kinds of event there are, and how a person may name one."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

import click

from archiver.cli.door import opened
from archiver.cli.near import OneOf
from archiver.core.errors import ArchiverError
from archiver.custody.rules import in_force
from archiver.declarations.codes import EVENTS, called
from archiver.declarations.words import LANGUAGES, language, speaking, translate
from archiver.judge.proofs import events_of
from archiver.vault.vault import Vault


def kinds(vault: Vault) -> list[str]:
    """Codes: the published ones first, then those that only a rule in force counts from."""
    with vault.catalogue.read() as tx:
        own = events_of(in_force(vault, tx)) - EVENTS.keys()
    return [*EVENTS, *sorted(own)]


def names(vault: Vault) -> dict[str, str]:
    """What a kind may be called, in either language or by its code → its code."""
    found: dict[str, str] = {}
    for lang in LANGUAGES:
        with speaking(lang):
            found |= {translate(label).casefold(): code for code, label in EVENTS.items()}
    return {**found, **{code.casefold(): code for code in kinds(vault)}}


def kind_named(vault: Vault, text: str) -> str:
    """The code of the kind that a person named.

    Raises:
        click.BadParameter: there is none; says which was probably meant.
    """
    known = names(vault)
    found = known.get(text.strip().casefold())
    if found:
        return found
    context = click.get_current_context()
    (param,) = (one for one in context.command.params if one.name == "kind")
    mine = [called(EVENTS, code) for code in EVENTS] if language() == "zh" else []
    return OneOf([*mine, *kinds(vault)]).convert(text, param, context)


def section() -> Sequence[tuple[str, str]]:
    """Every kind with its label, for help; the company's own where there is a vault to ask."""
    return list(_listed())


def _listed() -> Iterator[tuple[str, str]]:
    found = list(EVENTS)
    with suppress(ArchiverError, OSError), opened() as vault:
        found = kinds(vault)
    for code in found:
        yield code, called(EVENTS, code) if code in EVENTS else ""
