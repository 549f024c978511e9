"""What every test runs under: fixed hypothesis profiles, nothing left behind."""

import multiprocessing
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from archiver.declarations.words import language
from tests.nightly import NIGHTLY, often
from tests.warm import Warm

settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "nightly",
    max_examples=often(100),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("nightly" if NIGHTLY else "ci")


_LONGEST = (
    *("faults/test_cut.py", "oracle/test_two_archives.py", "cli/test_commands.py"),
    *("test_sample_vault.py", "repository/test_house.py", "faults/test_kill.py"),
    *("faults/test_refuse.py", "custody/test_withdraw_any_order.py", "faults/test_any_order.py"),
    *("intake/test_hostile_names.py", "faults/test_full.py", "custody/test_clock_any_order.py"),
    *("intake/test_batch.py", "intake/test_ingest.py", "repair/test_repair_cut.py"),
)
"""Modules that take longest; a module is the work of one process."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first: begun last, it would keep one process at work alone."""
    here = Path(__file__).parent
    order = {here / name: number for number, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: order.get(item.path, len(order)))


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """The process from which commands are forked."""
    with Warm() as warm:
        yield warm


@pytest.fixture
def unmeasured(no_cover: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the test nor what it starts counts as covered.

    For tests that run the same code thousands of times, which being measured would take twice as
    long.
    """
    for name in [one for one in os.environ if one.startswith("COVERAGE_")]:
        monkeypatch.delenv(name)


def _children() -> set[str]:
    """Process ids of our children, as the kernel knows them."""
    with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as stream:  # noqa: PTH123 - a kernel file
        return set(stream.read().split())


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """A test that leaves a thread or a process running, or another language, has failed."""
    threads, children = set(threading.enumerate()), _children()
    yield
    left = [one for one in threading.enumerate() if one not in threads and one.is_alive()]
    assert not left, f"threads left running: {left}"
    assert not multiprocessing.active_children()
    assert language() == "en", "the tests after it speak another language"
    assert _children() <= children, "processes left running"
