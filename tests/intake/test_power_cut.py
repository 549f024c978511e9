"""Cuts the power at every durable boundary of the path, and forgets what had not been synced."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.catalogue import store
from archiver.core.model import Outcome
from archiver.custody import party
from archiver.disk import door
from archiver.repair.check import check
from archiver.report.account import account
from archiver.review.decide import assign, queue
from archiver.vault.vault import Vault
from tests.worlds import CODE, CONTRACT, LICENCE, a_vault, a_zip, drop, ingest, papers, reopened

NAME = "青梧市华信样本运输有限公司"
INSIDE = CONTRACT.format(name=NAME)
Undo = Callable[[], None]


class PowerCut(BaseException):
    """Nothing catches this: the machine is off."""


class Mains:
    """The disk behind `door`, which stops at the n-th boundary and loses what was not synced."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, at: int, lossy: bool) -> None:
        self.boundaries = 0
        self._at = at
        self._lossy = lossy
        self._off = False
        self._unsynced: list[tuple[Path, Undo]] = []
        self._synced: set[int] = set()
        self._real = {name: getattr(door, name) for name in ("link", "rename", "unlink")}
        for name in self._real:
            monkeypatch.setattr(door, name, getattr(self, name))
        self._sync_file, self._sync_folder = door.sync_file, door.sync_folder
        self._commit = store.commit
        monkeypatch.setattr(door, "sync_file", self.sync_file)
        monkeypatch.setattr(door, "sync_folder", self.sync_folder)
        monkeypatch.setattr(store, "commit", self.commit)

    def _boundary(self) -> None:
        """The power may go here."""
        if self._off:
            raise PowerCut
        if self.boundaries == self._at:
            self._off = True
            if self._lossy:
                for _, undo in reversed(self._unsynced):
                    undo()
            raise PowerCut
        self.boundaries += 1

    def sync_file(self, descriptor: int) -> None:
        self._boundary()
        self._sync_file(descriptor)
        self._synced.add(os.fstat(descriptor).st_ino)
        self._boundary()

    def sync_folder(self, folder: Path) -> None:
        self._boundary()
        self._sync_folder(folder)
        self._unsynced = [(where, undo) for where, undo in self._unsynced if where != folder]
        self._boundary()

    def link(self, source: Path, target: Path) -> None:
        self._boundary()
        assert source.stat().st_ino in self._synced or "inbox" not in str(source), "unsynced bytes"
        self._real["link"](source, target)
        self._unsynced.append((target.parent, lambda: target.unlink(missing_ok=True)))
        self._boundary()

    def rename(self, source: Path, target: Path) -> None:
        self._boundary()
        before = target.read_bytes() if target.exists() else None
        self._real["rename"](source, target)

        def undo() -> None:
            if target.exists():
                target.rename(source)
            if before is not None:
                target.write_bytes(before)

        self._unsynced.append((target.parent, undo))
        self._boundary()

    def unlink(self, path: Path) -> None:
        self._boundary()
        before = path.read_bytes() if path.exists() else None
        self._real["unlink"](path)

        def undo() -> None:
            if before is not None and path.parent.is_dir():
                path.write_bytes(before)

        self._unsynced.append((path.parent, undo))
        self._boundary()

    def commit(self, connection: store.Connection) -> None:
        self._boundary()
        self._commit(connection)
        self._boundary()


def drops(vault: Vault) -> None:
    """One paper that files itself, its bytes again, one to be asked about, one that is locked,
    and an archive that holds one paper twice."""
    party.add(vault, NAME, kind="customer", aliases=["华信"], codes=[CODE])
    drop(vault, "a.txt", LICENCE)
    drop(vault, "b.txt", LICENCE)
    drop(vault, "新客户/c.txt", CONTRACT.format(name="新客户样本店"))
    drop(vault, "d.txt", "LOCKED")
    drop(vault, "e.zip", a_zip({"f.txt": INSIDE.encode(), "g.txt": INSIDE.encode()}))


def sound(vault: Vault) -> None:
    """Nothing lost, nothing twice, everything accounted for, and the check agrees."""
    ingest(vault)
    found = account(vault, None)
    counts = (found.filed, found.review, found.duplicate, found.quarantined, found.waiting)
    assert counts == (2, 1, 1, 1, 0)
    assert sorted(papers(vault).values()) == sorted(
        text.encode() for text in (LICENCE, INSIDE, CONTRACT.format(name="新客户样本店"))
    )
    aside = [p for p in vault.layout.quarantine.iterdir() if p.suffix == ".txt"]
    assert sorted(p.name.endswith(".reason.txt") for p in aside) == [False, True]
    assert not check(vault, deep=True, progress=lambda done, of: None)


@pytest.mark.parametrize("lossy", [False, True], ids=["kept", "lost"])
def test_intake_survives_a_cut_at_every_boundary(tmp_path: Path, *, lossy: bool) -> None:
    at = 0
    while True:
        root = tmp_path / str(at)
        with a_vault(root) as vault:
            drops(vault)
            with pytest.MonkeyPatch.context() as patched:
                mains = Mains(patched, at=at, lossy=lossy)
                try:
                    ingest(vault)
                except PowerCut:
                    cut = True
                else:
                    cut = False
        with reopened(root) as vault:
            sound(vault)
        if not cut:
            break
        at += 1
    assert mains.boundaries > 60, "the boundaries are not seen any more"


@pytest.mark.parametrize("lossy", [False, True], ids=["kept", "lost"])
def test_a_decision_survives_a_cut_at_every_boundary(tmp_path: Path, *, lossy: bool) -> None:
    at = 0
    cut = True
    while cut:
        root = tmp_path / str(at)
        with a_vault(root) as vault:
            drop(vault, "c.txt", CONTRACT.format(name="谁也不是"))
            ingest(vault)
            whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
            (document,) = queue(vault)
            with pytest.MonkeyPatch.context() as patched:
                mains = Mains(patched, at=at, lossy=lossy)
                try:
                    assign(vault, document, whose.id, None)
                except PowerCut:
                    cut = True
                else:
                    cut = False
        with reopened(root) as vault:
            ingest(vault)
            found = papers(vault)
            assert len(found) == 1, "one file per document, in exactly one place"
            (path,) = found
            moved = path.startswith(NAME)
            assert moved or queue(vault), "either the old state or the new"
            assert not check(vault, deep=True, progress=lambda done, of: None)
        at += 1
    assert mains.boundaries > 8


def test_two_outcomes_of_one_drop_cannot_be(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drops(vault)
        first = ingest(vault)
        assert [first[name].outcome for name in ("a.txt", "b.txt")] == [
            Outcome.FILED,
            Outcome.DUPLICATE,
        ]
        assert ingest(vault) == {}
