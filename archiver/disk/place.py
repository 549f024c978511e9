"""Puts bytes where they stay: wholly there or not there at all."""

import errno
import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from archiver.core.errors import N_, DamageFound, NotYet
from archiver.core.model import Digest
from archiver.disk import door
from archiver.disk.digest import PIECE, digest_of

DRAFT = ".draft-"
_TRIES = 3
NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}
"""What a file system says that has no (more) hard links to give."""


def in_folder(folder: Path, act: Callable[[], None]) -> None:
    """Make `folder` and act in it; again when it went in between, as an emptied one may.

    Args:
        folder: absolute path inside the vault.
        act: can be repeated.
    """
    for _ in range(_TRIES):
        with suppress(FileNotFoundError):
            door.make_folder(folder)
            act()
            return
    door.make_folder(folder)
    act()


def place(source: Path, target: Path, digest: Digest) -> None:
    """Copy `source` to `target` so that it is either wholly there or not there at all.

    On return the bytes *and* the name are on stable storage and the SHA-256 is `digest`.
    Calling again with the same arguments is harmless. An existing file is never replaced.

    Args:
        source: a regular file; read once, never altered.
        target: absolute path inside the vault; its folder already exists.
        digest: SHA-256 of the bytes we agreed to archive (64 hex digits).

    Raises:
        NotYet: `source` no longer has `digest`: somebody is still writing it.
        DamageFound: `target` already holds other bytes.
        OSError: the disk refused (full, read-only, gone). Repeat when it is well again.
    """
    if _stands(target, digest):
        door.sync_folder(target.parent)
        return
    draft = target.parent / f"{DRAFT}{digest[:16]}-{os.getpid()}"
    try:
        if _copy(source, draft) != digest or digest_of(draft)[0] != digest:
            raise NotYet(N_("{file} changed while it was being taken in"), file=source.name)
        _name(draft, target, digest)
    finally:
        door.unlink(draft)
    door.sync_folder(target.parent)


def _stands(target: Path, digest: Digest) -> bool:
    """Whether `target` holds those bytes already; other bytes there are damage, not a place."""
    try:
        found, _ = digest_of(target)
    except FileNotFoundError:
        return False
    if found != digest:
        raise DamageFound(
            N_("{file} already holds other bytes"),
            hint=N_("run: archiver check --deep"),
            file=target,
        )
    return True


def _copy(source: Path, draft: Path) -> str:
    """Copy to a synced draft; gives the digest of what was read."""
    running = hashlib.sha256()
    reading = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(reading, "rb") as incoming, draft.open("wb") as outgoing:
        while piece := incoming.read(PIECE):
            running.update(piece)
            outgoing.write(piece)
        outgoing.flush()
        os.fchmod(outgoing.fileno(), door.FILE_MODE)
        door.sync_file(outgoing.fileno())
    return running.hexdigest()


def _name(draft: Path, target: Path, digest: Digest) -> None:
    """Give the draft its name without ever replacing another file."""
    try:
        door.link(draft, target)
    except FileExistsError:
        _stands(target, digest)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        # No hard links here (exFAT, some shares); the catalogue's one writer keeps this safe.
        if not _stands(target, digest):
            door.rename(draft, target)


def copy_durably(source: Path, target: Path) -> Digest:
    """Copy `source` to a new file `target`, wholly there or not at all; gives its digest."""
    draft = target.parent / f"{DRAFT}{os.getpid()}"
    try:
        digest = _copy(source, draft)
        door.rename(draft, target)
    finally:
        door.unlink(draft)
    door.sync_folder(target.parent)
    return Digest(digest)


def sweep_drafts(root: Path) -> None:
    """Remove drafts that a dead process left below `root`. Only for one who is alone."""
    for draft in root.rglob(f"{DRAFT}*"):
        door.unlink(draft)
