"""A file that somebody still has open for writing is known, whatever it looks like."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from archiver.core.errors import NotYet
from archiver.core.model import ReceiptId
from archiver.disk.claim import claim, release
from archiver.disk.guard import is_being_written, only_one, shape_of


def test_a_writer_is_seen_and_a_reader_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"")
    assert not is_being_written(path)
    with path.open("rb"):
        assert not is_being_written(path)
    with path.open("ab"):
        assert is_being_written(path)
    assert not is_being_written(path)


def test_what_is_no_file_of_ours_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc/hostname")
    assert not is_being_written(tmp_path / "link")
    assert not is_being_written(tmp_path / "gone")
    assert not is_being_written(tmp_path)


def test_a_writer_who_comes_while_we_look_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"")
    writes = f"""
for _ in range(3000):
    with open({str(path)!r}, "ab"):
        pass
"""
    with subprocess.Popen([sys.executable, "-c", writes]) as other:
        seen = {is_being_written(path) for _ in range(20000)}
    assert other.returncode == 0
    assert False in seen


def test_a_claim_that_is_still_written_to_is_not_let_go(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    with (inbox / "a.pdf").open("wb") as writer:
        path = claim(inbox, "a.pdf", ReceiptId("R1"))
        assert path is not None
        with pytest.raises(NotYet):
            release(path, shape_of(path))
        writer.write(b"the rest")
    assert path.read_bytes() == b"the rest"


def test_one_may_wait_for_the_other(tmp_path: Path) -> None:
    order: list[str] = []
    entered = threading.Event()

    def first() -> None:
        with only_one(tmp_path / "lock", "test"):
            entered.set()
            os.sched_yield()
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    entered.wait()
    with only_one(tmp_path / "lock", "test", wait=True):
        order.append("second")
    thread.join()
    assert order == ["first", "second"]
