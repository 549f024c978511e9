"""Looks through the inbox: what lies there, what is nobody's paper, what cannot be taken."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archiver.core.model import Because, Shape
from archiver.disk.claim import fits
from archiver.disk.guard import shape_of

_NOBODYS = re.compile(
    r"""(?ix)
    ^(
      \.(?!(pdf|jpe?g|png|tiff?|heic|docx?|xlsx?|pptx?|ofd|txt|eml|zip)\Z).*
                                # hidden: .DS_Store, editors' swap files; not a paper without name
    | ~\$.* | .*~                # Office owner files, backups
    | thumbs\.db | desktop\.ini
    | .*\.(tmp|temp|part|partial|crdownload|filepart|download)
    )\Z"""
)
"""Names that programs and systems leave behind for themselves: not dropped papers."""

PAGE = "收件回执.html"
"""What our receipts pages are called."""
MARK = "archiver receipts"
"""Who made a page, as the page itself says: somebody's own file may be called like it."""
_MARKED = f'<meta name="generator" content="{MARK}">'.encode()
_HEAD = 1024


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

    A folder that cannot be looked into is stuck itself: it keeps nobody else's papers waiting.

    Raises:
        OSError: the inbox itself is gone or unreadable.
    """
    entries = _entries(inbox)
    while entries:
        entry = entries.pop()
        path = Path(entry.path)
        relative = path.relative_to(inbox).as_posix()
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.name.startswith(".") if is_folder else _NOBODYS.match(entry.name):
            continue
        if not fits(inbox, relative):
            yield Stuck(relative, Because.of("path_too_long"))
        elif not is_folder:
            found = _look(path, relative)
            yield from [found] if found else []
        else:
            try:
                entries += _entries(path)
            except FileNotFoundError:
                continue
            except OSError:  # also a mount that went away below us
                yield Stuck(relative, Because.of("not_readable"))


def is_our_page(path: Path) -> bool:
    """Whether a file called like a receipts page is one.

    Pages are not waited for: a power cut may leave the name of one without its bytes.

    Raises:
        OSError: it cannot be looked into, so nobody knows whose it is.
    """
    if not shape_of(path):
        return False
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    return _MARKED in head or not head.strip(b"\0")


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder, to be taken from the end: files by name, then the last folder."""
    with os.scandir(folder) as found:
        by_name = sorted(found, key=lambda entry: entry.name)
    folders = [entry for entry in by_name if entry.is_dir(follow_symlinks=False)]
    files = [entry for entry in by_name if not entry.is_dir(follow_symlinks=False)]
    return [*folders, *reversed(files)]


def _look(path: Path, relative: str) -> Drop | Stuck | None:
    """One directory entry that is not a folder; None when it is ours, or gone again."""
    try:
        if path.name == PAGE and is_our_page(path):
            return None
    except FileNotFoundError:
        return None
    except OSError:  # ours or not: the next sweep may see
        return Stuck(relative, Because.of("not_readable"))
    shape = shape_of(path)
    if shape:
        return Drop(relative, shape)
    if path.is_symlink() or path.exists():
        return Stuck(relative, Because.of("not_a_file"))
    return None
