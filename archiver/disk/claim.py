"""Takes a dropped file in hand: one rename within the inbox, so that only one can have it.

A claim lies under `<inbox>/.claims/<receipt>/<path under inbox>`, by a readable name whatever
bytes the dropped one had. It outlives its process: whoever finds it later knows the receipt and
the name it was dropped under.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from archiver.core.errors import N_, NotYet
from archiver.core.model import ReceiptId, Shape
from archiver.core.names import ending, join_name, readable
from archiver.disk import door
from archiver.disk.guard import is_being_written, shape_of
from archiver.disk.place import copy_durably, sweep_drafts

CLAIMS = ".claims"
_MOST = 4095
"""Bytes of a path that Linux takes."""
_LONGEST_RECEIPT = 64
_FOLDER_MODE = 0o2770  # the inbox is shared with the office: group may write


def fits(inbox: Path, relative: str) -> bool:
    """Whether `<inbox>/<relative>` can be opened and claimed: names may grow made readable."""
    claimed = inbox / CLAIMS / ("R" * _LONGEST_RECEIPT) / readable(relative)
    return max(len(os.fsencode(inbox / relative)), len(os.fsencode(claimed))) <= _MOST


def claim(inbox: Path, relative: str, receipt: ReceiptId) -> Path | None:
    """Rename `<inbox>/<relative>` into its claim; both folders synced.

    Returns:
        Where it lies now, or None when somebody else was quicker or it is gone.
    """
    source = inbox / relative
    target = inbox / CLAIMS / receipt / readable(relative)
    door.make_folder(target.parent, _FOLDER_MODE)
    try:
        door.rename(source, target)
    except FileNotFoundError:
        prune(target.parent, inbox / CLAIMS)
        return None
    door.sync_folder(target.parent)
    door.sync_folder(source.parent)
    return target


def claim_copy(inbox: Path, given: Path, receipt: ReceiptId) -> Path:
    """Copy a file named on the command line into a claim; the original stays where it is.

    Raises:
        NotYet: it changed while it was copied.
    """
    target = inbox / CLAIMS / receipt / readable(given.name)
    door.make_folder(target.parent, _FOLDER_MODE)
    before = shape_of(given)
    copy_durably(given, target)
    if before is None or shape_of(given) != before:
        release(target, inbox / CLAIMS)
        shown = readable(str(given))
        raise NotYet(N_("{file} changed while it was being taken in"), file=shown)
    return target


def pending(inbox: Path) -> Iterator[tuple[ReceiptId, str, Path]]:
    """Claims left behind: (receipt, path under the inbox, where it lies), oldest receipt first.

    Half-made copies go: the file they were made from still lies where it was. Only for one who is
    alone.
    """
    claims = inbox / CLAIMS
    if not claims.is_dir():
        return
    for folder in sorted(claims.iterdir()):
        sweep_drafts(folder)
        files = [path for path in sorted(folder.rglob("*")) if shape_of(path)]
        if not files:
            for empty in [*folder.rglob("*"), folder]:
                prune(empty, claims)
        for path in files:
            yield ReceiptId(readable(folder.name)), path.relative_to(folder).as_posix(), path


def release(path: Path, claims: Path, expected: Shape | None = None) -> None:
    """Let go of a claim whose bytes and row are safe.

    Args:
        path: the claimed file.
        claims: the `.claims` folder; emptied folders below it go too.
        expected: what the file looked like when its bytes were read.

    Raises:
        NotYet: the file is not what was archived any more: somebody wrote to it after all, or is
            about to.
    """
    found = shape_of(path)
    if expected and found and (found != expected or is_being_written(path)):
        raise NotYet(N_("{file} was written to after it was archived"), file=path.name)
    if found is not None:
        door.unlink(path)
        door.sync_folder(path.parent)
    prune(path.parent, claims)


def give_back(path: Path, inbox: Path) -> None:
    """Return a claim to the inbox under its own name (or a fresh one where that is taken)."""
    _, *relative = path.relative_to(inbox / CLAIMS).parts  # the first folder is the receipt
    own = target = inbox.joinpath(*relative)
    door.make_folder(target.parent, _FOLDER_MODE)
    number = 1
    while target.exists():
        number += 1
        target = own.with_name(join_name(own.stem, f" ({number}){ending(own.name)}"))
    door.rename(path, target)
    door.sync_folder(target.parent)
    door.sync_folder(path.parent)
    prune(path.parent, inbox / CLAIMS)


def prune(folder: Path, stop: Path) -> None:
    """Remove empty folders from `folder` upwards, `stop` itself excepted."""
    while folder != stop and folder.is_relative_to(stop):
        try:
            folder.rmdir()
        except OSError:  # not empty, or somebody else was quicker
            return
        folder = folder.parent
