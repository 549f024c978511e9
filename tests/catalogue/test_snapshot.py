"""A copy of the catalogue is of one moment, whatever others write meanwhile."""

import sqlite3
from pathlib import Path

import pytest

from archiver.catalogue import ledger, numbers
from archiver.core.errors import VaultError
from archiver.vault.vault import Vault
from tests.worlds import a_vault, reopened


def written(vault: Vault, value: str) -> None:
    with vault.catalogue.write() as tx:
        numbers.remember(tx, "test", value)


def test_it_is_of_the_moment_at_which_it_was_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "copy"
    target.mkdir()
    with a_vault(tmp_path / "vault") as vault, reopened(tmp_path / "vault") as other:
        written(other, "before")
        with vault.catalogue.read() as tx:
            head = ledger.head(tx)
            written(other, "after")
            made = vault.catalogue.snapshot(tx, target)
            written(other, "later")
            assert numbers.recall(tx, "test") == "before"
            assert ledger.head(tx) == head
    assert [path.name for path in target.iterdir()] == ["catalogue.db"]
    with sqlite3.connect(f"file:{made}?mode=ro&immutable=1", uri=True) as copied:
        (value,) = copied.execute("SELECT value FROM meta WHERE key = 'test'").fetchone()
        (sound,) = copied.execute("PRAGMA integrity_check").fetchone()
    copied.close()
    assert (value, sound) == ("before", "ok")


def test_what_was_read_after_the_copy_is_what_was_copied(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault, reopened(tmp_path / "vault") as other:
        written(other, "before")
        with vault.catalogue.read() as tx:
            vault.catalogue.snapshot(tx, tmp_path)
            written(other, "after")
            assert numbers.recall(tx, "test") == "before"


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    with (
        a_vault(tmp_path / "vault") as vault,
        vault.catalogue.read() as tx,
        pytest.raises(VaultError),
    ):
        vault.catalogue.snapshot(tx, tmp_path / "not there")
