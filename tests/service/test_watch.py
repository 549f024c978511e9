"""The service takes in what is dropped, whether or not an event comes, and stops when told."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import ENOSPC
from pathlib import Path
from time import monotonic, sleep

import pytest

from archiver.core.model import Digest, Outcome
from archiver.custody import file
from archiver.custody.anew import is_under_way
from archiver.disk import door, place
from archiver.intake.inbox import Inbox
from archiver.intake.shift import Shift
from archiver.intake.taken import Taken
from archiver.service.watch import Bell, watch
from archiver.vault.vault import Vault
from tests.worlds import CONTRACT, LICENCE, a_vault, drop, ingest, papers

_LONG = 3600.0


@contextmanager
def serving(vault: Vault, sweep: float) -> Iterator[list[Taken]]:
    """The service at work in a thread; gives what it tells."""
    told: list[Taken] = []
    bell = Bell()
    thread = threading.Thread(
        target=watch, args=(vault, bell, told.append), kwargs={"sweep": sweep}
    )
    thread.start()
    try:
        yield told
    finally:
        bell.stop()
        thread.join(20)
    assert not thread.is_alive()


def _until(told: list[Taken], count: int) -> None:
    end = monotonic() + 20
    while len(told) < count and monotonic() < end:
        sleep(0.02)
    assert len(told) == count


def test_an_event_wakes_it(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault, serving(vault, _LONG) as told:
        sleep(0.3)
        drop(vault, "a.txt", LICENCE)
        _until(told, 1)
        drop(vault, "deep/er/b.txt", CONTRACT.format(name="谁"))
        _until(told, 2)
        assert {one.outcome for one in told} == {Outcome.REVIEW}


def test_what_lay_there_before_is_taken_by_the_sweep(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", LICENCE)
        with serving(vault, 0.05) as told:
            _until(told, 1)


def test_a_file_held_open_is_taken_when_it_is_closed(tmp_path: Path) -> None:
    """A copy over a slow line can rest longer than the quiet time."""
    with a_vault(tmp_path / "vault") as vault, serving(vault, 0.05) as told:
        with (vault.layout.inbox / "a.txt").open("w", encoding="utf-8") as slow:
            slow.write("采购合同")
            slow.flush()
            drop(vault, "b.txt", LICENCE)
            _until(told, 1)
            slow.write(CONTRACT.format(name="谁"))
        _until(told, 2)
        assert [one.source for one in told] == ["b.txt", "a.txt"]
        document = told[1].document
        assert document is not None
        assert document.size == len(("采购合同" + CONTRACT.format(name="谁")).encode())


def test_a_folder_moved_in_whole_is_taken_with_all_that_is_in_it(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault, serving(vault, _LONG) as told:
        outside = tmp_path / "华信"
        (outside / "2024" / "deep").mkdir(parents=True)
        for number, where in enumerate((outside, outside / "2024", outside / "2024" / "deep")):
            text = CONTRACT.format(name=f"谁 {number}")
            (where / f"{number}.txt").write_text(text, encoding="utf-8")
        outside.rename(vault.layout.inbox / "华信")
        _until(told, 3)
        assert [one.source for one in told] == [
            "华信/0.txt",
            "华信/2024/1.txt",
            "华信/2024/deep/2.txt",
        ]


def test_a_file_renamed_while_it_settles_is_taken_once(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        settle = vault.settings.settle.model_copy(update={"quiet": 0.6})
        vault.settings = vault.settings.model_copy(update={"settle": settle})
        with serving(vault, 0.05) as told:
            path = drop(vault, "新建.txt", LICENCE)
            for name in ("a.txt", "A.txt", "执照.txt"):  # one of them in case only
                sleep(0.3)
                path = path.rename(path.with_name(name))
            _until(told, 1)
            sleep(0.2)
        assert [one.source for one in told] == ["执照.txt"]


def test_a_file_without_its_end_gets_more_time(tmp_path: Path) -> None:
    """A scanner that opens its file anew for every page."""
    whole = b"%PDF-1.4\n1 0 obj <</Type /Page>> endobj\n" + b"% more\n" * 9 + b"%%EOF\n"
    with a_vault(tmp_path / "vault") as vault:
        settle = vault.settings.settle.model_copy(update={"quiet": 0.1, "unfinished": 2.0})
        vault.settings = vault.settings.model_copy(update={"settle": settle})
        with serving(vault, 0.05) as told:
            path = drop(vault, "a.pdf", whole[:40])
            drop(vault, "b.txt", LICENCE)
            _until(told, 1)
            sleep(0.5)
            assert [one.source for one in told] == ["b.txt"]
            path.write_bytes(whole)
            _until(told, 2)
            drop(vault, "c.pdf", whole[:50])
            begun = monotonic()
            _until(told, 3)
            assert monotonic() - begun >= 2.0, "it never comes: taken as it is"


def test_an_inbox_that_goes_and_comes_back_is_waited_for(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with a_vault(tmp_path / "vault") as vault, serving(vault, 0.05) as told:
        shutil.rmtree(vault.layout.inbox)
        patience = monotonic() + 20
        while "cannot be read" not in caplog.text and monotonic() < patience:
            sleep(0.05)
        sleep(0.3)
        assert caplog.text.count("cannot be read") == 1
        vault.layout.inbox.mkdir()
        drop(vault, "a.txt", LICENCE)
        _until(told, 1)


def test_a_full_disk_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [3]
    real = place.place

    def full(source: Path, target: Path, digest: Digest) -> None:
        if left[0]:
            left[0] -= 1
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        real(source, target, digest)

    monkeypatch.setattr(file, "place", full)
    with a_vault(tmp_path / "vault") as vault, serving(vault, 0.05) as told:
        drop(vault, "a.txt", LICENCE)
        drop(vault, "b.txt", CONTRACT.format(name="谁"))
        _until(told, 2)
        assert {one.outcome for one in told} == {Outcome.REVIEW}
        assert len(papers(vault)) == 2


def test_what_a_killed_intake_left_is_taken_over(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault, serving(vault, 0.05) as told:
        with Shift(vault, "dies") as other:
            drop(vault, ".waits", LICENCE)  # hidden: nobody but the other one takes it
            assert other.take(".waits")
            sleep(0.3)
            assert told == []
        _until(told, 1)
        assert told[0].source == ".waits"


def test_what_cannot_be_taken_is_told_once_and_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = door.rename

    def rename(source: Path, target: Path) -> None:
        if source.name == "locked.txt":
            raise PermissionError(13, "Permission denied")
        real(source, target)

    monkeypatch.setattr(door, "rename", rename)
    with a_vault(tmp_path / "vault") as vault:
        (vault.layout.inbox / "link.pdf").symlink_to("/etc/hostname")
        drop(vault, "locked.txt", LICENCE)
        drop(vault, "z.txt", CONTRACT.format(name="谁"))
        with serving(vault, 0.05) as told:
            _until(told, 3)
            sleep(0.4)
        codes = {one.source: [why.code for why in one.reasons][:1] for one in told}
        assert codes["link.pdf"] == ["not_a_file"]
        assert codes["locked.txt"] == ["not_yet"]
        assert len(told) == 3
        assert next(iter(papers(vault).values())) == CONTRACT.format(name="谁").encode()


def _looks(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    count = [0]
    real = Inbox.look

    def look(inbox: Inbox) -> object:
        count[0] += 1
        return real(inbox)

    monkeypatch.setattr(Inbox, "look", look)
    return lambda: count[0]


def test_a_file_that_is_held_open_keeps_nobody_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking at it must not be an event that asks for the next look."""
    with a_vault(tmp_path / "vault") as vault:
        held = drop(vault, "a.txt", "采购合同")
        looks = _looks(monkeypatch)
        with held.open("a", encoding="utf-8"), serving(vault, _LONG):
            sleep(1.0)
            assert looks() <= 4


def test_many_at_once_are_all_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.service.watch._AT_ONCE", 7)
    with a_vault(tmp_path / "vault") as vault:
        for number in range(40):
            drop(vault, f"{number}.txt", CONTRACT.format(name=f"谁 {number}"))
        with serving(vault, _LONG) as told:
            _until(told, 40)


def test_a_lost_index_is_made_anew_while_nothing_comes(tmp_path: Path) -> None:
    """The old papers are found again though nobody asks for a reindex."""
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "old.txt", LICENCE)
        ingest(vault)
        vault.search.close()
        shutil.rmtree(vault.layout.state / "index")
        with serving(vault, 0.2) as told:
            drop(vault, "new.txt", CONTRACT.format(name="谁"))
            _until(told, 1)
            end = monotonic() + 20
            while is_under_way(vault) or not (vault.layout.state / "index").is_dir():
                assert monotonic() < end
                sleep(0.05)
        assert len(vault.search.documents()) == 2
