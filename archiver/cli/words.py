"""How codes are shown to people, and how what they typed is understood."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from archiver.catalogue import documents, tombstones
from archiver.catalogue.nearby import nearby
from archiver.cli.near import nearest
from archiver.cli.output import Value, plain, running
from archiver.cli.recall import as_number, recall
from archiver.core.errors import N_, Phrase, UsageError
from archiver.core.model import UNASSIGNED, Customer, Document
from archiver.core.names import readable
from archiver.core.normalise import compact
from archiver.custody.party import directory
from archiver.custody.tombstone import already_gone
from archiver.declarations.codes import OUTCOMES, called
from archiver.declarations.spoken import cause
from archiver.declarations.words import language, listing, translate
from archiver.vault.vault import Vault

_SIMILAR = 5
_AN_ID = re.compile(r"C\d+", re.IGNORECASE)
"""Of a customer."""


def word(words: Mapping[str, str]) -> Callable[[Value], str]:
    """Shows codes of one of the tables in `declarations.codes` in words."""
    return lambda value: called(words, plain(value))


outcome = word(OUTCOMES)


def counted(counts: Mapping[str, int], words: Mapping[str, str]) -> str:
    """How many of each code, in the order of the table."""
    template = translate(N_("{count} {word}"))
    found = (code for code in words if counts.get(code))
    return listing(template.format(count=counts[code], word=called(words, code)) for code in found)


def phrase(value: Value) -> str:
    """English text in the reader's language, where it knows how to be said in it."""
    return value.said(translate) if isinstance(value, Phrase) else cause(plain(value))


def reason_list(value: Value) -> str:
    """The sentences of a list of reasons."""
    found = value if isinstance(value, Sequence) else ()
    return running(plain(one["text"]) for one in found if isinstance(one, Mapping))


def minute(vault: Vault, instant: str) -> str:
    """An instant of ours as the clock of the archive showed it."""
    return f"{datetime.fromisoformat(instant).astimezone(vault.zone):%Y-%m-%d %H:%M}"


def category_label(vault: Vault, code: str) -> str:
    """The category in the reader's language."""
    return vault.categories.label(code, language())


def customer_meant(vault: Vault, text: str) -> Customer:
    """The same for a look only: a part of the name does, where one customer has it.

    Raises:
        UsageError: nobody or several have that name.
    """
    everybody, wanted = directory(vault), compact(text)
    found = [
        one
        for one in everybody.like(text)
        if any(wanted in compact(word) for word in (*one.names, *one.codes))
    ]
    alone = everybody.resolve(text) is None and len(found) == 1
    return found[0] if alone else customer_named(vault, text)


def customer_named(vault: Vault, text: str) -> Customer:
    """The customer a person named by id, name or alias.

    Raises:
        UsageError: nobody has that name; similar ones are named.
    """
    everybody = directory(vault)
    found = everybody.resolve(text)
    if found and found.id != UNASSIGNED:
        return found
    near = listing(one.name for one in everybody.like(text)[:_SIMILAR])
    if near:
        hint = N_("similar: {near}")
    elif _AN_ID.fullmatch(text.strip()):
        hint = N_("see them with: archiver customer list")
    else:
        hint = N_("add it: archiver customer add {name}")
    raise UsageError(N_("no customer {name}"), hint=hint, name=text, near=near)


def handle_of(vault: Vault, text: str) -> str:
    """What a person typed for a document; the number of a hit as the id it stood for.

    A path may be written as `search --paths` writes it.
    """
    root, number = vault.layout.root, as_number(text)
    if number is not None:
        return recall(root, number)
    return readable(text.strip()).removeprefix(f"{root}/")


def document_named(vault: Vault, text: str) -> Document:
    """The document a person named by id, archive number, path, digest or number of the last search.

    Raises:
        UsageError: there is none; one with a number like that is named.
        Refused: it has left the archive.
    """
    handle = handle_of(vault, text)
    with vault.catalogue.read() as tx:
        found = documents.find(tx, handle)
        gone = None if found else tombstones.find(tx, handle)
        near = None if found else nearby(tx, handle)
    if gone:
        raise already_gone(gone.document)
    if found is None:
        raise UsageError(
            N_("no document {name}"),
            hint=N_("did you mean {near}? find papers with: archiver search WORDS")
            if near
            else N_("ids look like D000001; find one with: archiver search WORDS"),
            name=handle,
            near=near,
        )
    return found


def category_named(vault: Vault, text: str) -> str:
    """The code of a category that a person named by code or label.

    Raises:
        UsageError: there is none.
    """
    found = vault.categories.resolve(text)
    if found is None:
        known = vault.categories.category
        spellings = [each for one in known for each in (one.code, one.label.zh, one.label.en)]
        near = nearest(text, spellings)
        raise UsageError(
            N_("no category {name}"),
            hint=N_("similar: {near}") if near else N_("the categories are: {known}"),
            name=text,
            near=listing(near),
            known=listing(vault.categories.label(one.code, language()) for one in known),
        )
    return found


def unknown(vault: Vault, categories: Iterable[str], customers: Iterable[str]) -> UsageError | None:
    """Why a search can find nothing: nobody knows one of its categories or customers."""
    everybody = directory(vault)
    try:
        for category in categories:
            category_named(vault, category)
    except UsageError as error:
        return error
    nobody = next((one for one in customers if not everybody.like(one)), None)
    if nobody is None:
        return None
    return UsageError(
        N_("no customer {name}"), hint=N_("see them with: archiver customer list"), name=nobody
    )
