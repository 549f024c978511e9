"""What the clock of the machine says, and what the archive believes of it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from archiver.catalogue import ledger
from archiver.catalogue.store import Connection
from archiver.core.clock import civil_day
from archiver.core.errors import Busy, VaultError
from archiver.core.model import DocumentId
from archiver.custody.stamp import trust, trust_from_now, trusted_day
from archiver.vault.vault import Vault

BEHIND, AHEAD = "behind", "ahead"


@dataclass(frozen=True, slots=True)
class Reading:
    """The clock and the trusted day.

    Attributes:
        trusted: the day everything is worked out for.
        shown: the civil day the clock shows.
        anomaly: how the clock is wrong: `behind`, `ahead`; None when it is believed.
        since: the instant, by that clock, of the first act under it; None before any act.
    """

    trusted: date
    shown: date
    anomaly: str | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Run:
    """The newest entries of the ledger, all written under a clock that was not believed.

    Attributes:
        first: the number of the oldest of them; None when there is none.
        since: its instant, by that clock.
        papers: the documents they are about.
    """

    first: int | None
    since: datetime | None
    papers: frozenset[DocumentId]


def clock_day(vault: Vault) -> date:
    """The civil day the clock shows, believed or not."""
    return civil_day(vault.clock(), vault.zone)


def look(vault: Vault) -> None:
    """Remember the highest day that was seen: whoever only looks has seen it too.

    Otherwise a clock set back after a quiet year would be believed. Who cannot write still looks.
    """
    with vault.catalogue.read() as tx:
        if trust(vault, tx).day == trusted_day(tx):
            return
    with suppress(Busy, VaultError), vault.catalogue.write() as tx:
        trust_from_now(tx, trust(vault, tx).day)


def read_clock(vault: Vault, tx: Connection) -> Reading:
    """What the clock says now; nothing is written."""
    found, shown = trust(vault, tx), clock_day(vault)
    if not found.anomaly:
        return Reading(found.day, shown, None, None)
    wrong = AHEAD if shown > found.day else BEHIND
    return Reading(found.day, shown, wrong, distrusted(vault, tx).since)


def distrusted(vault: Vault, tx: Connection) -> Run:
    """What was done since the clock was last believed.

    The ledger tells: an entry has the instant of the clock and the trusted day, and these differ
    as long as it is not believed.
    """
    first, since, papers = None, None, set()
    for entry in ledger.newest_first(tx):
        if civil_day(entry.at, vault.zone) == entry.day:
            break
        first, since = entry.seq, entry.at
        if document := entry.facts.get("document"):
            papers.add(DocumentId(str(document)))
    return Run(first, since, frozenset(papers))
