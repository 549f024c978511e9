"""Where events come from, and where none do: folders are asked, not trusted.

Events only make the service look sooner; every folder is looked at again and again all the same.
So an event that is lost, a full queue or a watch that died costs seconds, never a paper.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from threading import Event
from types import TracebackType

from watchdog.events import (
    DirCreatedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from archiver.disk.claim import CLAIMS
from archiver.disk.mounts import mount_of, mounts, mounts_below

_TELLING = [
    DirCreatedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
"""Whoever reads tells nothing new: our own looks would wake us for ever."""
_PROBE_SECONDS = 1.0
_PROBE = ".probe"

log = logging.getLogger(__name__)


class _Ear(FileSystemEventHandler):
    """Passes on what happens in the inbox, but for our own claims; hears the probe."""

    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self.heard = Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Somebody did something: look soon."""
        where = f"{event.src_path!s} {event.dest_path!s}"
        if _PROBE in where:
            self.heard.set()
        elif f"/{CLAIMS}" not in where:
            self._ring()


class Eyes:
    """Watches the inbox as well as its file system lets it; armed again whenever that is lost.

    Args:
        inbox: the folder.
        ring: called from another thread when something happened.
    """

    def __init__(self, inbox: Path, ring: Callable[[], None]) -> None:
        self._inbox = inbox
        self._ring = ring
        self._observer: BaseObserver | None = None
        self._on: tuple[int, int] | None = None
        self.silent: tuple[Path, ...] = ()

    def open(self) -> None:
        """Arm what can be armed. `silent` has the folders that tell nothing afterwards."""
        self.close()
        known = mounts()
        home = mount_of(self._inbox, known)
        self._on = _identity(self._inbox)
        tells = (home is None or home.tells) and self._arm()
        below = (one.folder for one in mounts_below(self._inbox, known) if not one.tells)
        self.silent = (() if tells else (self._inbox,)) + tuple(below)

    def _arm(self) -> bool:
        """Set the watch, and see whether it tells of a file that is made."""
        ear = _Ear(self._ring)
        observer = Observer()
        try:
            observer.schedule(ear, str(self._inbox), recursive=True, event_filter=_TELLING)
            observer.start()
        except OSError as error:  # no watches or instances left, or the folder is gone
            log.warning("no events: %s", error.strerror)
            observer.stop()
            return False
        self._observer = observer
        probe = self._inbox / CLAIMS / f"{_PROBE}-{os.getpid()}"
        try:
            probe.touch()
            return ear.heard.wait(_PROBE_SECONDS)
        except OSError:
            return False
        finally:
            probe.unlink(missing_ok=True)

    def check(self) -> None:
        """Arm again when the watch died, or when another folder stands in the inbox's place."""
        if _identity(self._inbox) != self._on or not self._alive():
            self.open()

    def _alive(self) -> bool:
        """Whether every thread of the watch still runs; one that was never set needs none."""
        if self._observer is None:
            return True
        threads = (self._observer, *self._observer.emitters)
        return all(thread.is_alive() for thread in threads)

    def close(self) -> None:
        """Stop watching."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
            self._observer = None

    def __enter__(self) -> "Eyes":
        self.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _identity(folder: Path) -> tuple[int, int] | None:
    """Which folder stands at that place now; None when there is none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
