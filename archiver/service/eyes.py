"""Where events come from, and where none do: folders are asked, not trusted.

Events only make the service look sooner; every folder is looked at again and again all the same.
So an event that is lost, a full queue or a watch that died costs seconds, never a paper.
"""

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import NamedTuple

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
from watchdog.observers.api import BaseObserver, ObservedWatch

from archiver.disk.claim import CLAIMS
from archiver.disk.mounts import mount_of, mounts, mounts_below

_TELLING: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
"""Whoever reads tells nothing new: our own looks would wake us for ever."""
_PROBE = ".probe-"
_PROBE_SECONDS = 1.0

log = logging.getLogger(__name__)


class _Place(NamedTuple):
    """A folder, and which one stands at that path."""

    folder: Path
    device: int
    inode: int


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

    The inbox is watched by itself and each of its folders with all below, so that our own claims,
    which come and go with every paper, are no news.

    Args:
        inbox: the folder.
        ring: called from another thread when something happened.

    Attributes:
        silent: the folders from which no events come.
    """

    def __init__(self, inbox: Path, ring: Callable[[], None]) -> None:
        self._inbox = inbox
        self._ear = _Ear(ring)
        self._observer: BaseObserver | None = None
        self._armed: dict[_Place, ObservedWatch] = {}
        self.silent: tuple[Path, ...] = ()

    def open(self) -> None:
        """Arm what can be armed."""
        self.close()
        known = mounts()
        home = mount_of(self._inbox, known)
        if home is None or home.tells:
            self._observer = Observer()
            self._observer.start()
        hears = self._arm() and self._probed()
        below = (one.folder for one in mounts_below(self._inbox, known) if not one.tells)
        silent = (() if hears else (self._inbox,)) + tuple(below)
        for folder in set(silent) - set(self.silent):
            log.warning("no events from %s: it is looked at every few seconds", folder)
        self.silent = silent

    def check(self) -> None:
        """Watch folders that are new; all anew when a watch died, or the inbox is another one."""
        if not (self._alive() and self._arm()):
            self.open()

    def _alive(self) -> bool:
        """Whether every thread of the watch still runs."""
        if self._observer is None:
            return False
        return all(one.is_alive() for one in (self._observer, *self._observer.emitters))

    def _arm(self) -> bool:
        """Watch what is not watched yet and forget what is gone; False when that fails."""
        if self._observer is None:
            return False
        try:
            places = _places(self._inbox)
            for gone in self._armed.keys() - places:
                self._observer.unschedule(self._armed.pop(gone))
            for place in places - self._armed.keys():
                self._armed[place] = self._observer.schedule(
                    self._ear,
                    str(place.folder),
                    recursive=place.folder != self._inbox,
                    event_filter=_TELLING,
                )
        except OSError as error:  # no watches or instances left, or the folder is gone
            log.info("cannot watch: %s", error.strerror)
            self.close()
            return False
        return True

    def _probed(self) -> bool:
        """Whether we are told of a file that is made in the inbox."""
        probe = self._inbox / f"{_PROBE}{os.getpid()}"
        self._ear.heard.clear()
        try:
            probe.touch()
            return self._ear.heard.wait(_PROBE_SECONDS)
        except OSError:
            return False
        finally:
            with suppress(OSError):
                probe.unlink()

    def close(self) -> None:
        """Stop watching."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
            self._observer = None
        self._armed.clear()

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


def _places(inbox: Path) -> set[_Place]:
    """The inbox and its folders, as they are now.

    Raises:
        OSError: the inbox is gone.
    """
    places = {_place(inbox, inbox.stat())}
    with os.scandir(inbox) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                places.add(_place(Path(entry.path), entry.stat(follow_symlinks=False)))
    return places


def _place(folder: Path, found: os.stat_result) -> _Place:
    return _Place(folder, found.st_dev, found.st_ino)
