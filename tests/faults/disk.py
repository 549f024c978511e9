"""The disk as the program meets it: every change below one folder passes a gate of the test.

The gate stands at the system calls and not at `archiver.disk.door`, so that what forgets the door
is seen too: libraries, drafts, lock files, folders that are tidied away.
"""

import builtins
import errno
import io
import os
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from archiver.catalogue import store

CHANGES = ("create", "write", "fsync", "link", "rename", "unlink", "mkdir", "rmdir")
KINDS = ("open", *CHANGES, "begin", "commit")
_SAID = {
    errno.ENOSPC: "database or disk is full",
    errno.EIO: "disk I/O error",
    errno.EROFS: "attempt to write a readonly database",
}
"""What SQLite says of an error; of any other, that it cannot open its file."""


class Gate(Protocol):
    """Stands before and behind every change of the disk."""

    def before(self, kind: str, path: Path) -> None:
        """The change is about to be made; whatever is raised is what the program gets."""

    def after(self, kind: str, path: Path, source: Path | None) -> None:
        """It was made; `source` is the other name of a link or a rename."""


class Disk:
    """The patched system calls. Only what lies below `root` passes the gate."""

    def __init__(self, patched: pytest.MonkeyPatch, root: Path, gate: Gate) -> None:
        self._root, self._gate = root, gate
        self._lock = threading.RLock()
        self._real_open, self._real_os_open = io.open, os.open
        self._fsync = os.fsync
        for name, kind in (("unlink", "unlink"), ("remove", "unlink"), ("rmdir", "rmdir")):
            patched.setattr(os, name, self._one(kind, getattr(os, name)))
        patched.setattr(os, "mkdir", self._one("mkdir", os.mkdir))
        for name, kind in (("rename", "rename"), ("replace", "rename"), ("link", "link")):
            patched.setattr(os, name, self._two(kind, getattr(os, name)))
        patched.setattr(os, "fsync", self.fsync)
        patched.setattr(os, "open", self.os_open)
        patched.setattr(io, "open", self.open)
        patched.setattr(builtins, "open", self.open)
        self._commit = store.commit
        patched.setattr(store, "commit", self.commit)

    def _ours(self, path: object, dir_fd: int | None = None) -> Path | None:
        """The path as one below the root; None for everything that is not our business."""
        if isinstance(path, int):
            return None
        found = Path(os.fsdecode(os.fspath(path)))  # type: ignore[call-overload]
        if dir_fd is not None:
            found = Path(os.readlink(f"/proc/self/fd/{dir_fd}"), found)  # noqa: PTH115
        return found if found.is_relative_to(self._root) else None

    @contextmanager
    def _passing(self, kind: str, path: Path, source: Path | None = None) -> Iterator[None]:
        with self._lock:
            self._gate.before(kind, path)
            yield
            self._gate.after(kind, path, source)

    def _one(self, kind: str, real: Callable[..., None]) -> Callable[..., None]:
        def call(path: Any, *given: Any, dir_fd: int | None = None, **named: Any) -> None:  # noqa: ANN401
            ours = self._ours(path, dir_fd)
            if dir_fd is not None:
                named["dir_fd"] = dir_fd
            if ours is None or (kind in {"unlink", "rmdir"} and not os.path.lexists(ours)):
                real(path, *given, **named)
            else:
                with self._passing(kind, ours):
                    real(path, *given, **named)

        return call

    def _two(self, kind: str, real: Callable[..., None]) -> Callable[..., None]:
        def call(source: Any, target: Any, **named: Any) -> None:  # noqa: ANN401
            ours = self._ours(target)
            if ours is None or not os.path.lexists(source):
                real(source, target, **named)
            else:
                with self._passing(kind, ours, Path(source)):
                    real(source, target, **named)

        return call

    def fsync(self, descriptor: int) -> None:
        """Not passed on: this disk remembers by itself what it was told to keep."""
        ours = self._ours(os.readlink(f"/proc/self/fd/{descriptor}"))  # noqa: PTH115
        if ours is None:
            self._fsync(descriptor)
        else:
            with self._passing("fsync", ours):
                pass

    def os_open(self, path: Any, flags: int, *given: Any, **named: Any) -> int:  # noqa: ANN401
        """Opening; making a file where there was none is a change of its folder."""
        ours = self._ours(path, named.get("dir_fd"))
        if ours is None:
            return self._real_os_open(path, flags, *given, **named)
        kind = "create" if flags & os.O_CREAT and not os.path.lexists(ours) else "open"
        with self._passing(kind, ours):
            return self._real_os_open(path, flags, *given, **named)

    def open(self, file: Any, mode: str = "r", *given: Any, **named: Any) -> Any:  # noqa: ANN401
        """Files written in pieces give the gate a say in each of them."""
        ours = self._ours(file)
        if ours is None:
            return self._real_open(file, mode, *given, **named)
        writes = bool(set(mode) & set("wxa+"))
        with self._passing("create" if writes and not os.path.lexists(ours) else "open", ours):
            if not writes or mode not in {"wb", "xb", "ab"}:
                return self._real_open(file, mode, *given, **named)
            return io.BufferedWriter(_Pieces(self, ours, mode))

    def piece(self, path: Path, write: Callable[[], int]) -> int:
        """One write."""
        with self._passing("write", path):
            return write()

    def commit(self, connection: store.Connection) -> None:
        """COMMIT; an input error comes after the fact, as it may."""
        with self._lock:
            try:
                self._gate.before("commit", self._root)
            except OSError as error:
                if error.errno == errno.EIO:
                    self._commit(connection)
                raise _operational("COMMIT", error) from error
            self._commit(connection)
            self._gate.after("commit", self._root, None)

    def begin(self, statement: str) -> None:
        """A transaction begins."""
        if statement.startswith("BEGIN"):
            try:
                self._gate.before("begin", self._root)
            except OSError as error:
                raise _operational(statement, error) from error


class _Pieces(io.FileIO):
    """A file whose disk gives out in the middle: half is written, the next call says why not."""

    def __init__(self, disk: Disk, path: Path, mode: str) -> None:
        super().__init__(path, mode)
        self._disk, self._path = disk, path
        self._error: OSError | None = None

    def write(self, data: Any) -> int:  # noqa: ANN401
        if self._error:
            error, self._error = self._error, None
            raise error
        try:
            return self._disk.piece(self._path, lambda: super(_Pieces, self).write(data))
        except OSError as error:
            half = memoryview(data)[: len(data) // 2]
            if not len(half):
                raise
            self._error = error
            return super().write(half)


def _operational(statement: str, error: OSError) -> OperationalError:
    said = _SAID.get(error.errno or 0, "unable to open database file")
    return OperationalError(statement, {}, sqlite3.OperationalError(said))


@contextmanager
def behind(gate: Gate, root: Path) -> Iterator[None]:
    """Every change below `root` passes `gate` for the length of the block."""
    with pytest.MonkeyPatch.context() as patched:
        disk = Disk(patched, root, gate)

        def begin(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:  # noqa: ANN401
            disk.begin(statement)

        event.listen(Engine, "before_cursor_execute", begin)
        try:
            yield
        finally:
            event.remove(Engine, "before_cursor_execute", begin)


REFUSALS: dict[int, tuple[str, ...]] = {
    errno.ENOSPC: ("create", "write", "fsync", "link", "rename", "mkdir", "commit"),
    errno.EIO: ("open", *CHANGES, "commit"),
    errno.EACCES: ("open", "create", "link", "rename", "unlink", "mkdir", "begin"),
    errno.EMFILE: ("open", "create", "begin"),
    errno.EROFS: (*CHANGES, "commit"),
}
"""Which acts can fail how."""


class Refusing:
    """The disk refuses the n-th act that can fail so; once, or from then on.

    Attributes:
        seen: how many acts of each kind there were.
        refused: what was refused first.
    """

    def __init__(self, code: int, at: int, *, lasting: bool) -> None:
        self.seen: Counter[str] = Counter()
        self.refused: str | None = None
        self._acts = 0
        self._code, self._at, self._lasting = code, at, lasting

    def before(self, kind: str, path: Path) -> None:
        """Refuse when it is time."""
        self.seen[kind] += 1
        if kind not in REFUSALS[self._code]:
            return
        now, self._acts = self._acts, self._acts + 1
        if now == self._at or (self._lasting and now > self._at):
            self.refused = self.refused or f"{kind} {path}"
            raise OSError(self._code, os.strerror(self._code), str(path))

    def after(self, kind: str, path: Path, source: Path | None) -> None:
        """Nothing to remember."""
