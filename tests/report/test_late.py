"""A dispute recorded when papers are gone cannot undo that; the report and the register tell it."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver.catalogue import tombstones
from archiver.core.model import CustomerId
from archiver.custody import standing
from archiver.custody.fact import add_event
from archiver.report.late import late
from archiver.report.page import page as report_page
from archiver.report.register_lists import destroyed
from archiver.report.register_page import page
from archiver.report.remembered import register
from archiver.vault.vault import Vault
from tests.cli.inside import typed
from tests.report.disposed import again
from tests.report.firm import gathered, rows
from tests.report.test_page import Reader

TODAY = date(2027, 1, 5)
KINDS = ("dispute_opened", "accident_reported", "service_completed", "dispute_settled")


def enter(vault: Vault, kind: str, customer: str = "C0002") -> str:
    """Something that happened before anything was destroyed, and is entered now."""
    whose = CustomerId(customer)
    found = add_event(vault, kind, customer=whose, document=None, day=date(2026, 6, 30))
    return found.id


def test_a_late_dispute_is_told(played: Path, tmp_path: Path) -> None:
    with again(played, tmp_path / "vault") as vault:
        before = gathered(vault)
        enter(vault, "service_completed")
        assert register(vault, None).disposals.late == ()
        event = enter(vault, "dispute_opened")
        told = register(vault, None)
        january, july = gathered(vault), gathered(vault, "2026-07")
    gone = told.disposals.destroyed
    assert {one.late for one in gone} == {(event,)}
    assert {one.document for one in told.disposals.late} == {one.document for one in gone}
    listing = destroyed(told.disposals, told.labels)
    at = listing.headings().index("Remarks")
    said = f"recorded after it was gone, on 2027-01-05: opening of a dispute ({event})"
    assert [row[at] for row in listing.rows if said not in str(row[at])] == []
    assert page(told).decode().count(said) == len(gone)
    for values in (january, july):
        (found,) = [one for one in values.findings if one.because.code == "came_late"]
        facts = dict(found.because.facts)
        assert facts == {"events": event, "count": str(len(values.disposal.done.late))}
        seen = Reader(report_page(values).decode())
        assert sum(row[:2] == [event, "opening of a dispute"] for row in seen.rows) == int(
            facts["count"]
        )
    assert {one.gone_on for one in july.disposal.done.late} == {date(2026, 7, 10)}
    assert "came_late" not in {one.because.code for one in before.findings}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(["C0001", "C0002"])), max_size=4))
def test_it_says_the_same_of_each_paper_as_retention(
    tmp_path_factory: pytest.TempPathFactory, played: Path, entered: list[tuple[str, str]]
) -> None:
    with again(played, tmp_path_factory.mktemp("late") / "vault") as vault:
        for kind, customer in entered:
            enter(vault, kind, customer)
        with vault.catalogue.read() as tx:
            stones = tombstones.every(tx)
            told = {one.document for one in late(tx, stones)}
            for stone in stones:
                answer = standing.remembered(vault, tx, stone.document, TODAY)
                assert answer
                assert answer.late_event == (stone.document in told)


def test_show_and_register_name_the_same_event(
    played: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "vault"
    with again(played, root) as vault:
        event = enter(vault, "dispute_opened")
        assert rows(vault, "SELECT count(*) FROM tombstones") == [(5,)]
    assert typed(root, "show", "D000001", "--json") == 0
    shown = json.loads(capsys.readouterr().out)["left"]
    assert typed(root, "retain", "register", "--json") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (line,) = [one for one in lines if one["document"] == "D000001"]
    assert shown["register"] == line
    assert line["late"] == [event]
    assert shown["late_event"] is True
