"""A token is owned by exactly one living process, and by anybody once that is dead."""

import errno
import fcntl
import subprocess
import sys
from pathlib import Path

import pytest

from archiver.disk import owner
from archiver.disk.owner import come_alive, stand_in

_LIVES = """
import sys
from pathlib import Path
from archiver.disk.owner import come_alive
print(come_alive(Path(sys.argv[1]), "test").token, flush=True)
sys.stdin.read()
"""


def test_nobody_stands_in_for_the_living(tmp_path: Path) -> None:
    me = come_alive(tmp_path / "owners", "test")
    assert stand_in(tmp_path / "owners", me.token, "test") is None
    me.close()
    other = stand_in(tmp_path / "owners", me.token, "test")
    assert other
    assert other.token == me.token
    other.close()
    assert list((tmp_path / "owners").iterdir()) == []


def test_the_lock_says_who_holds_it(tmp_path: Path) -> None:
    me = come_alive(tmp_path / "owners", "watch")
    (path,) = (tmp_path / "owners").iterdir()
    assert path.read_text(encoding="utf-8").startswith("process ")
    assert path.read_text(encoding="utf-8").endswith(": watch\n")
    me.close()


def test_a_killed_process_owns_nothing_any_more(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _LIVES, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout
        token = other.stdout.readline().strip()
        assert stand_in(tmp_path, token, "test") is None
        other.kill()
        other.wait()
    heir = stand_in(tmp_path, token, "test")
    assert heir
    assert stand_in(tmp_path, token, "test") is None, "one heir is enough"
    heir.close()


def test_a_disk_that_refuses_leaves_the_token_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, what: str) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(owner, "sign", full)
    with pytest.raises(OSError, match="full"):
        stand_in(tmp_path, "abcd", "test")
    monkeypatch.undo()
    heir = stand_in(tmp_path, "abcd", "test")
    assert heir, "the lock was kept by nobody"
    heir.close()


def test_a_lock_whose_name_went_meanwhile_is_worth_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two stand in for a dead process; the first is done before the second has the lock."""
    lock, path = fcntl.flock, tmp_path / "abcd"

    def late(descriptor: int, how: int) -> None:
        path.unlink()
        path.touch()
        lock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", late)
    assert stand_in(tmp_path, "abcd", "test") is None
    monkeypatch.undo()
    heir = stand_in(tmp_path, "abcd", "test")
    assert heir
    heir.close()
