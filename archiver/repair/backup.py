"""Makes a backup: a folder named by the instant, wholly there or not there at all."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archiver import __version__
from archiver.catalogue import ledger
from archiver.catalogue.ledger import Head
from archiver.core.errors import N_, DamageFound, UsageError
from archiver.core.model import Digest
from archiver.custody.witness import backed_up
from archiver.disk import copies, door
from archiver.disk.guard import only_one
from archiver.disk.place import DRAFT
from archiver.repair.bag import ABOUT, Bag, Earlier
from archiver.repair.contents import Contents, Progress
from archiver.repair.fault import Fault
from archiver.vault.layout import MANIFEST
from archiver.vault.vault import Vault

FORMAT = 1
_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Backup:
    """What was made.

    Attributes:
        name: of the folder: the instant in UTC.
        head: of the ledger as the backup has it.
        files: how many, the catalogue included; `linked` of them shared with the backup before.
        bytes: what restoring it takes.
        manifest: SHA-256 of its manifest.
        faults: originals that are not what was recorded.
    """

    name: str
    made_at: datetime
    head: Head
    documents: int
    files: int
    linked: int
    bytes: int
    manifest: Digest
    faults: tuple[Fault, ...]


def back_up(vault: Vault, into: Path, *, full: bool, progress: Progress) -> Backup:
    """Make the folder `<into>/<UTC time>`: wholly there, or not there at all.

    Args:
        vault: the open vault; others may work in it.
        into: where backups are kept, absolute; made when it is missing.
        full: copy everything anew instead of sharing files with the backup before.
        progress: told after each paper.

    Raises:
        UsageError: `into` lies in the vault, or the vault in `into`.
        Busy: another backup is being made there.
        VaultError, OSError: the disk refused; nothing is left behind.
    """
    refuse_nested(vault.layout.root, into)
    door.make_folder(into)
    with only_one(into / _LOCK, "backup"):
        _sweep(into)
        made_at = vault.clock()
        earlier = Earlier(None) if full else _earlier(into)
        final = _free(into, made_at)
        draft = into / f"{DRAFT}{final.name}"
        draft.mkdir(mode=0o750)
        try:
            made = _fill(vault, Bag(draft, earlier), progress, made_at)
            door.rename(draft, final)
        finally:
            _sweep(into)
        door.sync_folder(into)
    facts: Mapping[str, ledger.Fact] = {
        "backup": made.name,
        "head": f"{made.head.seq}:{made.head.leaf}",
        "manifest": made.manifest,
        "documents": made.documents,
        "bytes": made.bytes,
        "faults": len(made.faults),
    }
    backed_up(vault, facts, tuple((one.kind, one.document or "") for one in made.faults))
    return made


def refuse_nested(root: Path, other: Path) -> None:
    """A vault and its backups live apart, or one disk error takes both.

    Raises:
        UsageError: one of the two folders lies in the other.
    """
    one, two = (Path(os.path.realpath(path)) for path in (root, other))
    if one.is_relative_to(two) or two.is_relative_to(one):
        raise UsageError(
            N_("{folder} and the vault {vault} lie in one another"),
            hint=N_("name a folder outside of the vault, best on another disk"),
            folder=other,
            vault=root,
        )


def refuse_other(folder: Path) -> None:
    """Only the folder of one backup will do.

    Raises:
        UsageError: `folder` is none; the hint names one that lies in it.
    """
    if not (folder / ABOUT).is_file():
        inside = newest(folder) if folder.is_dir() else None
        raise UsageError(
            N_("{folder} is not a backup"),
            hint=N_("it holds backups, the newest is: {newest}")
            if inside
            else N_("name the folder of one backup: DIR/<UTC time>"),
            folder=folder,
            newest=inside,
        )


def newest(into: Path) -> Path | None:
    """The backup made last in `into`; None when there is none."""
    found = (path.parent for path in into.glob(f"*/{ABOUT}") if (path.parent / MANIFEST).is_file())
    return max((one for one in found if not one.name.startswith(".")), default=None)


def _earlier(into: Path) -> Earlier:
    """The files of the backup before; one that is damaged has nothing to share."""
    with suppress(DamageFound):
        return Earlier(newest(into))
    return Earlier(None)


def _free(into: Path, made_at: datetime) -> Path:
    """A name nobody has: the instant in UTC."""
    name = made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    number = 1
    path = into / name
    while path.exists():
        number += 1
        path = into / f"{name}-{number}"
    return path


def _sweep(into: Path) -> None:
    """Remove what a backup that was cut off left; only for the one that holds the lock."""
    for draft in into.glob(f"{DRAFT}*"):
        copies.remove_tree(draft)


def _fill(vault: Vault, bag: Bag, progress: Progress, made_at: datetime) -> Backup:
    """Fill the bag and bring it to stable storage."""
    view, faults = Contents(vault, bag, progress).gather()
    total = sum(one.size for one in bag.files.values())
    documents = sum(not one.joined_to for one in view.papers)
    about = {
        "format": FORMAT,
        "program": __version__,
        "made_at": made_at.isoformat(timespec="seconds"),
        "head": f"{view.head.seq}:{view.head.leaf}",
        "documents": documents,
        "files": len(bag.files),
        "bytes": total,
        "faults": [{"kind": one.kind, "path": one.path} for one in faults],
    }
    return Backup(
        name=bag.folder.name.removeprefix(DRAFT),
        made_at=made_at,
        head=view.head,
        documents=documents,
        files=len(bag.files),
        linked=bag.linked,
        bytes=total,
        manifest=bag.close(about, made_at),
        faults=faults,
    )
