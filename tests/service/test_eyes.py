"""The watch is armed where events come, and armed again where it was lost."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from watchdog.observers import Observer

from archiver.disk.claim import CLAIMS
from archiver.disk.mounts import Mount
from archiver.service import eyes as module
from archiver.service.eyes import Eyes


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / CLAIMS).mkdir(parents=True)
    return folder


@pytest.fixture
def rung() -> Event:
    return Event()


@pytest.fixture
def eyes(inbox: Path, rung: Event) -> Iterator[Eyes]:
    with Eyes(inbox, rung.set) as watching:
        assert watching.silent == ()
        yield watching


def heard(rung: Event, path: Path) -> bool:
    rung.clear()
    path.write_bytes(b"paper")
    return rung.wait(3)


def test_a_file_rings_and_our_own_work_does_not(eyes: Eyes, inbox: Path, rung: Event) -> None:
    assert heard(rung, inbox / "a.pdf")
    assert sorted(path.name for path in inbox.iterdir()) == [CLAIMS, "a.pdf"], "the probe went"
    sleep(0.3)
    rung.clear()
    (inbox / CLAIMS / "R1").mkdir()
    (inbox / CLAIMS / "R1" / "b.pdf").write_bytes(b"paper")
    (inbox / "a.pdf").read_bytes()
    assert not rung.wait(0.5), "or every look would ask for the next"


def test_another_folder_in_its_place_is_watched(eyes: Eyes, inbox: Path, rung: Event) -> None:
    inbox.rename(inbox.with_name("old"))
    (inbox / CLAIMS).mkdir(parents=True)
    eyes.check()
    assert heard(rung, inbox / "a.pdf")


def test_a_folder_that_goes_and_comes_back(eyes: Eyes, inbox: Path, rung: Event) -> None:
    shutil.rmtree(inbox)
    eyes.check()
    gone = eyes.silent
    (inbox / CLAIMS).mkdir(parents=True)
    eyes.check()
    assert (gone, eyes.silent) == ((inbox,), ())
    assert heard(rung, inbox / "a.pdf")


def test_a_watch_that_died_is_armed_again(eyes: Eyes, inbox: Path, rung: Event) -> None:
    observer = eyes._observer
    assert observer is not None
    for emitter in observer.emitters:
        emitter.stop()
        emitter.join()
    eyes.check()
    assert eyes._observer is not observer
    assert heard(rung, inbox / "a.pdf")


def test_a_new_folder_is_watched_with_all_below(eyes: Eyes, inbox: Path, rung: Event) -> None:
    rung.clear()
    (inbox / "华信" / "2024").mkdir(parents=True)
    assert rung.wait(3)
    eyes.check()
    assert heard(rung, inbox / "华信" / "2024" / "a.pdf")
    (inbox / "华信").rename(inbox / "华鑫")
    eyes.check()
    sleep(0.3)
    assert heard(rung, inbox / "华鑫" / "2024" / "b.pdf")


def test_no_watches_left_is_no_end(
    inbox: Path, rung: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(Observer, "schedule", full)
    with Eyes(inbox, rung.set) as eyes:
        assert eyes.silent == (inbox,)
        eyes.check()


@pytest.mark.parametrize("kind", ["cifs", "nfs4", "fuse.sshfs", "overlay"])
def test_a_network_folder_is_not_relied_on(
    inbox: Path, rung: Event, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    root = Mount(Path("/"), "ext4")
    monkeypatch.setattr(module, "mounts", lambda: (root, Mount(inbox, kind)))
    with Eyes(inbox, rung.set) as eyes:
        assert eyes.silent == (inbox,)
    monkeypatch.setattr(module, "mounts", lambda: (root, Mount(inbox / "scanner", kind)))
    with Eyes(inbox, rung.set) as eyes:
        assert eyes.silent == (inbox / "scanner",)
