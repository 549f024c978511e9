"""The service takes in what is dropped, whether or not an event comes, and stops when told."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from archiver.core.model import Outcome
from archiver.intake.taken import Taken
from archiver.service.watch import Bell, watch
from archiver.vault.vault import Vault
from tests.worlds import CONTRACT, LICENCE, a_vault, drop

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
