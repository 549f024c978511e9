"""Withheld papers are those that left a batch and are still kept, each told once."""

from pathlib import Path

from archiver.report.page import page as report_page
from archiver.report.register_page import page
from archiver.report.remembered import register
from tests.report.disposed import again
from tests.report.firm import gathered, rows
from tests.report.test_page import Reader


def test_what_was_destroyed_since_was_not_withheld(came_back: Path, tmp_path: Path) -> None:
    with again(came_back, tmp_path / "vault", "2026-07-20") as vault:
        found = register(vault, None).disposals
        there = {str(one) for (one,) in rows(vault, "SELECT id FROM documents")}
        left = "SELECT DISTINCT document FROM batch_items WHERE left_because IS NOT NULL"
        returned = {str(one) for (one,) in rows(vault, left)}
        monthly = gathered(vault, "2026-07")
        told = page(register(vault, None)).decode()
    named = [one.document for one in found.withheld]
    assert sorted(named) == sorted(returned & there) == ["D000002", "D000003", "D000004", "D000006"]
    assert not {*named} & {one.document for one in found.destroyed}
    assert {one.document: one.certificate for one in found.withheld} == {
        "D000002": "B000002",
        "D000003": "B000002",
        "D000004": "B000001",
        "D000006": "B000001",
    }, "the last batch that each left"
    assert monthly.disposal.done.withheld == found.withheld
    assert "<dt>Papers withheld</dt><dd>4</dd>" in told
    seen = Reader(report_page(monthly).decode())
    assert sum("the batch was rejected" in row for row in seen.rows) == 4
