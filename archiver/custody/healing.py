"""Heals originals: a file is put back under its recorded name, or its bytes are.

Nothing is ever overwritten or deleted: what lies in the way is put aside, with a note. Each act
holds the catalogue while it works, so that nobody moves the paper meanwhile. A crash leaves a file
under two names, or a place empty: the next repair goes on from there.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from archiver.catalogue import ledger, queue
from archiver.catalogue.originals import Original, stands
from archiver.catalogue.store import Connection
from archiver.core.errors import N_
from archiver.core.names import ending, join_name, readable
from archiver.custody.move import give_name
from archiver.custody.stamp import stamp
from archiver.declarations.words import speaking, translate
from archiver.disk import door
from archiver.disk.claim import prune
from archiver.disk.digest import digest_of
from archiver.disk.guard import shape_of
from archiver.disk.lines import replace_text
from archiver.disk.place import in_folder, place
from archiver.vault.vault import Vault

_NOTE = N_(
    "Nobody dropped this file: it lay among the papers and was not what is recorded there."
    " It was put aside; nothing needs to be done with it.\n\n"
    "It lay at: {path}\n"
    "Put aside: {at}\n"
    "SHA-256: {digest}\n"
)
_REASON = ".reason.txt"


def put_back(vault: Vault, original: Original, found: Path) -> bool:
    """Give a file that lies elsewhere its recorded name, then take the other name away.

    Args:
        vault: the open vault.
        original: what was recorded.
        found: a file of these bytes that no row names.

    Returns:
        False when the paper was moved, or left, meanwhile.
    """
    target = vault.layout.root / original.path
    with vault.catalogue.write() as tx:
        if not stands(tx, original):
            return False
        _clear(vault, target, original)
        in_folder(target.parent, lambda: give_name(found, target))
        target.chmod(door.FILE_MODE)
        door.sync_folder(target.parent)
        _note(vault, tx, original, "misplaced")
        _ask_for_lists(tx, original)
    drop_name(vault, found)
    return True


def put_folder_back(vault: Vault, found: Path, home: Path, inside: Sequence[Original]) -> None:
    """Give a folder that somebody renamed its recorded name; what lies in it comes along.

    Raises:
        OSError: something lies at `home` meanwhile.
    """
    with vault.catalogue.write() as tx:
        in_folder(home.parent, lambda: door.rename(found, home))
        door.sync_folder(home.parent)
        door.sync_folder(found.parent)
        for one in inside:
            _note(vault, tx, one, "misplaced")
    prune(found.parent, vault.layout.customers)


def heal(vault: Vault, original: Original, source: Path, found: str) -> bool:
    """Put a copy of the recorded bytes where they belong.

    Args:
        vault: the open vault.
        original: what was recorded.
        source: a file of these bytes; it stays, and is proved while it is copied.
        found: what was there instead: `missing`, `altered`, `unreadable`.

    Returns:
        False when the paper was moved, or left, meanwhile.
    """
    target = vault.layout.root / original.path
    with vault.catalogue.write() as tx:
        if not stands(tx, original):
            return False
        _clear(vault, target, original)
        in_folder(target.parent, lambda: place(source, target, original.digest))
        _note(vault, tx, original, found)
        _ask_for_lists(tx, original)
    return True


def drop_name(vault: Vault, path: Path) -> None:
    """Take away a further name of a file that lies where it belongs, and folders left empty."""
    door.unlink(path)
    if path.parent.is_dir():
        door.sync_folder(path.parent)
    prune(path.parent, vault.layout.customers)


def remade(vault: Vault, facts: Mapping[str, ledger.Fact]) -> None:
    """Write down that something derived was made anew."""
    with vault.catalogue.write() as tx:
        ledger.append(tx, stamp(vault, tx), "healing", facts)


def set_aside(vault: Vault, path: Path) -> None:
    """Carry whatever lies at `path` into quarantine, with a note; nothing when nothing does."""
    if not os.path.lexists(path):
        return
    digest = _digest(path)
    number = 1
    while True:
        mark = f" {digest[:8]}" if number == 1 else f" {digest[:8]} ({number})"
        notes = join_name(f"damaged {path.stem}", f"{mark}{ending(path.name)}{_REASON}")
        target = vault.layout.quarantine / notes.removesuffix(_REASON)
        if not os.path.lexists(target):
            break
        number += 1
    with speaking(vault.settings.lang):
        note = translate(_NOTE).format(
            path=readable(vault.layout.relative(path)),
            at=vault.clock().isoformat(timespec="seconds"),
            digest=digest,
        )
    door.make_folder(target.parent)
    replace_text(target.with_name(notes), note)
    door.rename(path, target)
    door.sync_folder(target.parent)
    door.sync_folder(path.parent)


def _digest(path: Path) -> str:
    try:
        return digest_of(path)[0] if shape_of(path) else "-"
    except OSError:
        return "-"


def _clear(vault: Vault, target: Path, original: Original) -> None:
    """Put aside what lies in the way of `target`: a file or link where a folder must be, too."""
    for folder in reversed(target.relative_to(vault.layout.root).parents[:-1]):
        one = vault.layout.root / folder
        if one.is_symlink() or (one.exists() and not one.is_dir()):
            set_aside(vault, one)
    if _digest(target) != original.digest:
        set_aside(vault, target)


def _ask_for_lists(tx: Connection, original: Original) -> None:
    """The lists of its folder may have gone with it."""
    if original.document:
        queue.push(tx, original.document, original.path)


def _note(vault: Vault, tx: Connection, original: Original, found: str) -> None:
    """Write the act down."""
    about: dict[str, ledger.Fact] = {"receipt": original.receipt, "found": found}
    if original.document:
        about["document"] = original.document
    ledger.append(tx, stamp(vault, tx), "healing", about)
