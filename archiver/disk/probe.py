"""Asks the file system what it can promise, before anything is entrusted to it."""

import errno
import fcntl
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from archiver.disk import door

_ROUNDS = 9


@dataclass(frozen=True, slots=True)
class Probe:
    """What a folder's file system does.

    Attributes:
        sync_ms: median milliseconds to bring 4 KiB to stable storage.
        links: hard links, so that a name appears only with all its bytes.
        exclusive: exclusive creation refuses an existing name.
        locks: advisory locks are honoured.
        case_sensitive: `a` and `A` are two names.
        long_names: names of 255 bytes (85 Chinese characters).
    """

    sync_ms: float
    links: bool
    exclusive: bool
    locks: bool
    case_sensitive: bool
    long_names: bool


def probe(folder: Path) -> Probe:
    """Try everything in a scratch folder below `folder` and leave nothing behind.

    Raises:
        OSError: the folder cannot be written at all.
    """
    scratch = folder / f".probe-{os.getpid()}"
    scratch.mkdir()
    try:
        return Probe(
            sync_ms=_sync_ms(scratch),
            links=_works(lambda: door.link(_fresh(scratch / "a"), scratch / "b")),
            exclusive=_refuses_twice(scratch / "c"),
            locks=_works(lambda: _lock(scratch / "d")),
            case_sensitive=not _same_name(scratch),
            long_names=_works(lambda: _fresh(scratch / ("档" * 85))),
        )
    finally:
        for path in scratch.iterdir():
            path.unlink()
        scratch.rmdir()


def _fresh(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def _works(act: Callable[[], object]) -> bool:
    try:
        act()
    except OSError:
        return False
    return True


def _refuses_twice(path: Path) -> bool:
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
    os.close(os.open(path, flags))
    try:
        os.close(os.open(path, flags))
    except OSError as error:
        return error.errno == errno.EEXIST
    return False


def _lock(path: Path) -> None:
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _same_name(scratch: Path) -> bool:
    _fresh(scratch / "case")
    return (scratch / "CASE").exists()


def _sync_ms(scratch: Path) -> float:
    times = []
    with (scratch / "sync").open("wb") as stream:
        for _ in range(_ROUNDS):
            stream.write(b"\0" * 4096)
            stream.flush()
            begun = time.perf_counter()
            door.sync_file(stream.fileno())
            times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)
