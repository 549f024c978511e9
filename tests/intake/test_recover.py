"""What a crash left behind is set right: drafts, copies without a row, claims, scratch."""

import os
from pathlib import Path

import pytest

from archiver.catalogue import documents
from archiver.core.model import Arrival, Outcome
from archiver.custody import party
from archiver.disk.claim import CLAIMS
from archiver.disk.digest import digest_of
from archiver.disk.place import DRAFT
from archiver.intake import arrivals
from archiver.intake.shift import Shift
from archiver.review.decide import assign, queue
from archiver.vault.vault import Vault
from tests.worlds import CODE, CONTRACT, LICENCE, a_vault, a_zip, drop, ingest, papers

NAME = "青梧市华信样本运输有限公司"


def recovered(vault: Vault) -> list[Arrival]:
    """What one who comes to work alone sets right, and finds to be taken again."""
    with Shift(vault, "test") as shift:
        return shift.left()


def draft(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{DRAFT}{os.getpid()}"
    path.write_bytes(b"half")
    return path


def filed(vault: Vault) -> Path:
    party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
    drop(vault, "a.txt", LICENCE)
    (taken,) = ingest(vault).values()
    assert taken.outcome is Outcome.FILED
    return vault.layout.root / str(taken.path)


@pytest.mark.parametrize("left", [True, False])
def test_half_made_copies_go(tmp_path: Path, *, left: bool) -> None:
    with a_vault(tmp_path / "vault") as vault:
        stored = filed(vault)
        drafts = [draft(vault.layout.inbox / CLAIMS / "R1"), draft(vault.layout.inbox / "新店")]
        if left:  # only then can the others be there
            drafts += [draft(stored.parent), draft(vault.layout.quarantine)]
            drop(vault, "b.txt", "第二页")
            assert arrivals.take(vault, "b.txt", "dead", None)
        (vault.layout.scratch / "R1").mkdir(parents=True)
        (vault.layout.scratch / "R1" / "0001").write_bytes(b"a part")
        assert [one.source for one in recovered(vault)] == ["b.txt"] * left
        assert not [one for one in drafts if one.exists()]
        assert not list(vault.layout.scratch.glob("*"))
        assert stored.is_file()


def test_a_copy_without_a_row_goes_and_no_other_does(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        stored = filed(vault)
        drop(vault, "b.txt", LICENCE)  # the same bytes again: their copy has a row
        drop(vault, "c.zip", a_zip({"c.txt": b"of a part"}))
        for name in ("b.txt", "c.zip"):
            assert arrivals.take(vault, name, "dead", None)
        part = vault.layout.scratch / "R1" / "0001"
        part.parent.mkdir(parents=True)
        part.write_bytes(b"of a part")
        begins = stored.stem[-8:]
        rowless = stored.with_name(f"x {begins}.txt")
        rowless.write_bytes(stored.read_bytes())
        stranger = stored.with_name(f"y {begins}.txt")
        stranger.write_bytes(b"somebody else's, called alike")
        of_part = stored.with_name(f"z {digest_of(part)[0][:8]}.txt")
        of_part.write_bytes(part.read_bytes())
        assert len(recovered(vault)) == 2
        assert stored.is_file()
        assert stranger.is_file()
        assert not rowless.exists()
        assert not of_part.exists()


def test_a_move_begun_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", CONTRACT.format(name="谁"))
        ingest(vault)
        whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        (waiting,) = queue(vault)
        with monkeypatch.context() as patched:
            patched.setattr("archiver.custody.move._finish_each", lambda *_: None)
            moved = assign(vault, waiting, whose.id, "contract")
        assert not (vault.layout.root / moved.path).exists()
        assert recovered(vault) == []
        assert list(papers(vault)) == [moved.path.removeprefix("customers/")]
        with vault.catalogue.read() as tx:
            assert [one.path for one in documents.all_documents(tx)] == [moved.path]
