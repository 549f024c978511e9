"""Ledger entries for looking: who was shown what, and what an inspection found."""

from collections.abc import Mapping

from archiver.catalogue import documents, ledger
from archiver.core.model import Document
from archiver.custody.stamp import stamp
from archiver.vault.vault import Vault


def seen(vault: Vault, document: Document, how: str) -> None:
    """A person was shown a document (`show`, `open`, `export`)."""
    with vault.catalogue.write() as tx:
        facts: dict[str, ledger.Fact] = {"document": document.id, "how": how}
        ledger.append(tx, stamp(vault, tx), "access", facts)


def inspected(
    vault: Vault, sound: tuple[Document, ...], faults: tuple[tuple[str, str], ...]
) -> None:
    """An inspection of the store: which documents were sound, what was wrong (kind, document)."""
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        documents.checked(tx, [one.id for one in sound], when.day)
        facts: dict[str, ledger.Fact] = {"sound": len(sound), "faults": len(faults)}
        ledger.append(tx, when, "fixity_check", facts)
        for kind, document in faults:
            ledger.append(tx, when, "fixity_failure", {"kind": kind, "document": document})


def backed_up(
    vault: Vault, facts: Mapping[str, ledger.Fact], faults: tuple[tuple[str, str], ...]
) -> None:
    """A backup was made: of which head, with which manifest; what was found damaged meanwhile."""
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        ledger.append(tx, when, "backup_made", facts)
        for kind, document in faults:
            ledger.append(tx, when, "fixity_failure", {"kind": kind, "document": document})
