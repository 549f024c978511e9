"""Cuts the power, fills the disk and kills the process at every durable boundary of a backup."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.catalogue import store
from archiver.disk import copies, door
from archiver.vault.vault import Vault
from tests.repair.backups import faults_of, filled, is_whole, put_back, saved
from tests.worlds import a_vault, reopened

ACTS = ("link", "rename", "sync_file", "sync_folder")


class PowerCut(BaseException):
    """Nothing catches this: the machine is off."""


class Mains:
    """The disk behind `door`, which stops at the n-th boundary.

    What was not synced by then is lost in the worst order: new names in the folder of backups
    survive, bytes and names inside of them do not.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, into: Path, at: int) -> None:
        self.boundaries = 0
        self._into, self._at, self._off = into, at, False
        self._synced = {path.lstat().st_ino for path in into.rglob("*")}
        self._syncs = (door.sync_file, door.sync_folder)
        for name in ACTS:
            monkeypatch.setattr(door, name, self._bounded(getattr(door, name)))
        commit, remove = store.commit, copies.remove_tree
        monkeypatch.setattr(store, "commit", self._bounded(commit))
        monkeypatch.setattr(copies, "remove_tree", self._bounded(remove))

    def _bounded(self, act: Callable[..., object]) -> Callable[..., None]:
        def bounded(*given: int | Path) -> None:
            self._boundary()
            act(*given)
            if act in self._syncs:
                self._synced.add(os.stat(given[0]).st_ino)  # noqa: PTH116 - an open file too
            self._boundary()

        return bounded

    def _boundary(self) -> None:
        if self._off:
            raise PowerCut
        if self.boundaries == self._at:
            self._off = True
            self._lose()
            raise PowerCut
        self.boundaries += 1

    def _lose(self) -> None:
        for path in sorted(self._into.rglob("*"), reverse=True):
            kept = path.parent == self._into or path.parent.stat().st_ino in self._synced
            if path.is_file() and path.stat().st_ino not in self._synced:
                path.chmod(0o640)
                path.write_bytes(b"")
            if not kept and (path.is_file() or not any(path.iterdir())):
                path.unlink() if path.is_file() else path.rmdir()


def finished(into: Path) -> list[Path]:
    return [path for path in into.iterdir() if not path.name.startswith(".")]


def sound_after(vault: Vault, into: Path) -> None:
    """Whatever has a final name is whole, and the next backup leaves nothing half behind."""
    assert all(is_whole(path) for path in finished(into))
    made = saved(vault, into)
    assert made.faults == ()
    assert is_whole(into / made.name)
    assert [path.name for path in into.iterdir() if path.name.startswith(".")] == [".lock"]


@pytest.mark.usefixtures("unmeasured")
def test_a_cut_at_any_boundary_leaves_no_half_backup(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
    at, cut, whole = 0, True, 0
    while cut:
        into = tmp_path / f"backups-{at}"
        into.mkdir()
        with (
            pytest.MonkeyPatch.context() as patched,
            reopened(tmp_path / "vault") as vault,
        ):
            mains = Mains(patched, into, at)
            try:
                saved(vault, into)
            except PowerCut:
                whole += len(finished(into))
            else:
                cut = False
        with reopened(tmp_path / "vault") as vault:
            sound_after(vault, into)
        at += 1
    assert mains.boundaries > 60, "the boundaries are not seen any more"
    assert 1 <= whole < at / 2, "it has its name after everything is safe, not before"
    assert faults_of(tmp_path / "vault") == []


def test_a_cut_during_the_second_leaves_the_first_whole(tmp_path: Path) -> None:
    into = tmp_path / "backups"
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
        first = saved(vault, into)
    for at in range(0, 60, 7):
        with pytest.MonkeyPatch.context() as patched, reopened(tmp_path / "vault") as vault:
            Mains(patched, into, at)
            with pytest.raises(PowerCut):
                saved(vault, into)
        assert all(is_whole(path) for path in finished(into))
        assert is_whole(into / first.name)
    with reopened(tmp_path / "vault") as vault:
        sound_after(vault, into)


@pytest.mark.parametrize("act", ACTS)
def test_a_full_disk_leaves_nothing_and_is_told(
    tmp_path: Path, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = tmp_path / "backups"
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
        saved(vault, into)

        def full(*given: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr(door, act, full)
            with pytest.raises(OSError, match="space"):
                saved(vault, into)
        assert len(finished(into)) == 1
        sound_after(vault, into)


KILLED = """
import os, signal, sys
from pathlib import Path
from archiver.cli.app import main
from archiver.disk import door

left = int(sys.argv.pop(1))

def bounded(act):
    def killing(*given):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        act(*given)
    return killing

for name in ("link", "rename", "sync_file", "sync_folder"):
    setattr(door, name, bounded(getattr(door, name)))
main()
"""


@pytest.mark.parametrize("at", [1, 12, 25])
def test_a_killed_backup_leaves_a_draft_that_the_next_removes(tmp_path: Path, at: int) -> None:
    into = tmp_path / "backups"
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
    words = ["--vault", str(tmp_path / "vault"), "backup", str(into)]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(at), *words], capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert finished(into) == []
    assert len(list(into.glob(".draft-*"))) == 1
    with reopened(tmp_path / "vault") as vault:
        sound_after(vault, into)


def test_a_restore_that_was_cut_is_no_vault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
        made = saved(vault, tmp_path / "backups")
    real = copies.copy
    with monkeypatch.context() as patched:
        patched.setattr(copies, "empty", lambda folder: None)

        def off(source: Path, target: Path, mode: int) -> object:
            if ".archiver" in str(source):
                raise PowerCut
            return real(source, target, mode)

        patched.setattr(copies, "copy", off)
        with pytest.raises(PowerCut):
            put_back(tmp_path / "backups" / made.name, tmp_path / "back")
    assert list((tmp_path / "back" / "customers").rglob("*.txt"))
    assert not (tmp_path / "back" / ".archiver" / "catalogue.db").exists()
    assert not (tmp_path / "back" / ".archiver" / "vault.toml").exists()
