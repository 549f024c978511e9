"""Gives a file that held several papers its one receipt, once each of them has its own."""

from collections.abc import Sequence

from archiver.catalogue import documents, ledger, receipts
from archiver.core.model import Because, Document, Outcome, Scan
from archiver.custody.receipt import give, receipt_of
from archiver.custody.stamp import stamp
from archiver.vault.vault import Vault

_WORST_LAST = (Outcome.DUPLICATE, Outcome.FILED, Outcome.REVIEW, Outcome.QUARANTINED)


def close(
    vault: Vault, scan: Scan, own: Document | None, pages: Sequence[str] = ()
) -> receipts.Receipt:
    """Write the receipt of the whole file: the worst outcome of what was inside counts.

    Args:
        vault: the open vault.
        scan: the file; its own paper and its parts have their receipts already.
        own: the document it is itself (a mail, a PDF); None for an archive or a batch scan.
        pages: of a batch scan, which of its pages became each part; what is in none was blank or
            a separator sheet.
    """
    arrival = scan.arrival
    with vault.catalogue.write() as tx:
        inside = receipts.parts_of(tx, arrival.receipt)
        own = own if own and documents.some(tx, [own.id]) else None  # it may have left meanwhile
        worst = max(inside, key=lambda one: _WORST_LAST.index(one.outcome))
        when = stamp(vault, tx)
        receipt = receipt_of(
            arrival,
            when,
            worst.outcome,
            digest=scan.digest,
            size=scan.size,
            document=own.id if own else None,
            path=own.path if own else worst.path,
            reasons=_reasons(inside),
        )
        give(tx, arrival, receipt, when)
        facts: dict[str, ledger.Fact] = {
            "receipt": receipt.id,
            "sha256": receipt.digest,
            "document": receipt.document,
            "parts": len(inside),
            "outcome": receipt.outcome.value,
        }
        if pages:
            facts["pages"] = " ".join(pages)
        ledger.append(tx, when, "splitting" if pages else "unpacking", facts)
    return receipt


def _reasons(inside: Sequence[receipts.Receipt]) -> tuple[Because, ...]:
    """That there is more than one paper, and each different reason that one of them has."""
    several = Because.of("holds_parts", parts=len(inside))
    open_ones = [one for one in inside if one.outcome in {Outcome.REVIEW, Outcome.QUARANTINED}]
    reasons = (because for one in open_ones for because in one.reasons)
    return (several, *dict.fromkeys(one for one in reasons if one.code != several.code))
