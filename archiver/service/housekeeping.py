"""What the service does while nothing comes: it finishes what others began and could not end."""

import logging
from collections.abc import Callable, Iterator
from time import monotonic

from archiver.catalogue import decisions, places, queue, tombstones
from archiver.core.errors import Busy, DamageFound
from archiver.core.model import DocumentId
from archiver.custody.anew import is_under_way, make_anew
from archiver.custody.clock import look
from archiver.custody.merge import finish_merges
from archiver.custody.move import finish_moves
from archiver.custody.tombstone import finish_leaving
from archiver.intake.again import set_right
from archiver.intake.publish import follow
from archiver.intake.tidy import tidy
from archiver.vault.vault import Vault

_TIDY_EVERY = 60.0
_UNTOUCHED = 600.0
"""Seconds without change after which an emptied folder of the inbox goes."""

_Begun = decisions.Move | tombstones.Leaving | DocumentId

log = logging.getLogger(__name__)


class Housekeeping:
    """Publishes, finishes moves and removals, tidies; each only when there is something to do.

    A process that acts finishes its own work within moments. What still stands at the second look
    was left by one that died.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._begun: set[_Begun] = set()
        self._unpublished = 0
        self._next_tidy = 0.0
        self._reindexing: Iterator[object] | None = None

    def do(self) -> None:
        """One look at everything.

        Raises:
            VaultError: the store refused.
        """
        with self._vault.catalogue.read() as tx:
            begun: set[_Begun] = {
                *decisions.moves(tx),
                *tombstones.leaving(tx),
                *(one.id for one in places.left_behind(tx)),
            }
            unpublished = queue.length(tx)
        if begun & self._begun:
            self._finish()
        set_right(self._vault)
        if unpublished and self._unpublished:
            follow(self._vault)
        self._begun, self._unpublished = begun, unpublished
        if monotonic() >= self._next_tidy:
            look(self._vault)
            tidy(self._vault.layout.inbox, untouched=_UNTOUCHED)
            self._next_tidy = monotonic() + _TIDY_EVERY

    def reindex(self, is_called: Callable[[], bool]) -> None:
        """Make an index that was lost, a batch at a time, until called to other work."""
        if self._reindexing is None and not is_under_way(self._vault):
            return
        self._reindexing = self._reindexing or make_anew(self._vault)
        try:
            for _ in self._reindexing:
                if is_called():
                    return
        except Busy:
            pass  # another process makes it
        except OSError as error:
            log.error("the index cannot be made anew: %s", error)  # noqa: TRY400 - no bug
        self._reindexing = None

    def _finish(self) -> None:
        for finish in (finish_moves, finish_merges):
            try:
                finish(self._vault)
            except DamageFound as error:  # check names it; the line goes on
                log.error("%s", error)  # noqa: TRY400 - no bug
        finish_leaving(self._vault)
