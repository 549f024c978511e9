"""A duplicate proves the stored copy, and heals it where it is not what it was."""

from pathlib import Path

from archiver.core.model import Outcome
from archiver.custody import party
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
        kept = [path.read_bytes() for path in aside if ".reason." not in path.name]
        assert kept == [b"rotten"], "even the damaged one is kept"
        stored.unlink()
        drop(vault, "c.txt", LICENCE)
        ingest(vault)
        assert list(papers(vault).values()) == [LICENCE.encode()]
        assert not check(vault, deep=True, progress=lambda done, of: None)
