"""The inbox as one process sees it: what has settled, what still comes, what cannot be taken."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from archiver.core.errors import NotYet
from archiver.core.model import Arrival, Because, CustomerId
from archiver.disk.guard import is_being_written, shape_of
from archiver.intake.settle import Settler
from archiver.intake.shift import Shift
from archiver.intake.sweep import Drop, Stuck, sweep
from archiver.intake.taken import Taken, not_yet, waits
from archiver.reading.ending import breaks_off
from archiver.vault.vault import Vault

STILL = Because.of("still_changing")


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the inbox.

    Attributes:
        settled: may be taken.
        unsettled: looked otherwise a moment ago, or is seen for the first time.
        unfinished: rests, but lacks its end.
        stuck: cannot be taken as it is.
        watched: for how many seconds a file has been there, by its path under the inbox.
    """

    settled: tuple[Drop, ...]
    unsettled: tuple[Drop, ...]
    unfinished: tuple[Drop, ...]
    stuck: tuple[Stuck, ...]
    watched: Callable[[str], float]

    def waiting(self, least: float = 0.0) -> Iterator[Taken]:
        """What stays where it is, and why: of files still coming those that have so long (s)."""
        yield from (waits(one.relative, one.because) for one in self.stuck)
        for one in (*self.unsettled, *self.unfinished):
            if self.watched(one.relative) >= least:
                yield waits(one.relative, STILL)


class Inbox:
    """Looks at the inbox again and again, and remembers how each file looked."""

    def __init__(self, vault: Vault) -> None:
        self._folder = vault.layout.inbox
        self._settle = vault.settings.settle
        self._settler = Settler()

    def look(self) -> Look:
        """Look at everything in the inbox.

        Raises:
            OSError: the inbox is gone or unreadable.
        """
        found = list(sweep(self._folder))
        drops = [one for one in found if isinstance(one, Drop)]
        self._settler.forget_others(drop.relative for drop in drops)
        now = time.monotonic()
        settled: list[Drop] = []
        unsettled: list[Drop] = []
        unfinished: list[Drop] = []
        for drop in drops:
            rested = self._settler.rested(drop.relative, drop.shape, now)
            if rested < self._settle.quiet:
                unsettled.append(drop)
            elif rested < self._settle.unfinished and self._lacks_end(drop):
                unfinished.append(drop)
            else:
                settled.append(drop)
        return Look(
            settled=tuple(settled),
            unsettled=tuple(unsettled),
            unfinished=tuple(unfinished),
            stuck=tuple(one for one in found if isinstance(one, Stuck)),
            watched=lambda file: self._settler.watched(file, now),
        )

    def _lacks_end(self, drop: Drop) -> bool:
        """Whether the end of a file is missing that somebody touched a moment ago.

        The ctime is set by our own kernel, or by a server: no copy tool preserves it.
        """
        path = self._folder / drop.relative
        try:
            untouched = time.time() - path.lstat().st_ctime
        except OSError:
            return False
        return untouched < self._settle.unfinished and breaks_off(path)

    def claimed(
        self,
        shift: Shift,
        drops: Iterable[Drop],
        refused: list[Taken],
        *,
        named: CustomerId | None = None,
    ) -> Iterator[Arrival]:
        """Claim one file after another, as they are drawn; one that changed since is left.

        Args:
            shift: whose claims they become.
            drops: settled files.
            refused: is given what cannot be taken now.
            named: the customer that all belong to, when the operator says so.
        """
        for drop in drops:
            path = self._folder / drop.relative
            if is_being_written(path):
                refused.append(waits(drop.relative, STILL))
            elif shape_of(path) == drop.shape:
                try:
                    arrival = shift.take(drop.relative, named)
                except NotYet as error:
                    refused.append(waits(drop.relative, not_yet(error)))
                    continue
                if arrival:
                    yield arrival
