"""Where arrivals come from: the inbox, files named on the command line, claims left behind.

A receipt is given before its file is touched: `R`, the instant, the token of the process that owns
the claim, chance, and the customer if the operator named one. So it sorts by time, nobody guesses
the next, and whoever finds the claim after a crash knows all that was known.
"""

import re
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from archiver.core.errors import N_, NotYet
from archiver.core.model import Arrival, CustomerId, ReceiptId
from archiver.core.names import readable
from archiver.disk.claim import claim, claim_copy, pending
from archiver.disk.guard import shape_of
from archiver.disk.owner import TOKEN
from archiver.vault.vault import Vault

_BEFORE_TOKEN = len("R20260520090000")
_TOKEN = re.compile(f"[0-9a-f]{{{TOKEN}}}")
_NOBODY = "nobody"


def new_receipt(at: datetime, owner: str, named: CustomerId | None = None) -> ReceiptId:
    """A fresh receipt id for a claim of `owner`."""
    fresh = f"R{at:%Y%m%d%H%M%S}{owner}{secrets.token_hex(4)}"
    return ReceiptId(f"{fresh}-{named}" if named else fresh)


def owner_of(receipt: ReceiptId) -> str:
    """The token of the process that gave a receipt; of any other name, that of nobody."""
    token = receipt[_BEFORE_TOKEN : _BEFORE_TOKEN + TOKEN]
    return token if _TOKEN.fullmatch(token) else _NOBODY


def take(vault: Vault, relative: str, owner: str, named: CustomerId | None) -> Arrival | None:
    """Claim one settled file of the inbox; None when somebody else was quicker.

    Raises:
        NotYet: it may not be taken from where it lies (its folder belongs to somebody else).
        OSError: the disk refused.
    """
    now = vault.clock()
    receipt = new_receipt(now, owner, named)
    try:
        path = claim(vault.layout.inbox, relative, receipt)
    except PermissionError as error:
        raise NotYet(
            N_("{file} cannot be taken from its folder: {why}"),
            file=readable(relative),
            why=error.strerror,
        ) from error
    return _arrival(receipt, readable(relative), path, now) if path else None


def take_copy(vault: Vault, given: Path, owner: str, named: CustomerId | None) -> Arrival:
    """Claim a copy of a file named on the command line; it stays where it is.

    Raises:
        NotYet: it changed while it was copied.
        OSError: it cannot be read, or the store refused.
    """
    now = vault.clock()
    receipt = new_receipt(now, owner, named)
    path = claim_copy(vault.layout.inbox, given, receipt)
    found = shape_of(path)
    if found is None:
        raise FileNotFoundError(path)
    return Arrival(receipt, readable(str(given)), path, None, named, now, found)


def left_behind(vault: Vault, ours: Callable[[str], bool]) -> Iterator[Arrival]:
    """The claims whose owner, by its token, is `ours`: waiting still, or a dead process's."""
    for receipt, relative, path in pending(vault.layout.inbox, lambda one: ours(owner_of(one))):
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
