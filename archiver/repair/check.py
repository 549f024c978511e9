"""Completeness both ways: everything recorded lies where it should, and nothing else does."""

import os
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path

from archiver.catalogue import decisions, originals, tombstones
from archiver.catalogue.originals import Original
from archiver.core.errors import N_, Phrase
from archiver.core.model import DocumentId
from archiver.core.names import readable
from archiver.custody.fixity import damage
from archiver.custody.witness import inspected
from archiver.disk.digest import digest_of
from archiver.disk.guard import files_below, shape_of
from archiver.repair.fault import Fault
from archiver.repair.follow import follow_faults
from archiver.vault.layout import DERIVED
from archiver.vault.vault import Vault

_LATELY = 60 * 10**9
_PATIENCE = 1.0
"""Files younger than that (ns) get so many seconds more to be recorded."""


def check(vault: Vault, *, deep: bool, progress: Callable[[int, int], None]) -> tuple[Fault, ...]:
    """Look at everything and write the result to the ledger.

    Args:
        vault: the open vault.
        deep: read every file and compare its SHA-256; else names and sizes only.
        progress: told how many of how many files have been looked at.
    """
    begun = time.time_ns()  # the clock that stamps files, not the one of the archive
    with vault.catalogue.read() as tx:
        recorded = tuple(originals.originals(tx))
    faults: list[Fault] = []
    sound: list[DocumentId] = []
    for number, original in enumerate(recorded, start=1):
        fault = look(vault, original, deep=deep)
        if fault:
            faults.append(fault)
        elif deep and original.document:
            sound.append(original.document)
        progress(number, len(recorded))
    named = {one.path for one in recorded}
    strangers = [one for one in _strangers(vault, named) if _is_older(one, begun)]
    faults = list(_place_strangers(faults, strangers, vault))
    faults = _still_so(vault, faults, deep=deep)
    if any(_may_be_on_its_way(vault, fault, begun) for fault in faults):
        time.sleep(_PATIENCE)
        faults = _still_so(vault, faults, deep=deep)
    faults.extend(follow_faults(vault, deep=deep))
    inspected(vault, sound, tuple((one.kind, one.document or "") for one in faults), deep=deep)
    return tuple(_shown(one) for one in faults)


def _shown(fault: Fault) -> Fault:
    """The fault with a path that people can read, whatever bytes the disk has."""
    return replace(fault, path=readable(fault.path), file=fault.path) if fault.path else fault


def look(vault: Vault, original: Original, *, deep: bool) -> Fault | None:
    """Compare one file with what was recorded of it."""
    found = damage(vault, original, deep=deep)
    return Fault(found.kind, original.document, original.path, found.detail) if found else None


def _strangers(vault: Vault, named: Collection[str]) -> Iterator[Path]:
    """Files under `customers/` that no row names."""
    for path in sorted(files_below(vault.layout.customers)):
        if path.name not in DERIVED and vault.layout.relative(path) not in named:
            yield path


def _place_strangers(faults: list[Fault], strangers: list[Path], vault: Vault) -> Iterator[Fault]:
    """Pair strangers with missing papers of the same bytes: those are misplaced, not lost."""
    lost: dict[str, list[Fault]] = {}
    for fault in faults:
        if fault.kind == "missing" and fault.document:
            lost.setdefault(fault.detail, []).append(fault)
    for path in strangers:
        relative = vault.layout.relative(path)
        detail = _seen(path)
        owners = lost.get(detail)
        if owners:
            owner = owners.pop(0)
            home = Phrase.of(N_("belongs at {path}"), path=owner.path)
            yield Fault("misplaced", owner.document, relative, home)
        else:
            yield Fault("extra", None, relative, detail)
    yield from (fault for fault in faults if fault.kind != "missing" or not fault.document)
    yield from (fault for owners in lost.values() for fault in owners)


def _seen(path: Path) -> str:
    """What a stranger is."""
    try:
        return f"sha256 {digest_of(path)[0]}" if shape_of(path) else _no_file()
    except OSError as error:
        return str(error.strerror)


def _no_file() -> Phrase:
    return Phrase.of(N_("not a regular file"))


def _is_older(path: Path, instant: int) -> bool:
    """Whether a file was there before `instant` (ns): a newer one is just being taken in."""
    try:
        return path.lstat().st_ctime_ns <= instant
    except FileNotFoundError:
        return False


def _may_be_on_its_way(vault: Vault, fault: Fault, begun: int) -> bool:
    """Whether a file that no row names was placed so lately that its row may follow."""
    if fault.kind != "extra" or fault.path is None:
        return False
    return not _is_older(vault.layout.root / fault.path, begun - _LATELY)


def _still_so(vault: Vault, faults: list[Fault], *, deep: bool) -> list[Fault]:
    """The faults that are no work of others: papers come and move while a check looks at them."""
    if not faults:
        return []
    with vault.catalogue.read() as tx:
        recorded = {one.key: one for one in originals.originals(tx)}
        leaving = {one.path for one in tombstones.leaving(tx)}
        moving = {one.document: (one.old_path, one.new_path) for one in decisions.moves(tx)}
    named = {one.path for one in recorded.values()} | {old for old, _ in moving.values()}
    named |= leaving
    root = vault.layout.root

    def is_over(fault: Fault) -> bool:
        if fault.kind == "extra":
            return fault.path in named or not os.path.lexists(root / (fault.path or ""))
        original = recorded.get(fault.document or fault.path or "")
        if original is None or look(vault, original, deep=deep) is None:
            return True
        gone = fault.kind in {"missing", "misplaced"}  # it has no new name yet: the old one is one
        on_its_way = moving.get(DocumentId(original.key), ()) if gone else ()
        return any(shape_of(root / path) for path in on_its_way)

    return [fault for fault in faults if not is_over(fault)]
