"""Whose claims are taken by whom: one's own, those of the dead, never those of the living."""

from pathlib import Path

from archiver.disk.claim import CLAIMS
from archiver.intake.arrivals import owner_of
from archiver.intake.ingest import take_all
from archiver.intake.shift import Shift
from archiver.report.account import account
from archiver.vault.vault import Vault
from tests.worlds import CONTRACT, LICENCE, a_vault, drop, papers


def test_the_living_keep_their_claims(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", LICENCE)
        with Shift(vault, "one") as one, Shift(vault, "two") as two:
            arrival = one.take("a.txt")
            assert arrival
            assert two.left() == []
            assert [found.receipt for found in one.left()] == [arrival.receipt]


def test_the_dead_are_replaced_while_others_are_at_work(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault, Shift(vault, "resident") as resident:
        drop(vault, "a.txt", LICENCE)
        drop(vault, "b.txt", CONTRACT.format(name="谁"))
        assert resident.left() == []
        mine = resident.take("b.txt")
        assert mine
        with Shift(vault, "dies") as other:
            theirs = other.take("a.txt")
            assert theirs
        assert owner_of(theirs.receipt) != owner_of(mine.receipt)
        with Shift(vault, "late") as late:
            assert [one.receipt for one in late.left()] == [theirs.receipt]
            assert [one.receipt for one in resident.left()] == [mine.receipt]
        list(take_all(vault, resident.left()))
        assert sorted(papers(vault).values()) == sorted(
            text.encode() for text in (LICENCE, CONTRACT.format(name="谁"))
        )
        assert account(vault, None).waiting == 0


def test_claims_of_an_earlier_version_are_found(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        old = vault.layout.inbox / CLAIMS / "R1" / "a.txt"
        old.parent.mkdir(parents=True)
        old.write_text(LICENCE, encoding="utf-8")
        with Shift(vault, "test") as shift:
            assert [one.source for one in shift.left()] == ["a.txt"]


def _owners(vault: Vault) -> list[Path]:
    return list(vault.layout.owners.iterdir())


def test_no_lock_file_is_left(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        with Shift(vault, "test") as shift:
            shift.left()
            assert len(_owners(vault)) == 1
        assert _owners(vault) == []
