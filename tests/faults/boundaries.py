"""The power goes at the n-th boundary of `door` and of the catalogue: for acts told one by one.

`mains` records whole runs at the system calls; this is the short way for a test of a single act.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.catalogue import store
from archiver.disk import door

Undo = Callable[[], None]


class PowerCut(BaseException):
    """Nothing catches this: the machine is off."""


class Mains:
    """The disk behind `door`, which stops at the n-th boundary and loses what was not synced."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, at: int, lossy: bool) -> None:
        self.boundaries = 0
        self._at = at
        self._lossy = lossy
        self._off = False
        self._unsynced: list[tuple[Path, Undo]] = []
        self._synced: set[int] = set()
        self._real = {name: getattr(door, name) for name in ("link", "rename", "unlink")}
        for name in self._real:
            monkeypatch.setattr(door, name, getattr(self, name))
        self._sync_file, self._sync_folder = door.sync_file, door.sync_folder
        self._commit = store.commit
        monkeypatch.setattr(door, "sync_file", self.sync_file)
        monkeypatch.setattr(door, "sync_folder", self.sync_folder)
        monkeypatch.setattr(store, "commit", self.commit)

    def _boundary(self) -> None:
        """The power may go here."""
        if self._off:
            raise PowerCut
        if self.boundaries == self._at:
            self._off = True
            if self._lossy:
                for _, undo in reversed(self._unsynced):
                    undo()
            raise PowerCut
        self.boundaries += 1

    def sync_file(self, descriptor: int) -> None:
        self._boundary()
        self._sync_file(descriptor)
        self._synced.add(os.fstat(descriptor).st_ino)
        self._boundary()

    def sync_folder(self, folder: Path) -> None:
        self._boundary()
        self._sync_folder(folder)
        self._unsynced = [(where, undo) for where, undo in self._unsynced if where != folder]
        self._boundary()

    def link(self, source: Path, target: Path) -> None:
        self._boundary()
        assert source.stat().st_ino in self._synced or "inbox" not in str(source), "unsynced bytes"
        self._real["link"](source, target)
        self._unsynced.append((target.parent, lambda: target.unlink(missing_ok=True)))
        self._boundary()

    def rename(self, source: Path, target: Path) -> None:
        self._boundary()
        before = target.read_bytes() if target.exists() else None
        self._real["rename"](source, target)

        def undo() -> None:
            if target.exists():
                target.rename(source)
            if before is not None:
                target.write_bytes(before)

        self._unsynced.append((target.parent, undo))
        self._boundary()

    def unlink(self, path: Path) -> None:
        self._boundary()
        before = path.read_bytes() if path.exists() else None
        self._real["unlink"](path)

        def undo() -> None:
            if before is not None and path.parent.is_dir():
                path.write_bytes(before)

        self._unsynced.append((path.parent, undo))
        self._boundary()

    def commit(self, connection: store.Connection) -> None:
        self._boundary()
        self._commit(connection)
        self._boundary()
