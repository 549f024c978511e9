"""Stories of what lies in quarantine."""

from pathlib import Path

from archiver.custody import party
from archiver.intake.again import hand_back, release_unread, retry
from archiver.intake.publish import publish
from archiver.vault.vault import Vault
from tests.faults.story import INSIDE, NAME, ONE_LESS, Story, known
from tests.intake.locked import KEY, PAPER, LockedReader, a_locked_zip, entries
from tests.worlds import (
    drop,
    ingest,
)


def _locks(vault: Vault, world: Path) -> None:
    """A reader that asks for a password: of this vault as it is open now."""
    vault.__dict__["reader"] = LockedReader()


def _shut(vault: Vault, world: Path) -> None:
    _locks(vault, world)
    known(vault)
    drop(vault, "a.txt", PAPER)
    drop(vault, "b.txt", INSIDE)
    ingest(vault)
    assert len(entries(vault)) == 1


def _shut_package(vault: Vault, world: Path) -> None:
    _locks(vault, world)
    known(vault)
    drop(vault, "a.zip", a_locked_zip(INSIDE, INSIDE))
    ingest(vault)
    assert len(entries(vault)) == 1


def _retry(vault: Vault, world: Path) -> None:
    _locks(vault, world)
    list(retry(vault, entries(vault), KEY))
    publish(vault)


def _release(vault: Vault, world: Path) -> None:
    whose = party.directory(vault).resolve(NAME)
    assert whose
    for entry in entries(vault):
        release_unread(vault, entry, whose, "other", reason="kept as it is")
    publish(vault)


def _hand_back(vault: Vault, world: Path) -> None:
    for entry in entries(vault):
        hand_back(vault, entry, "a cat")
    publish(vault)


_OPENED = (PAPER.encode(), INSIDE.encode())
_UNPACKED = (b"KEEP OUT", INSIDE.encode())

ASIDE = {
    "retry": Story(_shut, _retry, 2, _OPENED, first=_locks, again=_retry),
    "retry a package": Story(_shut_package, _retry, 1, _UNPACKED, first=_locks, again=_retry),
    "release": Story(_shut, _release, 2, _OPENED, first=_locks, again=_release),
    "return": Story(_shut, _hand_back, 2, ONE_LESS, first=_locks, again=_hand_back),
}
