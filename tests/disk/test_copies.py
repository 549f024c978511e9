"""Copies say what they read, and whose fault it was."""

import hashlib
import os
from pathlib import Path

import pytest

from archiver.core.errors import DamageFound
from archiver.disk import copies, door


def test_a_copy_carries_digest_size_and_mode(tmp_path: Path) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    bytes_ = os.urandom(3_000_001)
    source.write_bytes(bytes_)
    assert copies.copy(source, target, 0o440) == (hashlib.sha256(bytes_).hexdigest(), len(bytes_))
    assert target.read_bytes() == bytes_
    assert target.stat().st_mode & 0o777 == 0o440
    with pytest.raises(FileExistsError):
        copies.copy(source, target, 0o440)
    with pytest.raises(FileNotFoundError):
        copies.copy(tmp_path / "c", tmp_path / "d", 0o440)


def test_a_disk_that_cannot_give_is_damage(tmp_path: Path) -> None:
    with pytest.raises(DamageFound):
        copies.copy(tmp_path, tmp_path / "b", 0o440)


def test_a_link_needs_a_file_of_that_size(tmp_path: Path) -> None:
    source = tmp_path / "a"
    source.write_bytes(b"123")
    assert not copies.link(source, tmp_path / "b", 4)
    assert not copies.link(tmp_path / "c", tmp_path / "b", 3)
    assert copies.link(source, tmp_path / "b", 3)
    assert (tmp_path / "b").samefile(source)
    with pytest.raises(FileExistsError):
        copies.link(source, tmp_path / "b", 3)


def test_settling_syncs_every_file_and_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies.make_folders(tmp_path, tmp_path / "x" / "y", 0o750)
    files = [tmp_path / "x" / "y" / name for name in "ab"]
    for path in files:
        path.write_bytes(b"1")
    synced: list[int] = []
    monkeypatch.setattr(door, "sync_file", lambda fd: synced.append(os.fstat(fd).st_ino))
    monkeypatch.setattr(door, "sync_folder", lambda path: synced.append(path.stat().st_ino))
    copies.settle(tmp_path, files)
    folders = [tmp_path / "x" / "y", tmp_path / "x", tmp_path]
    assert synced == [path.stat().st_ino for path in (*files, *folders)]


def test_emptying_leaves_the_folder(tmp_path: Path) -> None:
    (tmp_path / "x" / "y").mkdir(parents=True)
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / "link").symlink_to("x")
    copies.empty(tmp_path)
    assert list(tmp_path.iterdir()) == []
