"""The power goes: every state in which the disk may be found afterwards.

One run is recorded. After each act the disk is copied as it would be found by a restart that
happens then: with everything that was done, or without what nobody had waited for.
"""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR

MODES = ("kept", "lost", "some", "torn")
"""All that was done stays; all that was not synced goes; the last of it goes; names stay and the
bytes do not."""
TURNING = frozenset({"commit", "link", "rename", "unlink"})
"""Acts by which something begins or ceases to be there: what the order of everything is about."""


@dataclass(frozen=True, slots=True)
class Change:
    """A name that is not yet on stable storage.

    Attributes:
        folder: whose sync makes it safe; of a rename, which is one step, where the new name is.
        path: the name.
        act: what was done to it: `named`, `gone`, `folder`, `no_folder` or `moved`.
        held: what the name held before, for `named` and `gone`; the old name, for `moved`.
        number: of the act; a rename is one act that changes two names.
        inode: of the file that lost a name.
    """

    folder: Path
    path: Path
    act: str
    held: bytes | Path | None
    number: int
    inode: int = 0


class PowerCut(BaseException):
    """Nothing catches this: the machine is off."""


class Memory:
    """What the disk below `root` has not yet on stable storage.

    Attributes:
        acts: how many there were.
        turned: the numbers of those that turned something, the first being 1.
    """

    def __init__(self, root: Path) -> None:
        self.acts = 0
        self.turned: list[int] = []
        self._root = root
        self._changes: list[Change] = []
        self._dirty: dict[int, int] = {}
        self._before: bytes | None = None
        self._inode = 0
        self._random = random.Random(1)  # noqa: S311 - a choice of cases

    def before(self, kind: str, path: Path) -> None:
        """What a name holds that is about to go, how much of a file is safe that grows."""
        if kind == "write" and path.is_file():
            found = path.stat()
            self._dirty.setdefault(found.st_ino, found.st_size)
        if kind in {"unlink", "rename"}:
            whole = path.is_file() and not path.is_symlink()
            self._before = path.read_bytes() if whole else None
            self._inode = path.stat().st_ino if whole else 0

    def after(self, kind: str, path: Path, source: Path | None) -> None:
        """Remember what is not safe yet."""
        self.acts += kind != "open"
        if kind in TURNING:
            self.turned.append(self.acts)
        if kind == "fsync":
            self._synced(path)
        elif kind not in {"open", "commit"}:
            self._changed(kind, path, source)

    def _synced(self, path: Path) -> None:
        found = path.stat()
        if S_ISDIR(found.st_mode):
            self._changes = [one for one in self._changes if one.folder != path]
        self._dirty.pop(found.st_ino, None)

    def _changed(self, kind: str, path: Path, source: Path | None) -> None:
        def add(act: str, at: Path, held: bytes | Path | None = None, inode: int = 0) -> None:
            self._changes.append(Change(path.parent, at, act, held, self.acts, inode))

        if kind == "create":
            self._dirty[path.stat().st_ino] = 0
        if kind in {"create", "link"}:
            add("named", path)
        elif kind == "rename" and source and path.is_dir():
            add("moved", path, source)
        elif kind == "rename" and source:
            add("gone", source, path.read_bytes())
            add("named", path, self._before)
        elif kind == "unlink":
            add("gone", path, self._before, self._inode)
        elif kind in {"mkdir", "rmdir"}:
            add("folder" if kind == "mkdir" else "no_folder", path)

    def forget(self, mode: str, copy: Path) -> None:
        """Take back, in a copy of the root or in itself, what is not safe."""
        changes = self._changes if mode in {"lost", "some"} else []
        if mode == "some" and changes:
            numbers = sorted({one.number for one in changes})
            since = self._random.choice(numbers)
            changes = [one for one in changes if one.number >= since]
        for one in reversed(changes):
            _undo(one, lambda path: copy / path.relative_to(self._root))
        if mode in {"lost", "torn"}:
            for path in self._root.rglob("*"):
                there = copy / path.relative_to(self._root)
                safe = self._dirty.get(path.stat().st_ino) if path.is_file() else None
                if safe is not None and there.is_file():
                    there.chmod(0o640)
                    there.write_bytes(there.read_bytes()[:safe])


class Recorder(Memory):
    """A gate that keeps the states the disk may be found in after an act.

    Args:
        root: the folder whose disk it is.
        into: where the states go.
        modes: what the power may take back.
        every: of the acts that turn nothing, how many to a kept one; 1 keeps all.
    """

    def __init__(
        self, root: Path, into: Path, modes: tuple[str, ...] = MODES, *, every: int = 1
    ) -> None:
        super().__init__(root)
        self._into, self._modes, self._every = into, modes, every
        self._known: set[str] = set()
        self._between = 0

    def after(self, kind: str, path: Path, source: Path | None) -> None:
        """One more act, and what the disk may look like from here on."""
        super().after(kind, path, source)
        if kind != "open" and self._chosen(kind):
            self.keep(f"{kind} {path.name}")

    def _chosen(self, kind: str) -> bool:
        """The first act, each that turns something, and every so many of those between."""
        if self.acts == 1 or kind in TURNING:
            return True
        self._between += 1
        return self._between % self._every == 0

    def keep(self, last: str) -> None:
        """Keep what the disk may look like after the act `last`."""
        for mode in self._modes:
            self._keep(mode, last[-40:])

    def _keep(self, mode: str, last: str) -> None:
        """Keep one state, unless it is one we have."""
        target = self._into / f"{self.acts:04d} {mode} after {last}"
        shutil.copytree(self._root, target, ignore=shutil.ignore_patterns("*-shm"), symlinks=True)
        self.forget(mode, target)
        seen = _seal(target)
        if seen in self._known:
            shutil.rmtree(target)
        self._known.add(seen)


class Cutting(Memory):
    """A gate that lets so many acts pass; then the machine is off."""

    def __init__(self, root: Path, at: int, mode: str) -> None:
        super().__init__(root)
        self._at, self._mode = at, mode
        self._aside = self._off = False
        """Whether the gate itself is at work, and whether the machine is off."""

    def before(self, kind: str, path: Path) -> None:
        """Off is off, whatever tidies up behind the fault."""
        if self._aside:
            return
        if self.acts >= self._at and not self._off:
            self._off = self._aside = True
            self.forget(self._mode, self._root)
            self._aside = False
        if self._off:
            raise PowerCut
        super().before(kind, path)

    def places(self, every: int) -> list[int]:
        """Of a run that was not cut, where to cut others: as `Recorder` keeps states."""
        return sorted({*range(0, self.acts, every), 1, *self.turned, self.acts})

    def after(self, kind: str, path: Path, source: Path | None) -> None:
        """One more act; what the power takes back is none, nor what we look up to remember it."""
        if not self._aside:
            self._aside = True
            super().after(kind, path, source)
            self._aside = False


def _undo(change: Change, at: Callable[[Path], Path]) -> None:
    """Take one change back in a copy."""
    path, held = at(change.path), change.held
    if not path.parent.is_dir():
        return
    if change.act == "folder":
        shutil.rmtree(path, ignore_errors=True)
    elif change.act == "no_folder":
        path.mkdir(exist_ok=True)
    elif change.act == "moved" and isinstance(held, Path):
        if path.is_dir():
            path.rename(at(held))
    else:
        path.unlink(missing_ok=True)
        twin = _named(path.parent, change.inode) if isinstance(held, bytes) else None
        if twin and twin.read_bytes() == held:
            path.hardlink_to(twin)  # a further name comes back as one: the file never went
        elif isinstance(held, bytes):
            path.write_bytes(held)


def _named(folder: Path, inode: int) -> Path | None:
    """A name that the file still has; none in a copy, whose files are others."""
    around = folder.parent.rglob("*") if inode else ()
    files = (one for one in around if one.is_file() and not one.is_symlink())
    return next((one for one in files if one.stat().st_ino == inode), None)


def _seal(folder: Path) -> str:
    """Tells two states apart."""
    running = sha256()
    for path in sorted(folder.rglob("*")):
        held = path.read_bytes() if path.is_file() else b""
        running.update(f"{path.relative_to(folder)}\0{len(held)}\0".encode("utf-8", "replace"))
        running.update(held)
    return running.hexdigest()


def states(into: Path) -> Iterator[Path]:
    """The states that were kept, in the order they came."""
    yield from sorted(into.iterdir())


def room() -> str | None:
    """A fast place for worlds, where there is one: this disk remembers syncs by itself."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
