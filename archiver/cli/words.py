"""How codes are shown to people, and how what they typed is understood."""

from collections.abc import Callable, Mapping, Sequence

from archiver.catalogue import documents
from archiver.cli.output import Value, plain, running
from archiver.core.errors import N_, Phrase, UsageError
from archiver.core.model import UNASSIGNED, Customer, Document
from archiver.custody.party import directory
from archiver.declarations.codes import OUTCOMES, called
from archiver.declarations.spoken import cause
from archiver.declarations.words import language, listing, translate
from archiver.vault.vault import Vault


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


def category_label(vault: Vault, code: str) -> str:
    """The category in the reader's language."""
    return vault.categories.label(code, language())


def customer_named(vault: Vault, text: str) -> Customer:
    """The customer a person named by id, name or alias.

    Raises:
        UsageError: nobody has that name; similar ones are named.
    """
    everybody = directory(vault)
    found = everybody.resolve(text)
    if found and found.id != UNASSIGNED:
        return found
    near = listing(one.name for one in everybody.near(text))
    hint = N_("similar: {near}") if near else N_("add it: archiver customer add {name}")
    raise UsageError(N_("no customer {name}"), hint=hint, name=text, near=near)


def document_named(vault: Vault, text: str) -> Document:
    """The document a person named by id, archive number, path or digest.

    Raises:
        UsageError: there is none.
    """
    with vault.catalogue.read() as tx:
        found = documents.find(tx, text)
    if found is None:
        raise UsageError(
            N_("no document {name}"),
            hint=N_("ids look like D000001; find one with: archiver search"),
            name=text,
        )
    return found


def category_named(vault: Vault, text: str) -> str:
    """The code of a category that a person named by code or label.

    Raises:
        UsageError: there is none.
    """
    found = vault.categories.resolve(text)
    if found is None:
        known = listing(
            vault.categories.label(one.code, language()) for one in vault.categories.category
        )
        raise UsageError(
            N_("no category {name}"), hint=N_("the categories are: {known}"), name=text, known=known
        )
    return found
