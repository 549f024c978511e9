"""Kills real processes, one and two at a time: twenty rounds on one vault, by night 400."""

from pathlib import Path

import pytest

from tests.faults.kills import closed, one_round, opened
from tests.nightly import often

ROUNDS = often(20)


@pytest.mark.usefixtures("unmeasured")
def test_nothing_is_lost_whoever_is_killed(tmp_path: Path) -> None:
    office = opened(tmp_path / "vault", seed=20)
    for _ in range(ROUNDS):
        one_round(office)
    closed(office)
    assert len(office.moments) > 2, office.moments
