"""What there is in a vault that a person may name; asked by the Tab key."""

from archiver.catalogue import aside, documents, events, holds, incidents
from archiver.catalogue import customers as parties
from archiver.catalogue import tags as words
from archiver.cli.complete import Offer
from archiver.cli.kinds import kinds as every_kind
from archiver.cli.kinds import names
from archiver.core.model import UNASSIGNED
from archiver.custody import act
from archiver.declarations.codes import EVENTS, FAULTS, called
from archiver.declarations.sentences import sentence
from archiver.declarations.words import language
from archiver.vault.vault import Vault


def customers(vault: Vault) -> list[Offer]:
    """Every name of every customer, with the id."""
    with vault.catalogue.read() as tx:
        found = parties.all_customers(tx)
    return [(name, one.id) for one in found if one.id != UNASSIGNED for name in one.names]


def categories(vault: Vault) -> list[Offer]:
    """Labels in both languages, then codes: each beside the others."""
    found = vault.categories.category
    chinese = [(one.label.zh, one.label.en) for one in found]
    english = [(one.label.en, one.label.zh) for one in found]
    codes = [(one.code, one.label.zh) for one in found]
    first, second = (english, chinese) if vault.settings.lang == "en" else (chinese, english)
    return [*first, *codes, *second]


def waiting(vault: Vault) -> list[Offer]:
    """The review queue: ids with their titles."""
    with vault.catalogue.read() as tx:
        return [(one.id, one.title) for one in documents.waiting(tx)]


def unconfirmed(vault: Vault) -> list[Offer]:
    """Events that were only read, each with what happened and when."""
    with vault.catalogue.read() as tx:
        found = events.waiting(tx)
    return [(one.id, f"{called(EVENTS, one.type)} {one.day.isoformat()}") for one in found]


def kinds(vault: Vault) -> list[Offer]:
    """Events that can be recorded: codes with their labels, then labels with their codes."""
    codes = [(one, called(EVENTS, one)) for one in every_kind(vault)]
    labels = [(name, code) for name, code in names(vault).items() if name not in EVENTS]
    return [*labels, *codes] if vault.settings.lang == "zh" else [*codes, *labels]


def proposed(vault: Vault) -> list[Offer]:
    """Acts that wait for a second person, each with what it is about and why."""
    with vault.catalogue.read() as tx:
        found = act.waiting(vault, tx)
    return [(one.id, f"{one.subject} {one.reason}") for one in found]


def damaged(vault: Vault) -> list[Offer]:
    """Documents with an open incident, each with what is wrong."""
    with vault.catalogue.read() as tx:
        found = incidents.of(tx)
    return [(one.document, called(FAULTS, one.kind)) for one in found]


def placed(vault: Vault) -> list[Offer]:
    """Holds that are not released, each with what it is on and why."""
    with vault.catalogue.read() as tx:
        found = holds.active(tx)
    return [(one.id, f"{one.target} {one.reason}") for one in found]


def quarantined(vault: Vault) -> list[Offer]:
    """Receipts in quarantine, each with the file and why."""
    with vault.catalogue.read() as tx:
        found = aside.entries(tx)
    return [
        (one.receipt.id, f"{one.receipt.source} {' '.join(map(sentence, one.reasons))}")
        for one in found
    ]


def tags(vault: Vault) -> list[Offer]:
    """Every tag, with the number of documents that have it."""
    with vault.catalogue.read() as tx:
        return [(tag, str(count)) for tag, count in words.known(tx)]


def rules(vault: Vault) -> list[Offer]:
    """Rules of retention: ids with their titles."""
    return [(one.id, one.title.said(language())) for one in vault.rules.rules]
