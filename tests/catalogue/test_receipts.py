"""Receipts are counted once a drop, and found in the order they were given."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from archiver.catalogue import notices, receipts
from archiver.catalogue.receipts import Receipt
from archiver.core.model import Because, Outcome, ReceiptId
from tests.worlds import NOW, a_vault

DAY = date(2026, 5, 20)


def given(name: str, outcome: Outcome, *, days: int = 0, within: str | None = None) -> Receipt:
    return Receipt(
        id=ReceiptId(name),
        source=f"{name}.pdf",
        day=DAY + timedelta(days=days),
        settled_at=(NOW + timedelta(days=days, seconds=len(name))).isoformat(),
        outcome=outcome,
        digest=None,
        size=1,
        document=None,
        path=f"quarantine/{name}.pdf",
        reasons=(),
        within=ReceiptId(within) if within else None,
        folder="新店" if name == "B" else None,
    )


def test_parts_count_with_their_file(tmp_path: Path) -> None:
    holds = (Because.of("holds_parts", parts=4),)
    whole = replace(given("A", Outcome.QUARANTINED), reasons=holds)
    parts = [given(f"A.{n}", Outcome.QUARANTINED, within="A") for n in (10, 2, 1, 9)]
    later = [given("B", Outcome.FILED, days=1), given("C", Outcome.DUPLICATE, days=2)]
    with a_vault(tmp_path / "vault") as vault, vault.catalogue.write() as tx:
        for one in (*parts, whole, *later):
            receipts.give(tx, one)
        assert notices.waiting(tx).folders == ("新店",)
        assert [one.id for one in receipts.parts_of(tx, whole.id)] == ["A.1", "A.2", "A.9", "A.10"]
        assert {one.id for one in receipts.aside(tx)} == {one.id for one in parts}
        assert [one.id for one in receipts.latest(tx, None, 9)] == ["C", "B", "A"]
        assert [one.id for one in receipts.latest(tx, None, 1)] == ["C"]
        assert [one.id for one in receipts.latest(tx, "新店", 9)] == ["B"]
        assert receipts.tally(tx) == {
            Outcome.QUARANTINED: 1,
            Outcome.FILED: 1,
            Outcome.DUPLICATE: 1,
        }
        assert receipts.tally(tx, DAY, DAY) == {Outcome.QUARANTINED: 1}
        assert receipts.by_day(tx, DAY, DAY + timedelta(days=1)) == {
            (DAY, Outcome.QUARANTINED): 1,
            (DAY + timedelta(days=1), Outcome.FILED): 1,
        }
        assert receipts.ids(tx, DAY, DAY) == ("A",)
        assert len(receipts.ids(tx, DAY, DAY + timedelta(days=2))) == 3
        assert receipts.get(tx, ReceiptId("B")) == later[0]
        assert receipts.get(tx, ReceiptId("Z")) is None
