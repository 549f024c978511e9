"""The one door through which the disk is changed.

Every act that must survive a power cut passes here, so that a test can cut the power at each of
them in turn. Callers use `door.link(…)`, never a bare name.
"""

import os
from pathlib import Path

FOLDER_MODE = 0o2750
FILE_MODE = 0o440


def sync_file(descriptor: int) -> None:
    """Bring a file's bytes to stable storage."""
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Bring the names in `folder` to stable storage."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def link(source: Path, target: Path) -> None:
    """Give the bytes of `source` a second name. Never replaces.

    Raises:
        FileExistsError: `target` exists.
    """
    os.link(source, target, follow_symlinks=False)


def rename(source: Path, target: Path) -> None:
    """Move a name within one file system, replacing `target` in one step."""
    os.rename(source, target)  # noqa: PTH104 - spelled as the system call it is


def unlink(path: Path) -> None:
    """Take a name away; no error when it is gone already."""
    path.unlink(missing_ok=True)


def make_folder(folder: Path, mode: int = FOLDER_MODE) -> None:
    """Make `folder` and what is missing above it, each name synced into its parent."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        one.chmod(mode)
        sync_folder(one.parent)
