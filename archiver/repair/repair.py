"""Heals what a check names, as far as it surely can, and says what it could not.

Looks first, then acts: folders, files, then what follows the catalogue. Each act is whole by itself
and looks again before it begins, so a crash anywhere is resumed by repairing again.
"""

import errno
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from os.path import lexists
from pathlib import Path, PurePosixPath

from archiver.catalogue import originals
from archiver.catalogue.originals import Original
from archiver.core.errors import N_, DamageFound, NotYet, Phrase
from archiver.core.model import Digest, DocumentId
from archiver.core.names import readable
from archiver.custody.healing import drop_name, heal, put_back, put_folder_back
from archiver.custody.move import finish_moves
from archiver.custody.tombstone import finish_leaving
from archiver.custody.witness import inspected
from archiver.disk.guard import Presence, identity, only_one
from archiver.disk.place import sweep_drafts
from archiver.repair.at_hand import AtHand, Source, saved_in
from archiver.repair.check import check, look
from archiver.repair.fault import Fault
from archiver.repair.folders import renamed
from archiver.repair.modes import set_modes
from archiver.repair.remake import remake_index, remake_ledger, remake_listing
from archiver.vault.layout import DERIVED
from archiver.vault.vault import Vault

_FULL = {errno.ENOSPC, errno.EROFS, errno.EDQUOT}
_LOSSES = {"missing", "altered", "unreadable", "misplaced"}
_HOME = N_("put back where it belongs")
_REMADE = N_("made anew")
_RIGHT = N_("set right")
_COPY = N_("healed with the copy {path}")
_SAVED = N_("healed from the backup")
_NAME = N_("a second name of a paper that lies where it belongs: taken away")
_LOST = N_("no sound copy of it is at hand; name a backup: archiver repair --from BACKUP")
_STRANGER = N_("not ours to decide: take it in, or take it away")
_TORN = N_("not to be repaired: put a backup back with archiver restore BACKUP INTO")
_MEANWHILE = N_("somebody was quicker: run archiver check --deep")


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of one fault.

    Attributes:
        healed: it is over; never in a dry run.
        how: what was (or would be) done; else what a person can do.
    """

    fault: Fault
    healed: bool
    how: str


def repair(
    vault: Vault,
    backup: Path | None,
    *,
    dry_run: bool,
    progress: Callable[[int, int], None],
) -> tuple[Mended, ...]:
    """Check everything, heal it, and write down what remains; the caller publishes.

    Args:
        vault: the open vault; others may work in it.
        backup: the folder of one backup to take lost bytes from.
        dry_run: only say what would be done.
        progress: told how many of how many files have been looked at.

    Raises:
        Busy: somebody else repairs.
        UsageError: `backup` is none.
        OSError: the store is full or read-only.
    """
    saved = saved_in(backup)
    with only_one(vault.layout.repairing, "repair"):
        if not dry_run:
            with suppress(DamageFound):  # what is lost is healed below, then it is tried again
                finish_moves(vault)
            finish_leaving(vault)
            _sweep(vault)
        with vault.catalogue.read() as tx:
            recorded = {one.key: one for one in originals.originals(tx)}
        work = _Work(vault, recorded, dry_run=dry_run)
        mended = work.modes()
        faults = check(vault, deep=True, progress=progress)
        back = list(work.folders(faults))
        mended += back
        if any(one.healed for one in back):  # everything in them came along
            mended += work.modes()
            faults = check(vault, deep=True, progress=progress)
        done = {one.fault for one in mended}
        faults = tuple(one for one in faults if one not in done)
        mended += work.files(faults, saved)
        mended += work.follow([one for one in faults if one.document is None])
        mended += work.index([one for one in faults if one.kind == "index"])
        if not dry_run and mended:
            with suppress(DamageFound):
                finish_moves(vault)
            _witness(vault, mended)
    return tuple(mended)


def _sweep(vault: Vault) -> None:
    """Remove half-made copies of a dead process, when nobody is at work who might be making one."""
    presence = Presence(vault.layout.presence)
    try:
        if presence.alone():
            for folder in (vault.layout.customers, vault.layout.quarantine, vault.layout.ledger):
                sweep_drafts(folder)
    finally:
        presence.close()


def _witness(vault: Vault, mended: Sequence[Mended]) -> None:
    """Write down what was proved sound, and what is still wrong."""
    sound = {
        DocumentId(one.fault.document)
        for one in mended
        if one.healed and one.fault.document and one.fault.kind in _LOSSES
    }
    left = tuple((one.fault.kind, one.fault.document or "") for one in mended if not one.healed)
    inspected(vault, sorted(sound), left, deep=True)


class _Work:
    """Deals with faults, each once.

    Args:
        vault: the open vault.
        recorded: key → everything that was recorded.
        dry_run: only say what would be done.
    """

    def __init__(self, vault: Vault, recorded: Mapping[str, Original], *, dry_run: bool) -> None:
        self._vault = vault
        self._recorded = recorded
        self._dry = dry_run

    def _try(self, fault: Fault, how: str, act: Callable[[], object]) -> Mended:
        """Do one act; what the disk refuses is told, but a full disk ends everything."""
        if self._dry:
            return Mended(fault, healed=False, how=how)
        try:
            done = act()
        except OSError as error:
            if error.errno in _FULL:
                raise
            return Mended(fault, healed=False, how=str(error.strerror))
        except (DamageFound, NotYet) as error:
            return Mended(fault, healed=False, how=Phrase.of(error.message, **error.facts))
        if done is False:
            return Mended(fault, healed=False, how=Phrase.of(_MEANWHILE))
        return Mended(fault, healed=True, how=how)

    def modes(self) -> list[Mended]:
        """Permissions first: what is closed cannot be read."""
        root = self._vault.layout.root
        found = set_modes(root, self._recorded.values(), dry_run=self._dry)
        return [Mended(one, not self._dry, Phrase.of(_RIGHT)) for one in found]

    def folders(self, faults: Sequence[Fault]) -> Iterator[Mended]:
        """Renamed folders go back whole; where that fails their papers are tried one by one."""
        for one in renamed(self._vault.layout.root, faults, self._recorded):
            keys = {original.key for original in one.inside}
            lost = (fault for fault in faults if fault.kind == "misplaced")
            first, *others = (fault for fault in lost if fault.document in keys)
            act = partial(put_folder_back, self._vault, one.found, one.home, one.inside)
            told = self._try(first, Phrase.of(_HOME), act)
            if told.healed or self._dry:
                yield told
                yield from (replace(told, fault=fault) for fault in others)

    def files(self, faults: Sequence[Fault], saved: Mapping[Digest, Path]) -> Iterator[Mended]:
        """Papers and what lies in quarantine, then strangers."""
        wrong = [(one, self._original(one)) for one in faults]
        lost = [(fault, original) for fault, original in wrong if original]
        strangers = {one.file or "" for one in faults if one.kind in {"extra", "misplaced"}}
        at_hand = AtHand(self._vault, [original for _, original in lost], strangers, saved)
        for fault, original in lost:
            yield self._heal(fault, original, at_hand.find(original))
        yield from self._strangers([one for one in faults if one.kind == "extra"])

    def _strangers(self, faults: Sequence[Fault]) -> Iterator[Mended]:
        """A stranger that is a paper's own file by another name loses that name; others stay."""
        root = self._vault.layout.root
        ours = {identity(root / one.path) for one in self._recorded.values() if faults} - {None}
        for fault in faults:
            path = root / (fault.file or "")
            if path.name in DERIVED or not lexists(path):
                continue  # a list, or gone home meanwhile
            if identity(path) in ours:
                act = partial(drop_name, self._vault, path)
                yield self._try(fault, Phrase.of(_NAME), act)
            else:
                yield Mended(fault, healed=False, how=Phrase.of(_STRANGER))

    def _original(self, fault: Fault) -> Original | None:
        found = self._recorded.get(fault.document or fault.file or "")
        return found if fault.kind in _LOSSES else None

    def _heal(self, fault: Fault, original: Original, source: Source | None) -> Mended:
        if look(self._vault, original, deep=True) is None:
            return self._try(fault, Phrase.of(_HOME), lambda: None)
        if source is None:
            return Mended(fault, healed=False, how=Phrase.of(_LOST))
        if source.stranger:
            act = partial(put_back, self._vault, original, source.path)
            return self._try(fault, Phrase.of(_HOME), act)
        root = self._vault.layout.root
        inside = source.path.is_relative_to(root)
        how = (
            Phrase.of(_COPY, path=readable(str(source.path.relative_to(root))))
            if inside
            else Phrase.of(_SAVED)
        )
        return self._try(fault, how, partial(heal, self._vault, original, source.path, fault.kind))

    def follow(self, faults: Sequence[Fault]) -> Iterator[Mended]:
        """Lists, the exported ledger; a broken chain or a torn catalogue is never touched."""
        for fault in faults:
            if PurePosixPath(fault.path or "").name in DERIVED:
                yield self._try(
                    fault, Phrase.of(_REMADE), partial(remake_listing, self._vault, fault)
                )
            elif fault.kind == "ledger" and fault.path:
                yield self._ledger(fault)
            elif fault.kind in {"ledger", "catalogue"}:
                yield Mended(fault, healed=False, how=Phrase.of(_TORN))

    def _ledger(self, fault: Fault) -> Mended:
        told = self._try(fault, Phrase.of(_REMADE), partial(remake_ledger, self._vault))
        return told if told.healed or self._dry else replace(told, how=Phrase.of(_TORN))

    def index(self, faults: Sequence[Fault]) -> Iterator[Mended]:
        """The index is told about all of them at once."""
        told = [one.document for one in faults if one.document]
        if faults:
            first = self._try(
                faults[0], Phrase.of(_REMADE), partial(remake_index, self._vault, told)
            )
            yield from (replace(first, fault=fault) for fault in faults)
