"""Whatever is not as recorded is named, once and by its kind."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from archiver.catalogue import decisions, documents
from archiver.custody import party
from archiver.custody.matching import rematch
from archiver.intake.publish import publish
from archiver.repair.check import check
from archiver.repair.fault import Fault
from archiver.repair.reindex import index_all
from archiver.vault.vault import Vault
from tests.worlds import CODE, CONTRACT, LICENCE, a_vault, drop, ingest, papers, reopened

NAME = "青梧市华信样本运输有限公司"


def faults(vault: Vault) -> list[str]:
    found: tuple[Fault, ...] = check(vault, deep=True, progress=lambda done, of: None)
    return sorted(one.kind for one in found)


def stored(vault: Vault) -> list[Path]:
    return [vault.layout.customers / path for path in papers(vault)]


def lose(vault: Vault) -> None:
    stored(vault)[0].unlink()


def alter(vault: Vault) -> None:
    path = stored(vault)[0]
    path.chmod(0o640)
    data = bytearray(path.read_bytes())
    data[0] ^= 1
    path.write_bytes(data)


def shorten(vault: Vault) -> None:
    path = stored(vault)[0]
    path.chmod(0o640)
    path.write_bytes(path.read_bytes()[:-1])


def misplace(vault: Vault) -> None:
    path = stored(vault)[0]
    path.rename(path.parent.parent / path.name)


def add(vault: Vault) -> None:
    (vault.layout.customers / "stranger.pdf").write_bytes(b"x")


def link_away(vault: Vault) -> None:
    (vault.layout.customers / "link.pdf").symlink_to("/etc/hostname")


def forget(vault: Vault) -> None:
    (document, *_) = vault.search.documents()
    vault.search.update([], [document])


def rewrite(vault: Vault) -> None:
    with vault.catalogue.write() as tx:
        tx.execute(text("UPDATE ledger SET entry = replace(entry, 'ingestion', 'nothing')"))


def cut_off(vault: Vault) -> None:
    with vault.catalogue.write() as tx:
        tx.execute(text("DELETE FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)"))


def shorten_export(vault: Vault) -> None:
    path = vault.layout.exported
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def lose_export(vault: Vault) -> None:
    shutil.rmtree(vault.layout.ledger)


def garble_export(vault: Vault) -> None:
    path = vault.layout.exported
    path.write_bytes(path.read_bytes().replace(b"ingestion", b"\xff\xfe"))


def export_a_folder(vault: Vault) -> None:
    vault.layout.exported.unlink()
    vault.layout.exported.mkdir()


def lose_manifest(vault: Vault) -> None:
    next(vault.layout.customers.rglob("manifest-sha256.txt")).unlink()


def list_nothing(vault: Vault) -> None:
    folder = vault.layout.customers / "谁"
    folder.mkdir()
    (folder / "manifest-sha256.txt").write_bytes(b"")


def tear_records(vault: Vault) -> None:
    path = next(vault.layout.customers.rglob("records.jsonl"))
    path.write_bytes(b"[]\n" + path.read_bytes())


def records_a_folder(vault: Vault) -> None:
    path = next(vault.layout.customers.rglob("records.jsonl"))
    path.unlink()
    path.mkdir()


def tear_index(vault: Vault) -> None:
    vault.search.close()
    vault.__dict__.pop("search")
    for path in (vault.layout.state / "index").iterdir():
        if path.suffix != ".toc":
            path.unlink()


def rob_quarantine(vault: Vault) -> None:
    next(one for one in vault.layout.quarantine.iterdir() if ".reason." not in one.name).unlink()


def rewrite_export(vault: Vault) -> None:
    path = vault.layout.ledger / "current.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("ingestion", "nothing"), "utf-8")


@pytest.mark.parametrize(
    ("damage", "kinds"),
    [
        (lose, ["missing"]),
        (alter, ["altered"]),
        (shorten, ["altered"]),
        (misplace, ["misplaced"]),
        (add, ["extra"]),
        (link_away, ["extra"]),
        (forget, ["index"]),
        (rewrite, ["ledger", "ledger"]),
        (cut_off, ["ledger"]),
        (rewrite_export, ["ledger"]),
        (shorten_export, ["ledger"]),
        (lose_export, ["ledger"]),
        (garble_export, ["ledger"]),
        (export_a_folder, ["ledger"]),
        (lose_manifest, ["missing"]),
        (list_nothing, ["extra"]),
        (tear_records, ["altered"]),
        (records_a_folder, ["unreadable"]),
        (tear_index, ["index"]),
        (rob_quarantine, ["missing"]),
    ],
)
def test_damage_is_named(tmp_path: Path, damage: Callable[[Vault], None], kinds: list[str]) -> None:
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        drop(vault, "a.txt", LICENCE)
        drop(vault, "b.txt", CONTRACT.format(name=NAME))
        drop(vault, "c.txt", "LOCKED")
        ingest(vault)
        assert faults(vault) == []
        publish(vault)
        damage(vault)
        assert faults(vault) == kinds


def test_each_of_two_lost_papers_of_the_same_bytes_is_named(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        for name in ("样本甲店", "样本乙店"):
            party.add(vault, name, kind="customer", aliases=[], codes=[])
            drop(vault, f"{name}/a.txt", CONTRACT.format(name="两家"))
        ingest(vault)
        for path in stored(vault):
            path.unlink()
        assert faults(vault) == ["missing", "missing"]


def test_what_cannot_be_looked_at_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise OSError(5, "Input/output error")

    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", LICENCE)
        ingest(vault)
        add(vault)
        monkeypatch.setattr("archiver.custody.fixity.digest_of", refuse)
        assert faults(vault) == ["extra", "unreadable"]


def test_a_torn_catalogue_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As SQLite tells it; what a whole vault does with a torn one is tested with the commands."""
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", LICENCE)
        ingest(vault)
        with vault.catalogue.write() as tx:
            tx.execute(text("PRAGMA defer_foreign_keys=ON"))
            assert vault.catalogue.fault(tx) is None
        monkeypatch.setattr(vault.catalogue, "fault", lambda tx: "row 1 missing from index")
        assert faults(vault) == ["catalogue"]


def test_an_index_that_is_gone_is_made_anew(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", LICENCE)
        ingest(vault)
        vault.search.close()
        shutil.rmtree(vault.layout.state / "index")
        assert faults(vault) == ["index"]
        index_all(vault)
        assert faults(vault) == []


def test_papers_on_their_way_are_no_damage(tmp_path: Path) -> None:
    """Papers come, are decided and move while the check looks."""
    with a_vault(tmp_path / "vault"):
        pass

    def work() -> None:
        with reopened(tmp_path / "vault") as vault:
            for number in range(10):
                name = f"样本{number}店"
                for paper in range(3):
                    drop(vault, f"{name}/{paper}", CONTRACT.format(name=f"{name}\n第{paper}份"))
                ingest(vault)
                party.add(vault, name, kind="customer", aliases=[], codes=[])
                rematch(vault)
                publish(vault)

    thread = threading.Thread(target=work)
    thread.start()
    found: list[str] = []
    try:
        with reopened(tmp_path / "vault") as vault:
            while thread.is_alive():
                found += faults(vault)
    finally:
        thread.join()
    assert found == []
    with reopened(tmp_path / "vault") as vault:
        lose(vault)
        assert faults(vault) == ["missing"]


def test_a_paper_whose_move_has_just_begun_is_on_its_way(tmp_path: Path) -> None:
    """The row names the new path; the file has only the old name as yet."""
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", CONTRACT.format(name="某某"))
        ingest(vault)
        with vault.catalogue.write() as tx:
            (paper,) = documents.all_documents(tx)
            there = paper.path.replace("合同/", "其他/", 1)
            decisions.intend_move(tx, paper.id, paper.path, there)
            decisions.relocate(tx, paper.id, customer=paper.customer, category="other", path=there)
        publish(vault)
        assert "misplaced" not in faults(vault)
        with vault.catalogue.write() as tx:
            decisions.done(tx, decisions.moves(tx)[0].no)
        assert "misplaced" in faults(vault)
