"""Whatever is not as recorded is named, once and by its kind."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from archiver.custody import party
from archiver.intake.publish import publish
from archiver.repair.check import check
from archiver.repair.fault import Fault
from archiver.repair.reindex import reindex
from archiver.review.decide import rematch
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
    ],
)
def test_damage_is_named(tmp_path: Path, damage: Callable[[Vault], None], kinds: list[str]) -> None:
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        drop(vault, "a.txt", LICENCE)
        drop(vault, "b.txt", CONTRACT.format(name=NAME))
        ingest(vault)
        assert faults(vault) == []
        publish(vault)
        damage(vault)
        assert faults(vault) == kinds


def test_an_index_that_is_gone_is_made_anew(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", LICENCE)
        ingest(vault)
        vault.search.close()
        shutil.rmtree(vault.layout.state / "index")
        assert faults(vault) == ["index"]
        assert reindex(vault) == 1
        assert publish(vault) == 1
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
