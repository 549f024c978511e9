import errno
import os
from pathlib import Path

import pytest

from archiver.core.errors import DamageFound, NotYet
from archiver.core.model import Digest
from archiver.disk import door
from archiver.disk.digest import digest_of
from archiver.disk.place import in_folder, place


def a_file(path: Path, content: bytes = b"paper") -> tuple[Path, Digest]:
    path.write_bytes(content)
    return path, digest_of(path)[0]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    folder.mkdir()
    return folder


def test_the_copy_is_read_only_and_the_source_untouched(tmp_path: Path, store: Path) -> None:
    source, digest = a_file(tmp_path / "scan.pdf")
    place(source, store / "a.pdf", digest)
    assert (store / "a.pdf").read_bytes() == b"paper"
    assert (store / "a.pdf").stat().st_mode & 0o777 == 0o440
    assert source.read_bytes() == b"paper"
    assert names(store) == {"a.pdf"}


def test_placing_twice_is_harmless(tmp_path: Path, store: Path) -> None:
    source, digest = a_file(tmp_path / "scan.pdf")
    place(source, store / "a.pdf", digest)
    place(source, store / "a.pdf", digest)
    assert names(store) == {"a.pdf"}


def test_other_bytes_are_never_replaced(tmp_path: Path, store: Path) -> None:
    source, digest = a_file(tmp_path / "scan.pdf")
    a_file(store / "a.pdf", b"another paper")
    with pytest.raises(DamageFound):
        place(source, store / "a.pdf", digest)
    assert (store / "a.pdf").read_bytes() == b"another paper"


def test_a_source_that_changed_is_not_archived(tmp_path: Path, store: Path) -> None:
    source, digest = a_file(tmp_path / "scan.pdf")
    source.write_bytes(b"paper and more")
    with pytest.raises(NotYet):
        place(source, store / "a.pdf", digest)
    assert names(store) == set()


def test_a_symbolic_link_is_refused(tmp_path: Path, store: Path) -> None:
    source, digest = a_file(tmp_path / "scan.pdf")
    link = tmp_path / "link.pdf"
    link.symlink_to(source)
    with pytest.raises(OSError, match="symbolic"):
        place(link, store / "a.pdf", digest)
    assert names(store) == set()


def test_a_full_disk_leaves_nothing(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, digest = a_file(tmp_path / "scan.pdf")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(door, "sync_file", full)
    with pytest.raises(OSError, match="No space"):
        place(source, store / "a.pdf", digest)
    assert names(store) == set()


def test_a_file_system_without_hard_links(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, digest = a_file(tmp_path / "scan.pdf")

    def no_links(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(door, "link", no_links)
    place(source, store / "a.pdf", digest)
    assert names(store) == {"a.pdf"}
    a_file(store / "b.pdf", b"another paper")
    with pytest.raises(DamageFound):
        place(source, store / "b.pdf", digest)


def test_a_folder_that_goes_in_between_is_made_again(tmp_path: Path) -> None:
    """The publisher removes a folder whose last paper left, while another paper comes."""
    source, digest = a_file(tmp_path / "scan.pdf")
    target = tmp_path / "customers" / "合同" / "a.pdf"
    went = iter([True, True, False])

    def act() -> None:
        if next(went):
            target.parent.rmdir()
        place(source, target, digest)

    in_folder(target.parent, act)
    assert target.read_bytes() == b"paper"


def test_what_is_missing_for_another_reason_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "gone.pdf"
    with pytest.raises(FileNotFoundError):
        in_folder(tmp_path / "x", lambda: place(gone, tmp_path / "x" / "a.pdf", Digest("0" * 64)))
