"""Where arrivals come from: the inbox, files named on the command line, claims left behind."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from archiver.core.model import Arrival, CustomerId, ReceiptId
from archiver.core.names import readable
from archiver.disk.claim import claim, claim_copy, pending
from archiver.disk.guard import shape_of
from archiver.vault.vault import Vault


def new_receipt(at: datetime, named: CustomerId | None = None) -> ReceiptId:
    """A fresh receipt id: sorts by time, nobody guesses the next, and it survives a crash.

    A customer named by the operator is part of it, so that a claim found later still knows.
    """
    fresh = f"R{at:%Y%m%d%H%M%S}{secrets.token_hex(6)}"
    return ReceiptId(f"{fresh}-{named}" if named else fresh)


def take(vault: Vault, relative: str, named: CustomerId | None) -> Arrival | None:
    """Claim one settled file of the inbox; None when somebody else was quicker."""
    now = vault.clock()
    receipt = new_receipt(now, named)
    path = claim(vault.layout.inbox, relative, receipt)
    return _arrival(receipt, readable(relative), path, now) if path else None


def take_copy(vault: Vault, given: Path, named: CustomerId | None) -> Arrival:
    """Claim a copy of a file named on the command line; it stays where it is.

    Raises:
        NotYet: it changed while it was copied.
        OSError: it cannot be read, or the store refused.
    """
    now = vault.clock()
    receipt = new_receipt(now, named)
    path = claim_copy(vault.layout.inbox, given, receipt)
    found = shape_of(path)
    if found is None:
        raise FileNotFoundError(path)
    return Arrival(receipt, readable(str(given)), path, None, named, now, found)


def left_behind(vault: Vault) -> Iterator[Arrival]:
    """Claims of a process that died; only for one who is alone."""
    for receipt, relative, path in pending(vault.layout.inbox):
        arrival = _arrival(receipt, relative, path, vault.clock())
        if arrival:
            yield arrival


def _arrival(receipt: ReceiptId, relative: str, path: Path, now: datetime) -> Arrival | None:
    found = shape_of(path)
    if found is None:
        return None
    source = readable(relative)
    folder, slash, _ = source.partition("/")
    _, _, named = receipt.partition("-")
    return Arrival(
        receipt=receipt,
        source=source,
        path=path,
        folder=folder if slash else None,
        named=CustomerId(named) if named else None,
        received=now,
        shape=found,
    )
