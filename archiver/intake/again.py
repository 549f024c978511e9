"""Files of the quarantine, taken once more: because somebody says so, or their moment has come.

Whoever settles one holds a lock, so that two never settle the same.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from itertools import chain

from archiver.catalogue import aside
from archiver.catalogue.aside import Entry
from archiver.core.errors import N_, Busy, DamageFound, DocumentError, UsageError
from archiver.core.model import (
    Again,
    Arrival,
    Customer,
    CustomerId,
    Document,
    ReceiptId,
    Scan,
    Shape,
)
from archiver.custody import party, settlement
from archiver.disk.digest import digest_of
from archiver.disk.guard import only_one, shape_of
from archiver.intake.backoff import next_try
from archiver.intake.ingest import take_all
from archiver.intake.shift import Shift
from archiver.intake.taken import Taken
from archiver.reading.page import LOCKED
from archiver.reading.sniff import media_type
from archiver.vault.vault import Vault

_UNKNOWN = "application/octet-stream"
_ASKED_PASSWORD = {"encrypted", "unknown_lock", "wrong_password"}


def retry(vault: Vault, wanted: Iterable[Entry], password: str | None) -> Iterator[Taken]:
    """Take quarantined files in once more, after what a crash left behind in the inbox.

    Args:
        vault: the open vault.
        wanted: those not settled.
        password: opens them; it is never written anywhere.

    Raises:
        Busy: somebody else settles files of the quarantine just now.
    """
    with _alone(vault), _at_work(vault) as shift:
        left = shift.left()
        # Looked up again: somebody may have settled one while we waited for the lock.
        ids = [one.receipt.id for one in wanted]
        again = (_tried(vault, one, password) for one in _unsettled(vault, ids))
        yield from take_all(vault, chain(left, again))


def retry_due(vault: Vault) -> Iterator[Taken]:
    """Take those once more whose moment has come; for an intake that is at work already.

    Nothing happens while somebody else settles files of the quarantine.
    """
    if not _due(vault):
        return
    with suppress(Busy), _alone(vault):
        yield from take_all(vault, (_tried(vault, one, None) for one in _due(vault)))


def due_at(entry: Entry) -> datetime | None:
    """When a file is tried again by itself; None when only a person can help."""
    if entry.settled:
        return None
    return next_try(entry.reasons[0].code, entry.tries, datetime.fromisoformat(entry.last))


def release_unread(
    vault: Vault, entry: Entry, customer: Customer, category: str, *, reason: str | None
) -> Document:
    """File it unread under a customer, because a person vouches for it.

    Raises:
        Busy: somebody else settles files of the quarantine just now.
        UsageError: somebody settled it meanwhile.
        DamageFound: the file in quarantine is gone, or not the one that was dropped.
    """
    with _alone(vault), _at_work(vault):
        party.confirm(vault, customer.id)
        arrival = _vouched(vault, entry, Again("released", entry.receipt.digest, said=reason))
        digest = entry.receipt.digest or digest_of(arrival.path)[0]
        scan = Scan(arrival, digest, entry.receipt.size, _kind(arrival))
        locked = any(one.code in _ASKED_PASSWORD for one in entry.reasons)
        facts = ((LOCKED, "password"),) if locked else ()
        document = settlement.file_unread(vault, scan, facts, whose=customer, category=category)
        settlement.clear_away(vault)
    return document


def hand_back(vault: Vault, entry: Entry, reason: str) -> str:
    """It is no paper: give the file back by way of `exports/`; gives where it lies there.

    Raises:
        Busy: somebody else settles files of the quarantine just now.
        UsageError: somebody settled it meanwhile.
        DamageFound: the file in quarantine is gone, or not the one that was dropped.
    """
    with _alone(vault), _at_work(vault):
        _vouched(vault, entry, Again("returned", entry.receipt.digest))
        return settlement.hand_back(vault, entry.receipt, reason)


def set_right(vault: Vault) -> None:
    """Finish what somebody settled who died over it; for an intake that is at work already."""
    settlement.clear_away(vault)
    with vault.catalogue.read() as tx:
        begun = aside.begun(tx)
    if begun:
        with suppress(Busy), _alone(vault):
            settlement.cut_short(vault)


def _at_work(vault: Vault) -> Shift:
    return Shift(vault, "quarantine")


def _alone(vault: Vault) -> AbstractContextManager[None]:
    return only_one(vault.layout.settling, "quarantine")


def _unsettled(vault: Vault, wanted: Iterable[ReceiptId]) -> list[Entry]:
    ids = set(wanted)
    with vault.catalogue.read() as tx:
        return [one for one in aside.entries(tx) if one.receipt.id in ids]


def _due(vault: Vault) -> list[Entry]:
    now = vault.clock()
    with vault.catalogue.read() as tx:
        found = aside.entries(tx)
    return [one for one in found if (moment := due_at(one)) and moment <= now]


def _tried(vault: Vault, entry: Entry, password: str | None) -> Arrival:
    """The file as it arrives once more; that it does is written down first."""
    settlement.begin(vault, entry.receipt.id)
    return _arrival(vault, entry, Again("retried", entry.receipt.digest, password))


def _vouched(vault: Vault, entry: Entry, again: Again) -> Arrival:
    """The same for a file nobody will read: it must be there, and be what was dropped."""
    if not _unsettled(vault, [entry.receipt.id]):
        raise settled_already(entry.receipt.id)
    path = vault.layout.root / entry.receipt.path
    if shape_of(path) is None or digest_of(path)[0] != entry.receipt.digest:
        raise DamageFound(
            N_("{path} is gone, or is not the file that was dropped"),
            hint=N_("put the file back from a backup, then run the command again"),
            path=entry.receipt.path,
        )
    settlement.begin(vault, entry.receipt.id)
    return _arrival(vault, entry, again)


def settled_already(receipt: ReceiptId) -> UsageError:
    """What one is told who asks for a file that has left the quarantine."""
    return UsageError(
        N_("{receipt} has left the quarantine already"),
        hint=N_("see what became of it: archiver quarantine show {receipt}"),
        receipt=receipt,
    )


def _arrival(vault: Vault, entry: Entry, again: Again) -> Arrival:
    """Under the receipt of the drop, with what it says of the customer."""
    receipt = entry.receipt
    path = vault.layout.root / receipt.path
    drop, _, _ = receipt.id.partition(".")
    _, _, named = drop.partition("-")
    return Arrival(
        receipt=receipt.id,
        source=receipt.source,
        path=path,
        folder=receipt.folder,
        named=CustomerId(named) if named else None,
        received=vault.clock(),
        shape=shape_of(path) or Shape(receipt.size, 0, 0),
        within=receipt.within,
        again=again,
    )


def _kind(arrival: Arrival) -> str:
    try:
        return media_type(arrival.path)
    except DocumentError:
        return _UNKNOWN
