"""Folders for what can be made again: emptied without ceremony, synced only to be found later."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from archiver.disk import door


def fresh(folder: Path) -> Path:
    """An empty folder at that place, whatever lay there before."""
    clear(folder)
    door.make_folder(folder)
    return folder


def clear(folder: Path) -> None:
    """Remove a folder with all that is in it; no error when it is not there."""
    shutil.rmtree(folder, ignore_errors=True)


def settle(folder: Path, files: Iterable[Path]) -> None:
    """Bring the files of a folder to stable storage, so that a restart knows what they held."""
    for path in files:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            door.sync_file(descriptor)
        finally:
            os.close(descriptor)
    door.sync_folder(folder)
