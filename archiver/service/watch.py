"""The resident service: takes in whatever settles in the inbox, until it is told to stop.

Events are hints that make it look sooner; the sweep is the truth. An event that never comes
(network mounts, a full queue) costs a few seconds, never a paper.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Event
from time import monotonic

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from archiver.core.model import Arrival
from archiver.disk.claim import CLAIMS
from archiver.intake import arrivals
from archiver.intake.ingest import at_work, take_all
from archiver.intake.settle import Settler
from archiver.intake.sweep import Drop
from archiver.intake.sweep import sweep as look
from archiver.intake.taken import Taken
from archiver.vault.vault import Vault

_STEP = 0.25
"""Seconds between two looks while something is settling."""


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


class _Ringing(FileSystemEventHandler):
    """Rings for anything in the inbox but our own claims."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Somebody did something: look soon."""
        if f"/{CLAIMS}" not in str(event.src_path):
            self._bell.rung.set()


def watch(vault: Vault, bell: Bell, tell: Callable[[Taken], None], *, sweep: float) -> None:
    """Serve until the bell says stop.

    Args:
        vault: the open vault.
        bell: wakes and stops the service.
        tell: is given every file with its outcome.
        sweep: seconds between two looks when nothing happens.
    """
    observer = Observer()
    observer.schedule(_Ringing(bell), str(vault.layout.inbox), recursive=True)
    observer.start()
    try:
        with at_work(vault) as left:
            for taken in take_all(vault, left):
                tell(taken)
            _serve(vault, bell, tell, pause=sweep)
    finally:
        observer.stop()
        observer.join()


def _serve(vault: Vault, bell: Bell, tell: Callable[[Taken], None], *, pause: float) -> None:
    """Look, take what has settled, sleep; again and again."""
    settler = Settler(vault.settings.settle.quiet)
    while not bell.stopped.is_set():
        drops = [found for found in look(vault.layout.inbox) if isinstance(found, Drop)]
        settler.forget_others(drop.relative for drop in drops)
        settled = [drop for drop in drops if settler.look(drop.relative, drop.shape, monotonic())]
        for taken in take_all(vault, _claims(vault, settled, bell)) if settled else ():
            tell(taken)
        settling = len(drops) > len(settled)
        bell.wait(_STEP if settling else pause)


def _claims(vault: Vault, settled: list[Drop], bell: Bell) -> Iterator[Arrival]:
    """Claim one settled file after another, until told to stop."""
    for drop in settled:
        if bell.stopped.is_set():
            return
        arrival = arrivals.take(vault, drop.relative, None)
        if arrival:
            yield arrival
