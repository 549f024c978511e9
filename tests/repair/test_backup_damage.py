"""A damaged original is named, and the rest is saved; the backup before may still have it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.catalogue import documents, ledger
from archiver.disk import copies
from tests.repair.backups import faults_of, filled, flip, is_whole, lose, put_back, saved
from tests.worlds import a_vault, papers


def shorten(path: Path) -> None:
    path.chmod(0o640)
    path.write_bytes(path.read_bytes()[:-1])


DAMAGE = [(flip, "altered"), (shorten, "altered"), (lose, "missing")]


@pytest.mark.parametrize(("damage", "kind"), DAMAGE)
def test_a_damaged_original_is_named_and_the_rest_is_saved(
    tmp_path: Path, damage: Callable[[Path], None], kind: str
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
        path, *others = sorted(papers(vault))
        damage(vault.layout.customers / path)
        made = saved(vault, tmp_path / "backups")
        with vault.catalogue.read() as tx:
            document = documents.find(tx, f"customers/{path}")
            *_, found, opened = map(json.loads, ledger.lines(tx))
    assert document is not None
    assert [(one.kind, one.document, one.path) for one in made.faults] == [
        (kind, document.id, f"customers/{path}")
    ]
    assert (found["action"], opened["action"]) == ("fixity_failure", "incident_opened")
    assert opened["facts"]["document"] == document.id
    bag = tmp_path / "backups" / made.name
    assert is_whole(bag)
    assert not (bag / "data" / "customers" / path).exists()
    assert all((bag / "data" / "customers" / other).is_file() for other in others)
    put_back(bag, tmp_path / "back")
    assert [one.kind for one in faults_of(tmp_path / "back")] == ["missing"]


@pytest.mark.parametrize(("damage", "kind"), DAMAGE[1:])
def test_a_damaged_original_is_saved_from_the_backup_before(
    tmp_path: Path, damage: Callable[[Path], None], kind: str
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
        saved(vault, tmp_path / "backups")
        path = sorted(papers(vault))[0]
        damage(vault.layout.customers / path)
        made = saved(vault, tmp_path / "backups")
    assert [one.kind for one in made.faults] == [kind]
    put_back(tmp_path / "backups" / made.name, tmp_path / "back")
    assert faults_of(tmp_path / "back") == []


def test_what_the_disk_cannot_give_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = copies.copy

    def broken(source: Path, target: Path, mode: int) -> object:
        if "营业执照" in source.name:
            target.write_bytes(b"half")
            raise copies.unreadable(source, OSError(5, "Input/output error"))
        return real(source, target, mode)

    monkeypatch.setattr(copies, "copy", broken)
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
        (vault.layout.rules / "营业执照.toml").write_text("", "utf-8")
        made = saved(vault, tmp_path / "backups")
    assert [one.kind for one in made.faults] == ["unreadable", "unreadable"]
    assert is_whole(tmp_path / "backups" / made.name)
