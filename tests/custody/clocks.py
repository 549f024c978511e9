"""What tests of the clock share: a cautious vault, hands to turn, the days of papers."""

from datetime import date, timedelta

from archiver.catalogue import keepings
from archiver.core.model import DocumentId
from archiver.vault.vault import Vault
from tests.worlds import NOW

MOST = 90
START = NOW.date()


def cautious(vault: Vault) -> None:
    """As shipped: a jump of more than 90 days is not believed."""
    clock = vault.settings.clock.model_copy(update={"max_unattended_days": MOST})
    vault.settings = vault.settings.model_copy(update={"clock": clock})


def on(vault: Vault, days: int) -> None:
    """The clock shows so many days after the start."""
    vault.clock = lambda: NOW + timedelta(days=days)


def days_of(vault: Vault) -> dict[DocumentId, tuple[date, date]]:
    """Document → its days of receipt and inspection."""
    with vault.catalogue.read() as tx:
        kept = keepings.kept(tx)
        return {DocumentId(one.id): (one.received_on, one.checked_on) for one in kept}
