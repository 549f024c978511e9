"""Faults run the same code thousands of times: measuring it would double their time."""

import os

import pytest


@pytest.fixture(autouse=True)
def _unmeasured(no_cover: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What only a fault reaches does not count as covered; nor do the processes begun here."""
    for name in [one for one in os.environ if one.startswith("COVERAGE_")]:
        monkeypatch.delenv(name)
