"""Rules that changed and erasures asked for, counted a second time from the ledger's lines."""

import io
import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from archiver.catalogue import ledger
from archiver.catalogue.ledger import Noted
from archiver.core.model import CustomerId
from archiver.custody.activate import activate
from archiver.custody.erasure import request
from archiver.declarations.retention import read_rule_sets
from archiver.judge.preview import Effect
from archiver.report.contents import listings
from archiver.report.listing import Listing
from archiver.report.page import page
from archiver.report.recorded import Request, changes, requests
from archiver.report.span import Span
from archiver.report.values import Values, read_values, values_text
from archiver.report.workbook import workbook
from archiver.vault.vault import Vault
from tests.report.firm import gathered, world
from tests.report.test_page import Reader, speaking

MARCH = Span("2026-03", date(2026, 3, 1), date(2026, 3, 31), whole=True)
DAYS = st.dates(date(2026, 2, 1), date(2026, 4, 30))


def told(vault: Vault, action: str) -> list[dict[str, object]]:
    with vault.catalogue.read() as tx:
        lines = map(json.loads, ledger.lines(tx))
        return [one["facts"] for one in lines if one["action"] == action]


def longer(vault: Vault) -> None:
    """Put a version in force that keeps what is served for four years instead of three."""
    folder = vault.layout.rules / "retention"
    changed = 0
    for file in sorted(folder.glob("*.toml")):
        before = file.read_text("utf-8")
        after = before.replace('"3y"', '"4y"')
        changed += before != after
        file.write_text(after, "utf-8")
    assert changed
    activate(vault, read_rule_sets(folder, vault.categories.by_code))


def test_an_activation_is_told_with_what_it_changed(tmp_path: Path) -> None:
    with world(tmp_path / "vault") as vault:
        quiet = gathered(vault)
        longer(vault)
        values, april = gathered(vault), gathered(vault, "2026-04")
        facts = told(vault, "rules_activated")
        wanted = str(facts[-1]["rules"])
    assert quiet.changes == ()
    assert [one.rules for one in april.changes] == [one["rules"] for one in facts[:-1]]
    (one,) = values.changes
    assert (one.rules, one.before, one.day) == (wanted, facts[-2]["rules"], date(2026, 5, 20))
    assert {effect.value: getattr(one, effect.value) for effect in Effect} == {
        effect.value: facts[-1][effect.value] for effect in Effect
    }
    assert one.lengthened > 0
    assert read_values(values_text(values)) == values
    row = next(row for row in Reader(page(values).decode()).rows if wanted[:12] in row)
    assert str(one.lengthened) in row


def test_requests_are_told_until_they_are_decided(tmp_path: Path) -> None:
    with world(tmp_path / "vault") as vault:
        paper = next(one for one in gathered(vault).papers if one.state == "PERMANENT")
        answers = request(vault, CustomerId(paper.customer))
        due = next(one for one in gathered(vault).papers if one.state == "DUE")
        request(vault, CustomerId(due.customer))
        values = gathered(vault)
    first, second = values.requests
    legal = sum(one.outcome.value == "legal_review" for one in answers)
    assert (first.customer, first.papers) == (paper.customer, len(answers))
    assert first.legal_review == first.undecided == legal > 0
    assert (second.customer, second.legal_review, second.undecided) == (due.customer, 0, 0)
    cells = {row[1]: row for row in listings(values)["requests"].rows}
    assert cells[paper.customer][7:9] == (None, 0)
    assert cells[due.customer][7:9] == (date(2026, 5, 20), 0)
    shown = page(values).decode()
    restricted = sum("restricted" in one.overlays for one in values.papers)
    assert f"because their erasure was asked for: {restricted}." in shown


@given(st.lists(st.tuples(DAYS, st.sampled_from(["C1", "C2"]), st.integers(0, 2)), max_size=8))
def test_old_requests_stay_as_long_as_one_paper_is_open(
    asked: list[tuple[date, str, int]],
) -> None:
    entries = [
        Noted(seq, day, "erasure_requested", {"customer": who, "documents": 2, "legal_review": n})
        for seq, (day, who, n) in enumerate(sorted(asked), start=1)
    ]
    found = list(requests(entries, open_of("C1"), {}, MARCH))
    expected = [
        one.seq
        for one in entries
        if one.day <= MARCH.last
        and (
            one.day >= MARCH.first or (one.facts["customer"] == "C1" and one.facts["legal_review"])
        )
    ]
    assert [one.entry for one in found] == expected
    assert all(isinstance(one, Request) for one in found)
    assert list(changes(entries, MARCH)) == []


def open_of(customer: str) -> Counter[str]:
    return Counter({customer: 1})


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_days_are_days_and_sheets_have_whole_names(values: Values, lang: str) -> None:
    with speaking(lang), io.BytesIO(workbook(values)) as stream:
        book = load_workbook(stream)
        titles = [f"{at} {one.short or one.title}" for at, one in _numbered(values)]
    days = [cell for sheet in book for row in sheet for cell in row if cell.is_date]
    assert all(cell.number_format == "yyyy-mm-dd" for cell in days)
    cover = {row[0].value: row[1] for row in book.worksheets[0].iter_rows()}
    expected = {values.cover.first, values.cover.last, values.cover.as_of}
    found = {c.value.date() for c in cover.values() if isinstance(c.value, datetime)}
    assert found >= expected, "and not numbers"
    assert [sheet.title for sheet in book.worksheets[1:]] == titles


def _numbered(values: Values) -> list[tuple[int, Listing]]:
    return list(enumerate(listings(values).values(), start=2))


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> Values:
    with world(tmp_path_factory.mktemp("recorded") / "vault") as vault:
        return gathered(vault)
