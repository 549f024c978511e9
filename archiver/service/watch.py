"""The resident service: takes in whatever settles in the inbox, until it is told to stop.

Events are hints that make it look sooner; the sweep is the truth. Nothing but a bug or a broken
vault ends it: an inbox that is gone is waited for, a full disk is tried again.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from threading import Event
from time import monotonic

from archiver.core.errors import VaultError
from archiver.core.model import Arrival, Because, Outcome
from archiver.intake.again import retry_due
from archiver.intake.inbox import STILL, Inbox, Look, still
from archiver.intake.ingest import take_all
from archiver.intake.shift import Shift
from archiver.intake.taken import Taken, waits
from archiver.service.eyes import Eyes
from archiver.service.housekeeping import Housekeeping
from archiver.vault.vault import Vault

_STEP = 0.25
"""Seconds between two looks while something is settling."""
_AT_ONCE = 1000
"""Papers after which the inbox is looked at again, however many wait."""
_SHARE = 10
"""Looking may take a tenth of the time: a huge inbox on a slow line is looked at less often."""
_A_WHILE = 600.0
"""Seconds after which a file that still comes is worth a word."""
_LONGEST_PAUSE = 300.0
"""Seconds until a refusal that goes on is tried again."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Bell:
    """Wakes the service: rung by events of the file system, and to make it stop."""

    rung: Event = field(default_factory=Event)
    stopped: Event = field(default_factory=Event)

    def stop(self) -> None:
        """End the service after the paper in hand."""
        self.stopped.set()
        self.rung.set()

    def wait(self, seconds: float) -> None:
        """Sleep until rung, at most so long."""
        self.rung.wait(seconds)
        self.rung.clear()


def watch(vault: Vault, bell: Bell, tell: Callable[[Taken], None], *, sweep: float) -> None:
    """Serve until the bell says stop.

    Args:
        vault: the open vault.
        bell: wakes and stops the service.
        tell: is given every file with its outcome, and what waits for more than a moment.
        sweep: seconds between two looks when nothing happens.
    """
    with Shift(vault, "watch") as shift, Eyes(vault.layout.inbox, bell.rung.set) as eyes:
        service = _Service(vault, shift, bell, tell)
        while not bell.stopped.is_set():
            eyes.check()
            bell.wait(service.round(sweep))


class _Service:
    """The rounds of the service: what it remembers from one to the next."""

    def __init__(
        self, vault: Vault, shift: Shift, bell: Bell, tell: Callable[[Taken], None]
    ) -> None:
        self._vault = vault
        self._shift = shift
        self._bell = bell
        self._tell = tell
        self._inbox = Inbox(vault)
        self._housekeeping = Housekeeping(vault)
        self._failures = 0
        self._held: list[Taken] = []
        self._held_for = 0
        self._next_claims = 0.0
        self._next_keeping = 0.0
        self._told: dict[str, tuple[Because, ...]] = {}
        self._gone = False

    def round(self, sweep: float) -> float:
        """Take what was left behind and what has settled; gives the seconds until the next."""
        try:
            if monotonic() >= self._next_claims:
                self._take_claims(sweep)
            pause = self._take_drops(sweep)
            if monotonic() >= self._next_keeping:
                self._next_keeping = monotonic() + sweep
                self._housekeeping.do()
                for taken in retry_due(self._vault):
                    self._tell(taken)
        except VaultError as error:
            log.error("%s", error)  # noqa: TRY400 - a full disk is no bug
            self._failures += 1
            return _longer(sweep, self._failures)
        self._failures = 0
        until = monotonic() + pause
        self._housekeeping.reindex(lambda: self._bell.rung.is_set() or monotonic() >= until)
        return max(until - monotonic(), 0.0)

    def _take_claims(self, sweep: float) -> None:
        """Claims of ours that wait, and of processes that died; those that wait again, later."""
        # Set before: should one of them be refused, the next round begins with what was dropped.
        self._held_for += 1
        self._next_claims = monotonic() + _longer(sweep, self._held_for)
        self._held = self._take(self._shift.left())
        if not self._held:
            self._held_for = 0
            self._next_claims = monotonic() + sweep

    def _take_drops(self, sweep: float) -> float:
        begun = monotonic()
        look = self._look()
        if look is None:
            return sweep
        cost = monotonic() - begun
        refused: list[Taken] = []
        drops = islice(look.settled, _AT_ONCE)
        self._held += self._take(self._inbox.claimed(self._shift, drops, refused))
        self._tell_waiting([*self._held, *_long_or_odd(refused, look), *look.waiting(_A_WHILE)])
        if len(look.settled) > _AT_ONCE:
            return 0.0
        return max(_STEP, cost) if look.unsettled else max(sweep, cost * _SHARE)

    def _look(self) -> Look | None:
        """What lies in the inbox; None while it is gone: unmounted, renamed, out of reach."""
        try:
            look = self._inbox.look()
        except OSError as error:
            if not self._gone:
                log.error("the inbox cannot be read: %s", error)  # noqa: TRY400 - no bug either
            self._gone = True
            return None
        self._gone = False
        return look

    def _take(self, arrivals: Iterable[Arrival]) -> list[Taken]:
        """Take papers in and tell of each; gives those that wait in their claims."""
        waiting = []
        for taken in take_all(self._vault, self._until_stopped(arrivals)):
            if taken.outcome is Outcome.WAITING:
                waiting.append(taken)
            else:
                self._tell(taken)
        return waiting

    def _until_stopped(self, arrivals: Iterable[Arrival]) -> Iterator[Arrival]:
        """The arrivals, none of them claimed in vain."""
        for arrival in arrivals:
            yield arrival
            if self._bell.stopped.is_set():
                return

    def _tell_waiting(self, waiting: list[Taken]) -> None:
        """Tell what waits, each once for the same reason."""
        for one in waiting:
            if self._told.get(one.source) != one.reasons:
                self._tell(one)
        self._told = {one.source: one.reasons for one in waiting}


def _long_or_odd(refused: list[Taken], look: Look) -> Iterator[Taken]:
    """What is worth a word: nobody needs to hear of a copy that takes a minute."""
    for one in refused:
        so_long = look.watched(one.source)
        if one.reasons != (STILL,):
            yield one
        elif so_long >= _A_WHILE:
            yield waits(one.source, still(so_long))


def _longer(pause: float, failures: int) -> float:
    """A pause that doubles with every failure."""
    return max(pause, min(pause * 2.0 ** min(failures, 16), _LONGEST_PAUSE))
