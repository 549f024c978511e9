"""A duplicate proves the stored copy, and heals it where it is not what it was."""

from pathlib import Path

from archiver.catalogue import ledger
from archiver.core.model import Outcome
from archiver.custody import party
from archiver.disk.digest import digest_of
from archiver.repair.check import check
from tests.worlds import CODE, LICENCE, a_vault, drop, ingest, papers

NAME = "青梧市华信样本运输有限公司"


def test_a_duplicate_heals_a_damaged_and_a_missing_original(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        drop(vault, "a.txt", LICENCE)
        (first,) = ingest(vault).values()
        assert first.path
        stored = vault.layout.root / first.path
        stored.chmod(0o640)
        stored.write_bytes(b"rotten")
        drop(vault, "b.txt", LICENCE)
        (again,) = ingest(vault).values()
        assert again.outcome is Outcome.DUPLICATE
        assert list(papers(vault).values()) == [LICENCE.encode()]
        aside = [path for path in vault.layout.quarantine.iterdir() if "damaged" in path.name]
        assert [path.read_bytes() for path in aside] == [b"rotten"], "even the damaged one is kept"
        stored.unlink()
        drop(vault, "c.txt", LICENCE)
        ingest(vault)
        assert list(papers(vault).values()) == [LICENCE.encode()]
        assert not check(vault, deep=True, progress=lambda done, of: None)
        with vault.catalogue.read() as tx:
            healed = [one.facts for one in ledger.noted(tx, ("healing",))]
        assert [one["found"] for one in healed] == [digest_of(aside[0])[0], "missing"]


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
