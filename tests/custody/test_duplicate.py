"""A duplicate proves the stored copy, and heals it where it is not what it was."""

import json
from pathlib import Path

from archiver.catalogue import ledger
from archiver.core.model import Outcome
from archiver.custody import party
from archiver.repair.check import check
from archiver.vault.vault import Vault
from tests.worlds import CODE, LICENCE, a_vault, drop, ingest, papers

NAME = "青梧市华信样本运输有限公司"


def healed(vault: Vault) -> list[object]:
    """What `healing` entries of the ledger say was found."""
    with vault.catalogue.read() as tx:
        entries = [json.loads(line) for line in ledger.lines(tx)]
    return [one["facts"]["found"] for one in entries if one["action"] == "healing"]


def test_a_duplicate_heals_a_damaged_and_a_missing_original(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        drop(vault, "a.txt", LICENCE)
        (first,) = ingest(vault).values()
        assert first.path
        assert first.document
        stored = vault.layout.root / first.path
        for number, rotten in enumerate((b"rotten", b"worse")):
            stored.chmod(0o640)
            stored.write_bytes(rotten)
            drop(vault, f"b{number}.txt", LICENCE)
            (again,) = ingest(vault).values()
            assert again.outcome is Outcome.DUPLICATE
            assert list(papers(vault).values()) == [LICENCE.encode()]
        lying = list(vault.layout.quarantine.iterdir())
        notes = {path.name: path.read_text("utf-8") for path in lying if "reason" in path.name}
        aside = {path.name: path.read_bytes() for path in lying if path.name not in notes}
        assert sorted(aside.values()) == [b"rotten", b"worse"], "even the damaged ones are kept"
        assert {f"{name}.reason.txt" for name in aside} == set(notes), "each with its reason"
        for note in notes.values():
            assert first.path in note
        stored.unlink()
        drop(vault, "c.txt", LICENCE)
        ingest(vault)
        assert list(papers(vault).values()) == [LICENCE.encode()]
        assert healed(vault)[2:] == ["missing"]
        assert len(set(healed(vault))) == 3
        assert not check(vault, deep=True, progress=lambda done, of: None)


def test_a_paper_that_waits_for_nobody_in_particular_is_known_wherever_it_is_dropped(
    tmp_path: Path,
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", LICENCE)
        (first,) = ingest(vault).values()
        assert first.document
        assert first.document.proposed is None
        for folder in (NAME, "新店"):
            drop(vault, f"{folder}/a.txt", LICENCE)
            (again,) = ingest(vault).values()
            assert (again.outcome, again.document) == (Outcome.DUPLICATE, first.document)


def test_it_is_known_in_the_folder_of_a_customer_too(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", "第二页 交货地点和验收标准如下")
        (first,) = ingest(vault).values()
        party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        drop(vault, f"{NAME}/a.txt", "第二页 交货地点和验收标准如下")
        (again,) = ingest(vault).values()
        assert (again.outcome, again.document) == (Outcome.DUPLICATE, first.document)
