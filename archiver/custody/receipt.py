"""The receipt of a drop: what became of it, written where its outcome is."""

from archiver.catalogue import aside, ledger, receipts
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.receipts import Receipt
from archiver.catalogue.store import Connection
from archiver.core.model import Arrival, Because, Digest, DocumentId, Outcome


def receipt_of(
    arrival: Arrival,
    when: Stamp,
    outcome: Outcome,
    *,
    digest: Digest,
    size: int,
    document: DocumentId | None,
    path: str,
    reasons: tuple[Because, ...],
) -> Receipt:
    """The receipt of what arrived; `path` is where it lies now, relative to the vault."""
    return Receipt(
        id=arrival.receipt,
        source=arrival.source,
        day=when.day,
        settled_at=when.at.isoformat(),
        outcome=outcome,
        digest=digest,
        size=size,
        document=document,
        path=path,
        reasons=reasons,
        within=arrival.within,
        folder=arrival.folder,
    )


def give(tx: Connection, arrival: Arrival, receipt: Receipt, when: Stamp) -> None:
    """Write the receipt of what arrived.

    A file of the quarantine has one already, which stays as it was: beside it is written what
    became of the file.
    """
    if arrival.again is None:
        receipts.give(tx, receipt)
        return
    settle(tx, receipt, when, act=arrival.again.act, reason=arrival.again.said)


def settle(tx: Connection, receipt: Receipt, when: Stamp, *, act: str, reason: str | None) -> None:
    """Write what became of a quarantined file, and the ledger's entry of it."""
    aside.settle(tx, receipt, when, act=act, reason=reason)
    facts: dict[str, ledger.Fact] = {
        "receipt": receipt.id,
        "act": act,
        "sha256": receipt.digest,
        "document": receipt.document,
    }
    ledger.append(tx, when, "quarantine_settled", facts)
