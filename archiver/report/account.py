"""Every file accounted for: received = filed + in review + duplicate + quarantined + waiting.

The two sides are counted from records kept apart: what was received from the entries of the ledger,
its outcomes from the receipts. So the sum proves something.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from archiver.catalogue import ledger, receipts
from archiver.catalogue.receipts import Receipt
from archiver.catalogue.store import Connection
from archiver.core.model import Because, DocumentId, Outcome, ReceiptId
from archiver.core.names import readable
from archiver.custody.stamp import today
from archiver.disk.claim import claims
from archiver.disk.guard import shape_of
from archiver.intake.sweep import Stuck, sweep
from archiver.vault.vault import Vault

_TAKEN = ("ingestion", "duplicate", "quarantine", "unpacking", "splitting")
"""Acts that give a drop its outcome: each names the receipt."""


@dataclass(frozen=True, slots=True)
class Account:
    """Counts of drops by their outcome at receipt; `waiting` is as of now.

    Attributes:
        first: the first day counted; None for an account of all days.
        last: the last.
        received: drops that the ledger knows, and what waits.
        differs: receipts that only one of ledger and catalogue knows: must be none.
    """

    first: date | None
    last: date | None
    received: int
    filed: int
    review: int
    duplicate: int
    quarantined: int
    waiting: int
    differs: tuple[ReceiptId, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One file behind the numbers; without receipt, day and document while it waits."""

    receipt: ReceiptId | None
    source: str
    day: date | None
    outcome: Outcome
    document: DocumentId | None
    path: str
    reasons: tuple[Because, ...]


def account(vault: Vault, first: date | None, last: date | None = None) -> Account:
    """The account of some trusted days; only one that reaches up to now has waiting.

    Args:
        vault: the open vault.
        first: the first day; None for all days.
        last: the last day; None for the first day alone.
    """
    last = last or first
    lying = len(_waiting(vault))
    with vault.catalogue.read() as tx:
        tally = receipts.tally(tx, first, last)
        given = set(receipts.ids(tx, first, last))
        known = in_ledger(tx, first, last)
        current = last is None or last >= today(vault, tx)
    return Account(
        first=first,
        last=last,
        received=len(known) + (lying if current else 0),
        filed=tally[Outcome.FILED],
        review=tally[Outcome.REVIEW],
        duplicate=tally[Outcome.DUPLICATE],
        quarantined=tally[Outcome.QUARANTINED],
        waiting=lying if current else 0,
        differs=tuple(sorted(given ^ known)),
    )


def in_ledger(tx: Connection, first: date | None, last: date | None) -> set[ReceiptId]:
    """The drops of some days by the ledger; a later try has the receipt of its drop."""
    days: dict[str, date] = {}
    for entry in ledger.noted(tx, _TAKEN):
        days.setdefault(str(entry.facts.get("receipt")), entry.day)
    return {
        ReceiptId(receipt)
        for receipt, day in days.items()
        if "." not in receipt and (first or day) <= day <= (last or day)
    }


def items(
    vault: Vault, first: date | None, last: date | None, outcome: Outcome | None
) -> Iterator[Item]:
    """The files behind an account, oldest first: those of one outcome, or all; waiting ones last.

    Args:
        vault: the open vault.
        first: the first day; None for all days.
        last: the last day; None for the first day alone.
        outcome: as at receipt; None for all.
    """
    last = last or first
    with vault.catalogue.read() as tx:
        current = last is None or last >= today(vault, tx)
        for one in receipts.drops(tx, first, last):
            if outcome in {None, one.outcome}:
                yield _item(one)
    if current and outcome in {None, Outcome.WAITING}:
        yield from _waiting(vault)


def _item(receipt: Receipt) -> Item:
    return Item(
        receipt=receipt.id,
        source=receipt.source,
        day=receipt.day,
        outcome=receipt.outcome,
        document=receipt.document,
        path=receipt.path,
        reasons=receipt.reasons,
    )


def waiting(vault: Vault) -> int:
    """Files in the inbox, and claims whose outcome is not written yet."""
    return len(_waiting(vault))


def _waiting(vault: Vault) -> list[Item]:
    """The files that `waiting` counts."""
    inbox = vault.layout.inbox
    lying = [
        _lies(vault, one.relative, (one.because,) if isinstance(one, Stuck) else ())
        for one in sweep(inbox)
    ]
    return [*_claimed(vault), *lying]


def _claimed(vault: Vault) -> Iterator[Item]:
    """Files in the hands of an intake, or of one that died."""
    inbox = vault.layout.inbox
    with vault.catalogue.read() as tx:
        for claim in claims(inbox):
            if receipts.get(tx, ReceiptId(readable(claim.name))) is None:
                for path in filter(shape_of, claim.rglob("*")):
                    yield _lies(vault, path.relative_to(inbox).as_posix(), ())


def _lies(vault: Vault, relative: str, reasons: tuple[Because, ...]) -> Item:
    shown = readable(relative)
    path = vault.layout.relative(vault.layout.inbox)
    return Item(None, shown, None, Outcome.WAITING, None, f"{path}/{shown}", reasons)
