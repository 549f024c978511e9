"""The account: two records kept apart must agree, and each number has its files."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from archiver.core.model import Outcome
from archiver.disk.claim import CLAIMS
from archiver.intake.again import retry
from archiver.report.account import account, items
from archiver.vault.vault import Vault, open_vault
from tests.intake.locked import KEY, LockedReader, entries, with_aside
from tests.worlds import LICENCE, NOW, a_zip, drop, ingest, prepared

TODAY = date(2026, 5, 20)
COUNTS = ("filed", "review", "duplicate", "quarantined", "waiting")


def three_days(root: Path) -> None:
    """A drop put aside on the first day, more on the second, a retry and a drop on the third."""
    with with_aside(root) as vault:
        drop(vault, "b.txt", LICENCE)
        ingest(vault)
    for days in (1, 2):
        with later(root, days) as vault:
            drop(vault, f"{days}.txt", LICENCE)
            drop(vault, f"{days}.zip", a_zip({"x": f"x{days}".encode(), "y": b"LOCKED"}))
            ingest(vault)
            if days == 2:
                list(retry(vault, entries(vault)[:1], KEY))


def later(root: Path, days: int) -> Vault:
    moment: datetime = NOW + timedelta(days=days)
    vault = prepared(open_vault(root, "clerk", lambda: moment))
    vault.__dict__["reader"] = LockedReader()
    return vault


def test_days_add_up_and_every_number_has_its_files(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    three_days(root)
    with later(root, 2) as vault:
        drop(vault, "still.txt", LICENCE)
        (vault.layout.inbox / "link").symlink_to("still.txt")
        claimed = vault.layout.inbox / CLAIMS / "R1" / "shop" / "c.txt"
        claimed.parent.mkdir(parents=True)
        claimed.write_text(LICENCE, encoding="utf-8")
        whole = account(vault, None)
        assert whole.differs == ()
        assert whole.received == sum(getattr(whole, name) for name in COUNTS) == 9
        spans = [TODAY + timedelta(days=days) for days in range(3)]
        parts = [account(vault, day) for day in spans]
        assert [one.received for one in parts] == [2, 2, 5]
        both = account(vault, spans[0], spans[1])
        assert (both.received, both.waiting, both.quarantined) == (4, 0, 2)
        for name in COUNTS:
            listed = list(items(vault, None, None, Outcome(name)))
            assert len(listed) == getattr(whole, name)
            assert {one.outcome.value for one in listed} <= {name}
        everything = list(items(vault, None, None, None))
        assert len(everything) == whole.received
        assert [one.receipt for one in everything][-3:] == [None] * 3
        assert "link" in {one.source for one in everything if one.reasons}
        assert len(list(items(vault, spans[0], None, None))) == 2


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM receipts WHERE source = 'b.txt'",
        "UPDATE receipts SET day = '2026-05-19' WHERE source = 'b.txt'",
        'DELETE FROM ledger WHERE entry LIKE \'%"action":"duplicate"%\'',
    ],
)
def test_what_only_one_record_knows_is_named(tmp_path: Path, harm: str) -> None:
    root = tmp_path / "vault"
    three_days(root)
    with later(root, 2) as vault:
        with vault.catalogue.write() as tx:
            tx.execute(text(harm))
        days = [TODAY + timedelta(days=days) for days in range(3)]
        named = {one for day in days for one in account(vault, day).differs}
        assert named
        if "day =" not in harm:
            assert set(account(vault, None).differs) == named
