"""Every drop has exactly one outcome, whatever it is and whatever happens meanwhile."""

import errno
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from archiver.catalogue import store
from archiver.catalogue.store import Connection
from archiver.core.errors import ExitCode, UsageError, VaultError
from archiver.core.model import Outcome
from archiver.custody import party
from archiver.disk import door
from archiver.intake.ingest import ingest_given, ingest_inbox
from archiver.intake.sweep import PAGE
from archiver.repair.check import check
from archiver.report.account import account
from archiver.vault.vault import Vault
from tests.worlds import CODE, CONTRACT, LICENCE, a_vault, drop, ingest, papers, reopened, tree

NAME = "青梧市华信样本运输有限公司"


def sound(vault: Vault) -> bool:
    return not check(vault, deep=True, progress=lambda done, of: None)


def test_each_kind_of_drop_has_its_outcome(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=["华信"], codes=[CODE])
        drop(vault, "a.txt", LICENCE)
        drop(vault, "again.txt", LICENCE)
        drop(vault, f"{NAME}/c.txt", CONTRACT.format(name=NAME))
        drop(vault, "新店/d.txt", CONTRACT.format(name="新店"))
        drop(vault, "nobody.txt", "today is a fine day")
        drop(vault, "locked.txt", "LOCKED")
        drop(vault, "bug.txt", "BUG")
        drop(vault, "empty.txt", "")
        found = {name: taken.outcome for name, taken in ingest(vault).items()}
        assert found == {
            "a.txt": Outcome.FILED,
            "again.txt": Outcome.DUPLICATE,
            f"{NAME}/c.txt": Outcome.FILED,
            "新店/d.txt": Outcome.REVIEW,
            "nobody.txt": Outcome.REVIEW,
            "locked.txt": Outcome.QUARANTINED,
            "bug.txt": Outcome.QUARANTINED,
            "empty.txt": Outcome.QUARANTINED,
        }
        counted = account(vault, None)
        assert (counted.received, counted.waiting) == (len(found), 0)
        left = {path.rsplit("/", 1)[-1] for path in tree(vault.layout.inbox)}
        assert left == {PAGE}
        assert sound(vault)


def test_the_same_bytes_for_another_customer_are_another_record(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        first = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        second = party.add(vault, "云泽样本贸易有限公司", kind="customer", aliases=[], codes=[])
        text = CONTRACT.format(name="谁")
        drop(vault, f"{first.name}/a.txt", text)
        drop(vault, f"{second.name}/a.txt", text)
        drop(vault, f"{second.name}/b.txt", text)
        outcomes = [taken.outcome for _, taken in sorted(ingest(vault).items())]
        assert outcomes.count(Outcome.DUPLICATE) == 1
        assert len(papers(vault)) == 2
        assert sound(vault)


def test_a_file_still_being_written_waits(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        growing = drop(vault, "a.txt", LICENCE)
        drop(vault, "b.txt", CONTRACT.format(name="谁"))

        def write_on(_: float) -> None:
            with growing.open("a", encoding="utf-8") as stream:
                stream.write("\n更多")

        quiet = vault.settings.settle.model_copy(update={"quiet": 0.1})
        vault.settings = vault.settings.model_copy(update={"settle": quiet})
        found = {one.source: one.outcome for one in ingest_inbox(vault, None, write_on)}
        assert found["a.txt"] is Outcome.WAITING
        assert growing.exists()
        assert account(vault, None).waiting >= 1


def test_given_files_stay_unless_they_are_to_be_moved(tmp_path: Path) -> None:
    folder = tmp_path / "scans" / "deep"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(LICENCE, encoding="utf-8")
    with a_vault(tmp_path / "vault") as vault:
        whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        (taken,) = ingest_given(vault, [tmp_path / "scans"], whose.id, move=False)
        assert taken.document
        assert taken.document.customer == whose.id
        assert (folder / "a.txt").exists()
        (again,) = ingest_given(vault, [folder / "a.txt"], whose.id, move=True)
        assert again.outcome is Outcome.DUPLICATE
        assert not (folder / "a.txt").exists()
        with pytest.raises(UsageError):
            list(ingest_given(vault, [tmp_path / "nowhere"], None, move=False))


def test_what_is_no_file_is_told_and_left(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        target = tmp_path / "outside.txt"
        target.write_text(LICENCE, encoding="utf-8")
        (vault.layout.inbox / "link.txt").symlink_to(target)
        os.mkfifo(vault.layout.inbox / "pipe")
        found = ingest(vault)
        assert {one.outcome for one in found.values()} == {Outcome.WAITING}
        assert target.read_text(encoding="utf-8") == LICENCE
        (given,) = ingest_given(vault, [vault.layout.inbox / "pipe"], None, move=True)
        assert given.outcome is Outcome.WAITING


class FullDisk:
    """The disk behind `door`: from the n-th change on there is no room."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
        self.changes = 0
        self._at = at
        for name in ("sync_file", "link", "rename"):
            monkeypatch.setattr(door, name, self._limited(getattr(door, name)))
        commit = store.commit

        def full_commit(connection: Connection) -> None:
            self._count()
            commit(connection)

        monkeypatch.setattr(store, "commit", full_commit)

    def _limited(self, real: Callable[..., None]) -> Callable[..., None]:
        def limited(*words: object) -> None:
            self._count()
            real(*words)

        return limited

    def _count(self) -> None:
        if self.changes >= self._at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.changes += 1


@pytest.mark.usefixtures("unmeasured")
def test_a_full_disk_stops_the_run_and_loses_nothing(tmp_path: Path) -> None:
    at, full, codes = 0, True, set[object]()
    while full:
        root = tmp_path / str(at)
        with a_vault(root) as vault:
            party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
            drop(vault, "a.txt", LICENCE)
            drop(vault, "locked.txt", "LOCKED")
            with pytest.MonkeyPatch.context() as patched:
                FullDisk(patched, at)
                try:
                    ingest(vault)
                except (VaultError, OSError) as error:  # the front door tells both as a store's
                    codes.add(getattr(error, "exit_code", None) or getattr(error, "errno", None))
                else:
                    full = False
        with reopened(root) as vault:
            ingest(vault)
            counted = account(vault, None)
            assert (counted.filed, counted.quarantined, counted.waiting) == (1, 1, 0)
            assert len(papers(vault)) == 1
            assert sound(vault)
        at += 1
    assert codes <= {ExitCode.STORE, errno.ENOSPC}
    assert at > 15, "the changes are not seen any more"


def test_a_day_ends_at_the_vaults_midnight(tmp_path: Path) -> None:
    """17:00 UTC is the next day in Shanghai; the account of a day counts that day's drops."""
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", LICENCE)
        late = vault.clock() + timedelta(hours=8)
        vault.__dict__["clock"] = lambda: late
        (taken,) = ingest(vault).values()
        assert taken.document
        day = taken.document.received_on
        assert day.isoformat() == "2026-05-21"
        assert account(vault, day).received == 1
        assert account(vault, day - timedelta(days=1)).received == 0
