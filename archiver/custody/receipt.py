"""The receipt of a drop: what became of it, written where its outcome is."""

from archiver.catalogue.ledger import Stamp
from archiver.catalogue.receipts import Receipt
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
