"""A clock set back does not make an entry older."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from archiver.core.clock import Clock
from archiver.custody.stamp import stamp, today, trusted_day
from archiver.vault.create import create

NOON = datetime(2026, 5, 20, 4, 0, tzinfo=UTC)


class Hands:
    """A clock whose hands can be moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def test_the_trusted_day_never_goes_back(tmp_path: Path) -> None:
    hands = Hands()
    clock: Clock = hands
    vault, _ = create(tmp_path / "vault", "zh", "clerk", clock)
    with vault:
        for days, day in ((0, 20), (3, 23), (-9, 23), (1, 23), (4, 24)):
            hands.now = NOON + timedelta(days=days)
            with vault.catalogue.read() as tx:
                assert today(vault, tx) == date(2026, 5, day)
            with vault.catalogue.write() as tx:
                when = stamp(vault, tx)
                assert (when.at, when.day) == (hands.now, date(2026, 5, day))
                assert trusted_day(tx) == date(2026, 5, day)


def test_a_day_ends_where_the_vault_lies(tmp_path: Path) -> None:
    hands = Hands()
    hands.now = datetime(2026, 5, 20, 16, 0, tzinfo=UTC)  # midnight in Shanghai
    clock: Clock = hands
    vault, _ = create(tmp_path / "vault", "zh", "clerk", clock)
    with vault, vault.catalogue.write() as tx:
        assert stamp(vault, tx).day == date(2026, 5, 21)
