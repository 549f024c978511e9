"""Permissions of originals and their folders: papers are never written to, folders are shared."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from stat import S_IMODE, S_ISDIR, S_ISREG

from archiver.catalogue.originals import Original
from archiver.core.errors import N_, Phrase
from archiver.disk import door
from archiver.repair.fault import Fault
from archiver.vault.layout import CUSTOMERS


def set_modes(root: Path, recorded: Iterable[Original], *, dry_run: bool) -> Iterator[Fault]:
    """Set right what is wrong; gives what was. Folders first: a closed one hides what is in it.

    A file system without permissions, and files of other owners, are left as they are.
    """
    paths = [PurePosixPath(one.path) for one in recorded]
    parents = {parent for path in paths for parent in path.parents if parent.parts[1:]}
    folders = sorted(one for one in parents if one.parts[0] == CUSTOMERS)
    for path in (*folders, *paths):
        with suppress(OSError):
            found = (root / path).lstat().st_mode
            right = (
                door.FILE_MODE if S_ISREG(found) else door.FOLDER_MODE if S_ISDIR(found) else None
            )
            if right is None or S_IMODE(found) == right:
                continue
            if not dry_run:
                (root / path).chmod(right)
                if S_IMODE((root / path).lstat().st_mode) != right:
                    continue
            detail = Phrase.of(
                N_("permissions {found:04o}, {right:04o} is right"),
                found=S_IMODE(found),
                right=right,
            )
            yield Fault("altered", None, path.as_posix(), detail, path.as_posix())
