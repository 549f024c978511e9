"""Ledger entries that change nothing: who was shown or refused what, what was found, reported."""

from collections.abc import Mapping, Sequence

from archiver.catalogue import documents, ledger
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.store import Connection
from archiver.core.model import Digest, Document, DocumentId
from archiver.custody import incident
from archiver.custody.stamp import stamp
from archiver.vault.vault import Vault

INSPECTION = "fixity_check"
"""The ledger's word for a check."""
REPORT_MADE = "report_made"
"""The ledger's word for a periodic report."""


def seen(vault: Vault, document: Document, how: str) -> None:
    """A person was shown a document (`show`, `open`, `export`)."""
    with vault.catalogue.write() as tx:
        facts: dict[str, ledger.Fact] = {"document": document.id, "how": how}
        ledger.append(tx, stamp(vault, tx), "access", facts)


def inspected(
    vault: Vault,
    sound: Sequence[DocumentId],
    faults: tuple[tuple[str, str], ...],
    *,
    deep: bool,
) -> None:
    """An inspection of the store: which documents were sound, what was wrong (kind, document)."""
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        documents.checked(tx, sound, when.day)
        facts: dict[str, ledger.Fact] = {
            "sound": len(sound),
            "faults": len(faults),
            "damaged": sum(kind in {"altered", "unreadable"} for kind, _ in faults),
            "strangers": sum(kind == "extra" for kind, _ in faults),
            "deep": int(deep),
        }
        ledger.append(tx, when, INSPECTION, facts)
        _failed(vault, tx, when, faults)


def damaged(vault: Vault, faults: tuple[tuple[str, str], ...]) -> None:
    """Files that were looked at before an act were found damaged (kind, document)."""
    with vault.catalogue.write() as tx:
        _failed(vault, tx, stamp(vault, tx), faults)


def _failed(vault: Vault, tx: Connection, when: Stamp, faults: Sequence[tuple[str, str]]) -> None:
    """Write down what was found not as recorded; damage of a document opens an incident."""
    for kind, document in faults:
        ledger.append(tx, when, "fixity_failure", {"kind": kind, "document": document})
    incident.begin(vault, tx, when, faults)


def reported(
    vault: Vault, period: str, as_of: ledger.Head, files: Mapping[str, Digest], *, findings: int
) -> int:
    """A periodic report was made; gives the number of the entry.

    Args:
        vault: the open vault.
        period: the month it accounts for, `2026-10`.
        as_of: the last entry that the report knows.
        files: name → SHA-256 of what was written.
        findings: how many things it asks a person to do.
    """
    facts: dict[str, ledger.Fact] = {
        "period": period,
        "as_of": as_of.seq,
        "head": as_of.leaf,
        "findings": findings,
        **{f"sha256:{name}": digest for name, digest in files.items()},
    }
    with vault.catalogue.write() as tx:
        return ledger.append(tx, stamp(vault, tx), REPORT_MADE, facts)


def backed_up(
    vault: Vault, facts: Mapping[str, ledger.Fact], faults: tuple[tuple[str, str], ...]
) -> None:
    """A backup was made: of which head, with which manifest; what was found damaged meanwhile."""
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        ledger.append(tx, when, "backup_made", facts)
        _failed(vault, tx, when, faults)


def refused(vault: Vault, code: str, act: str) -> None:
    """Somebody tried what their roles do not allow; nothing else changed."""
    with vault.catalogue.write() as tx:
        ledger.append(tx, stamp(vault, tx), "refused", {"act": act, "code": code})
