"""Takes away the folders that emptied when their papers were taken in; the office's own stay."""

import os
import time
from contextlib import suppress
from pathlib import Path

from archiver.disk import door

_LITTER = {"thumbs.db", "desktop.ini", ".ds_store"}
"""What a file manager leaves in a folder that it showed; it makes them again wherever it looks."""


def tidy(inbox: Path, *, untouched: float) -> None:
    """Remove the empty folders that were moved or copied into a folder of the inbox.

    The folders at the top of the inbox name customers and scanners, and stay. Below them, one goes
    when nothing happened in it for `untouched` seconds: a copy still fills the folders it made.
    """
    for top in _folders(inbox):
        for where, _, _ in os.walk(top, topdown=False):
            folder = Path(where)
            if folder != top:
                with suppress(OSError):
                    _remove(folder, time.time() - untouched)


def _folders(inbox: Path) -> list[Path]:
    with suppress(OSError), os.scandir(inbox) as found:
        return [
            Path(entry)
            for entry in found
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".")
        ]
    return []


def _remove(folder: Path, before: float) -> None:
    """Remove a folder that holds nothing but litter; it is left alone where that fails."""
    if folder.lstat().st_ctime > before:  # the ctime cannot be preserved by a copy
        return
    left = list(folder.iterdir())
    if all(one.name.lower() in _LITTER and one.is_file() for one in left):
        for one in left:
            door.unlink(one)
        folder.rmdir()
