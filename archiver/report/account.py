"""Every file accounted for: received = filed + in review + duplicate + quarantined + waiting."""

from dataclasses import dataclass
from datetime import date

from archiver.catalogue import receipts
from archiver.core.model import Outcome, ReceiptId
from archiver.core.names import readable
from archiver.custody.stamp import today
from archiver.disk.claim import claims
from archiver.disk.guard import shape_of
from archiver.intake.sweep import sweep
from archiver.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Account:
    """Counts of drops by their outcome at receipt; `waiting` is as of now."""

    day: date | None
    filed: int
    review: int
    duplicate: int
    quarantined: int
    waiting: int

    @property
    def received(self) -> int:
        """All of them together."""
        return self.filed + self.review + self.duplicate + self.quarantined + self.waiting


def account(vault: Vault, day: date | None) -> Account:
    """The account of one trusted day, or of all days; only an account up to now has waiting."""
    with vault.catalogue.read() as tx:
        tally = receipts.tally(tx, day)
        current = day is None or day >= today(vault, tx)
    return Account(
        day=day,
        filed=tally[Outcome.FILED],
        review=tally[Outcome.REVIEW],
        duplicate=tally[Outcome.DUPLICATE],
        quarantined=tally[Outcome.QUARANTINED],
        waiting=waiting(vault) if current else 0,
    )


def waiting(vault: Vault) -> int:
    """Files in the inbox, and claims whose outcome is not written yet."""
    inbox = vault.layout.inbox
    with vault.catalogue.read() as tx:
        open_claims = sum(
            sum(1 for path in claim.rglob("*") if shape_of(path))
            for claim in claims(inbox)
            if receipts.get(tx, ReceiptId(readable(claim.name))) is None
        )
    return open_claims + sum(1 for _ in sweep(inbox))
