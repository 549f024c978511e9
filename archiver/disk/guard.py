"""Refuses what must not be touched: links, devices, paths that leave the vault; and two at once."""

import errno
import fcntl
import os
import signal
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from archiver.core.errors import N_, Busy
from archiver.core.model import Shape


def shape_of(path: Path) -> Shape | None:
    """What `lstat` says of a regular file; None for anything else, or when it is gone."""
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return Shape(found.st_size, found.st_mtime_ns, found.st_ino)


def identity(path: Path) -> tuple[int, int] | None:
    """What all names of one regular file have in common; None for anything else."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def files_below(folder: Path) -> Iterator[Path]:
    """Everything below `folder` that is not a folder; folders that go meanwhile are no error."""
    for where, folders, names in os.walk(folder):
        links = (name for name in folders if Path(where, name).is_symlink())
        yield from (Path(where, name) for name in (*names, *links))


def is_being_written(path: Path) -> bool:
    """Whether some process has the file open for writing, as far as the kernel tells us.

    A copy over a slow line can look the same for longer than anybody waits. Linux grants a read
    lease (fcntl(2)) only on a file that nobody has open for writing; it is given back at once. Who
    asks must own the file or have CAP_LEASE, and the file system must know leases: False where
    that is not so, or the file is gone.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        # A writer who comes just now waits for us; the kernel's usual signal would end us.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    finally:
        os.close(descriptor)
    return False


class Presence:
    """An advisory lock that says "an intake is at work here".

    Several may be present at once (shared). One that finds itself alone (exclusive) may resume
    what a dead one left behind. The kernel releases the lock when its process ends, however.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)

    def alone(self) -> bool:
        """True when no other process is present; from then on nobody else can enter."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def share(self) -> None:
        """Be present beside others; waits while one of them is alone on purpose."""
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def close(self) -> None:
        """No longer present."""
        os.close(self._descriptor)


@contextmanager
def only_one(path: Path, what: str, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock file `path` for the length of the block, after whoever has it if so asked.

    Raises:
        Busy: another process holds it; `what` names what it does.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        sign(descriptor, what)
        yield
    except BlockingIOError as error:
        raise Busy(
            N_("another process is at work: {what} ({holder})"),
            hint=N_("wait until it has ended, then run the command again"),
            what=what,
            holder=_signature(descriptor),
        ) from error
    finally:
        os.close(descriptor)


def sign(descriptor: int, what: str) -> None:
    """Write into a lock file who holds it, since when and for what, for whoever comes too late.

    The lock is what counts: the kernel lets it go with its process, so no signature outlives it
    in any way that matters.
    """
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    os.ftruncate(descriptor, 0)
    text = f"process {os.getpid()} on {socket.gethostname()} since {since}: {what}\n"
    os.pwrite(descriptor, text.encode(), 0)


def _signature(descriptor: int) -> str:
    """Who holds a lock, as far as its file says."""
    return os.pread(descriptor, 500, 0).decode("utf-8", "replace").partition(": ")[0].strip()
