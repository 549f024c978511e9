"""When and by whom: taken once at the start of every transaction."""

from datetime import date, datetime

from archiver.catalogue import numbers
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.store import Connection
from archiver.core.clock import civil_day
from archiver.custody.person import acting
from archiver.judge.clock import Trusted, trusted
from archiver.vault.vault import Vault

_LAST_TRUSTED = "last_trusted"


def stamp(vault: Vault, tx: Connection) -> Stamp:
    """The instant, the trusted day, and the id of the person who acts.

    The trusted day is the highest day seen: a clock set back does not make an entry older. One that
    jumped ahead further than the settings believe raises nothing until two people confirm it.
    """
    now = vault.clock()
    last = trusted_day(tx)
    day = _trust(vault, tx, now).day
    if day != last:
        trust_from_now(tx, day)
    return Stamp(now, day, acting(vault, tx))


def trust(vault: Vault, tx: Connection) -> Trusted:
    """The trusted day as of now, and whether the clock disagrees; nothing is written."""
    return _trust(vault, tx, vault.clock())


def _trust(vault: Vault, tx: Connection, now: datetime) -> Trusted:
    return trusted(trusted_day(tx), civil_day(now, vault.zone), vault.settings.clock.most)


def trusted_day(tx: Connection) -> date:
    """The highest civil day this vault has seen and believed."""
    return date.fromisoformat(numbers.recall(tx, _LAST_TRUSTED) or date.min.isoformat())


def trust_from_now(tx: Connection, day: date) -> None:
    """Make `day` the trusted day."""
    numbers.remember(tx, _LAST_TRUSTED, day.isoformat())


def today(vault: Vault, tx: Connection) -> date:
    """The trusted day as of now, without writing anything."""
    return trust(vault, tx).day
