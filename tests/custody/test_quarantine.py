"""What is put aside is put aside once, with its reason in the vault's language."""

from dataclasses import replace
from pathlib import Path

from archiver.catalogue import ledger
from archiver.core.model import Because, ReceiptId
from archiver.custody.quarantine import put_aside
from archiver.declarations.words import speaking
from archiver.intake import arrivals
from tests.worlds import a_vault, drop, tree


def test_putting_aside_again_changes_nothing(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        arrival = arrivals.take_copy(vault, drop(vault, "a.pdf", "LOCKED"), "dead", None)
        with speaking("en"):
            first = put_aside(vault, arrival, Because.of("encrypted"))
            kept = tree(vault.layout.quarantine)
            again = put_aside(vault, arrival, Because.of("encrypted"))
        assert again == first
        assert (first.size, first.day) == (6, vault.clock().date())
        assert tree(vault.layout.quarantine) == kept
        assert b"LOCKED" in kept.values()
        (note,) = (data.decode() for name, data in kept.items() if name.endswith(".txt"))
        assert "encrypted" in note
        assert "密码" in note, "in the language of the vault, whoever acts"
        other = replace(arrival, receipt=ReceiptId("R2"))
        assert put_aside(vault, other, Because.of("encrypted")).path == first.path
        with vault.catalogue.read() as tx:
            acts = list(ledger.noted(tx, ("quarantine",)))
        assert [one.facts["receipt"] for one in acts] == [first.id, "R2"]
