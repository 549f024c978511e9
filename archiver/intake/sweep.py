"""Looks through the inbox: what lies there, what is nobody's paper, what cannot be taken."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archiver.core.model import Because, Shape
from archiver.disk.guard import is_being_written, shape_of

_NOBODYS = re.compile(
    r"""(?ix)
    ^(
      \..*                       # hidden: .DS_Store, .claims, editors' swap files
    | ~\$.* | .*~                # Office owner files, backups
    | thumbs\.db | desktop\.ini
    | .*\.(tmp|temp|part|partial|crdownload|filepart|download)
    | 收件回执\.html              # our own receipts page
    )$"""
)
"""Names that programs and systems leave behind for themselves: not dropped papers."""


@dataclass(frozen=True, slots=True)
class Drop:
    """A regular file in the inbox: its path under it, and what it looks like now."""

    relative: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Stuck:
    """Something in the inbox that cannot be taken, and why."""

    relative: str
    because: Because


def sweep(inbox: Path) -> Iterator[Drop | Stuck]:
    """Everything dropped into `inbox`, folder by folder, by name; links are not followed.

    Raises:
        OSError: the inbox itself is gone or unreadable.
    """
    pending = [inbox]
    while pending:
        folder = pending.pop()
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            if _NOBODYS.match(entry.name):
                continue
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                pending.append(path)
            elif one := _look(path, path.relative_to(inbox).as_posix()):
                yield one


def _look(path: Path, relative: str) -> Drop | Stuck | None:
    """One directory entry that is not a folder; None when it is gone again."""
    shape = shape_of(path)
    if shape:
        if is_being_written(path):
            return Stuck(relative, Because.of("still_changing"))
        return Drop(relative, shape)
    if path.is_symlink() or path.exists():
        return Stuck(relative, Because.of("not_a_file"))
    return None
