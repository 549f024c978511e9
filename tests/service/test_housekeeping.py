"""The service finishes what a process that died could not, and leaves the living alone."""

from pathlib import Path

import pytest

from archiver.catalogue import decisions, queue
from archiver.custody import move, party
from archiver.repair.check import check
from archiver.review import decide
from archiver.service.housekeeping import Housekeeping
from archiver.vault.vault import Vault
from tests.worlds import CONTRACT, a_vault, drop, ingest, papers

NAME = "青梧市华信样本运输有限公司"


def _begun(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """A decision whose process dies before the disk is touched, and before it publishes."""
    drop(vault, "c.txt", CONTRACT.format(name="谁也不是"))
    ingest(vault)
    whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    (document,) = decide.queue(vault)
    with monkeypatch.context() as patched:
        patched.setattr(move, "_finish_each", lambda *_: None)
        decide.assign(vault, document, whose.id, None)


def _open(vault: Vault) -> tuple[int, int]:
    with vault.catalogue.read() as tx:
        return len(decisions.moves(tx)), queue.length(tx)


def test_what_still_stands_at_the_second_look_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        _begun(vault, monkeypatch)
        moves, unpublished = _open(vault)
        assert moves
        assert unpublished
        keeping = Housekeeping(vault)
        keeping.do()
        assert _open(vault) == (moves, unpublished), "its process may be at it"
        keeping.do()
        assert _open(vault) == (0, 0)
        (path,) = papers(vault)
        assert path.startswith(NAME)
        assert not check(vault, deep=True, progress=lambda done, of: None)


def test_a_paper_that_vanished_in_between_does_not_end_the_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        _begun(vault, monkeypatch)
        (path,) = papers(vault)
        (vault.layout.customers / path).unlink()
        keeping = Housekeeping(vault)
        keeping.do()
        keeping.do()
        assert "is missing" in caplog.text
        assert _open(vault)[0] == 1
