"""Copies of many files: cheap while they are made, on stable storage before they count.

Nothing is synced while files are copied; `settle` does it once, file by file so that a disk which
lost something says so, then folder by folder from the bottom.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from archiver.core.errors import N_, DamageFound
from archiver.core.model import Digest
from archiver.disk import door
from archiver.disk.digest import PIECE
from archiver.disk.guard import shape_of
from archiver.disk.place import NO_LINKS

_SHORT = {errno.EMFILE, errno.ENFILE, errno.ENOMEM}


def copy(source: Path, target: Path, mode: int) -> tuple[Digest, int]:
    """Copy a regular file to the new file `target`; gives digest and size of what was read.

    Raises:
        DamageFound: `source` cannot be read.
        FileNotFoundError: `source` is not there.
        OSError: `target` cannot be written.
    """
    running, size = hashlib.sha256(), 0
    reading = _opened(source)
    try:
        with target.open("xb") as outgoing:
            while piece := _piece(reading, source):
                running.update(piece)
                size += len(piece)
                outgoing.write(piece)
            os.fchmod(outgoing.fileno(), mode)
    except OSError as error:
        error.filename = error.filename or str(target)  # a full disk does not say which one
        raise
    finally:
        os.close(reading)
    return Digest(running.hexdigest()), size


def _opened(source: Path) -> int:
    try:
        return os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise unreadable(source, error) from error


def _piece(descriptor: int, source: Path) -> bytes:
    """The next bytes of `source`; a disk that cannot give them is not one that cannot take them."""
    try:
        return os.read(descriptor, PIECE)
    except OSError as error:
        raise unreadable(source, error) from error


def unreadable(source: Path, error: OSError) -> DamageFound:
    """The disk cannot give us `source`.

    Raises:
        OSError: the machine itself is short of something: that says nothing about the disk.
    """
    if error.errno in _SHORT:
        raise error
    return DamageFound(N_("{file} cannot be read: {why}"), file=source, why=error.strerror)


def link(source: Path, target: Path, size: int) -> bool:
    """Give `source` a second name when it is a file of `size` bytes; False where that fails."""
    shape = shape_of(source)
    if shape is None or shape.size != size:
        return False
    try:
        door.link(source, target)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        return False
    return True


def make_folders(root: Path, folder: Path, mode: int) -> None:
    """Make `folder` and what is missing between it and `root`, unsynced."""
    if folder == root or folder.is_dir():
        return
    make_folders(root, folder.parent, mode)
    folder.mkdir()
    folder.chmod(mode)


def settle(root: Path, fresh: Iterable[Path]) -> None:
    """Bring the files `fresh` and every name below `root` to stable storage."""
    for path in fresh:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            door.sync_file(descriptor)
        finally:
            os.close(descriptor)
    for folder, _, _ in os.walk(root, topdown=False):
        door.sync_folder(Path(folder))


def remove_tree(folder: Path) -> None:
    """Remove `folder` and everything in it, as far as the disk allows."""
    shutil.rmtree(folder, ignore_errors=True)


def empty(folder: Path) -> None:
    """Remove everything in `folder`, as far as the disk allows; the folder itself stays."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            remove_tree(path)
        else:
            path.unlink(missing_ok=True)
