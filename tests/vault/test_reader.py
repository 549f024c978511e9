"""What the processes that open papers may read of a vault."""

from pathlib import Path

import pytest

from archiver.core.errors import DocumentError
from archiver.reading import landlock
from archiver.vault.vault import open_vault
from tests.reading.papers import scan_of, written
from tests.worlds import a_vault


@pytest.mark.skipif(not landlock.version(), reason="no Landlock in this kernel")
def test_waiting_papers_are_read_and_filed_ones_are_not(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault"):
        pass
    with open_vault(tmp_path / "vault", "tester") as vault:
        layout = vault.layout
        for waiting in (layout.inbox / ".claims" / "R1", layout.scratch / "R1", layout.quarantine):
            waiting.mkdir(parents=True, exist_ok=True)
            assert vault.reader.read(scan_of(written(waiting, "a.txt", b"text\n"))).text == "text"
        for closed in (layout.customers, layout.state, layout.ledger, tmp_path):
            scan = scan_of(written(closed, "a.txt", b"text\n"))
            with pytest.raises(DocumentError) as refusal:
                vault.reader.read(scan)
            assert refusal.value.because.code == "unreadable"
