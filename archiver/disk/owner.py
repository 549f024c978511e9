"""Whose a claim is: every process at work holds a lock, and its claims carry the lock's name.

The kernel lets a lock go when its process ends, however that was, so none is ever stale: whoever
can have the lock of another knows that it is dead, and owns its claims from then on.
"""

import fcntl
import os
import secrets
from contextlib import ExitStack
from pathlib import Path

from archiver.disk import door
from archiver.disk.guard import sign

TOKEN = 4
"""Characters of a token: few live at once, and one that is taken is not given again."""


class Owner:
    """One owner of claims, alive until `close`: this process, or a dead one it stands in for.

    Attributes:
        token: part of every receipt that it gives.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self.token = path.name
        self._path = path
        self._descriptor = descriptor

    def close(self) -> None:
        """No longer alive: claims that are left are anybody's."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError:  # the lock is what counts; its file is taken over by name
            pass
        finally:
            os.close(self._descriptor)


def come_alive(folder: Path, what: str) -> Owner:
    """A new owner, whose lock file in `folder` says what it does.

    Raises:
        OSError: the disk refused.
    """
    while True:
        owner = stand_in(folder, secrets.token_hex(TOKEN // 2), what)
        if owner:
            return owner


def stand_in(folder: Path, token: str, what: str) -> Owner | None:
    """The owner of that token when it is dead, or was never there; None while it lives.

    Raises:
        OSError: the disk refused; the token is nobody's again.
    """
    door.make_folder(folder)
    path = folder / token
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
    with ExitStack() as failing:
        failing.callback(os.close, descriptor)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            named = path.stat()
        except (BlockingIOError, FileNotFoundError):
            return None
        if not os.path.samestat(os.fstat(descriptor), named):
            return None  # whose lock it was left just now; the name is locked by somebody else
        sign(descriptor, what)
        failing.pop_all()
    return Owner(path, descriptor)
