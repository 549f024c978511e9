"""The numbers of a report, counted a second time in another way."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from archiver.catalogue import ledger
from archiver.catalogue.ledger import Noted
from archiver.core.errors import UsageError
from archiver.core.model import Because
from archiver.declarations.sentences import sentence
from archiver.report.balance import Amount, balance
from archiver.report.contents import headline
from archiver.report.findings import findings
from archiver.report.pictures import years
from archiver.report.span import span_of
from archiver.report.tables import by_year
from archiver.report.values import read_values, values_text
from archiver.report.wording import (
    party_name,
    rule_length,
    rule_papers,
    rule_title,
    rule_trigger,
    why_permanent,
)
from archiver.retention.plan import counts, plan
from tests.report.firm import (
    FORMULA,
    HUAXIN,
    MAY,
    OWN,
    Hands,
    counted,
    empty,
    gathered,
    rows,
    world,
)
from tests.worlds import papers


def test_every_number_reconciles_with_another_source(tmp_path: Path) -> None:
    with world(tmp_path / "vault") as vault:
        values = gathered(vault)
        found = headline(values)
        stored = papers(vault)
        assert found["papers"] == len(stored) == 4
        assert found["bytes"] == sum(map(len, stored.values()))
        states = counts(plan(vault))
        assert states == {"DUE": 1, "PERMANENT": 1, "UNSCHEDULED": 1, "EXCEPTION": 1}
        assert found["due"] == states["DUE"]
        assert found["permanent"] == states["PERMANENT"]
        assert found["exceptions"] == states["UNSCHEDULED"] + states["EXCEPTION"]
        assert found["review"] == len(rows(vault, "SELECT 1 FROM documents WHERE open <> '[]'"))
        assert found["quarantined"] == len(list(vault.layout.quarantine.glob("*.pdf"))) == 1
        assert found["damage"] == 0
        by_outcome = counted(
            vault,
            "SELECT outcome, count(*) FROM receipts WHERE day LIKE '2026-05-%' GROUP BY 1",
        )
        account = values.account
        assert by_outcome == {"filed": 2, "review": 1, "duplicate": 1, "quarantined": 1}
        assert {name: account.total(name) for name in by_outcome} == by_outcome
        assert account.waiting == 1
        assert account.received == sum(by_outcome.values()) + 1
        assert account.difference == 0
        head = rows(vault, "SELECT seq, leaf FROM ledger ORDER BY seq DESC LIMIT 1")
        assert [(values.cover.seq, values.cover.leaf)] == head


def test_the_balance_spans_months_and_folded_papers(tmp_path: Path) -> None:
    with world(tmp_path / "vault") as vault:
        may = gathered(vault).balance
        assert (may.opening.papers, may.ingested.papers, may.folded.papers) == (2, 3, 1)
        assert may.closing == may.held
        assert may.held == Amount(4, sum(map(len, papers(vault).values())))
        assert may.difference == Amount()
        april = gathered(vault, "2026-04")
        assert (april.cover.whole, april.cover.last) == (True, date(2026, 4, 30))
        past = april.balance
        assert (past.opening.papers, past.ingested.papers, past.closing.papers) == (0, 2, 2)
        assert (past.since_in.papers, past.since_out.papers) == (3, 1)
        assert past.held == may.held
        assert past.difference == Amount()
        assert april.account.received == 2
        assert april.account.waiting == 0, "what waits now did not wait then"
        assert headline(april)["papers"] == 4, "what is held is as of now"


def test_a_paper_that_nobody_recorded_unbalances(tmp_path: Path) -> None:
    with world(tmp_path / "vault") as vault:
        with vault.catalogue.write() as tx:
            tx.execute(text("UPDATE documents SET size = size + 7 WHERE id = 'D000001'"))
            tx.execute(text("UPDATE receipts SET outcome = 'waiting' WHERE source = 'a.txt'"))
        values = gathered(vault, "2026-04")
        assert values.balance.difference == Amount(0, -7)
        assert values.account.difference == 1
        codes = [one.because.code for one in values.findings]
        assert {"balance_differs", "account_differs", "damage_found"} <= set(codes)
        with vault.catalogue.write() as tx:
            tx.execute(text("UPDATE ledger SET entry = '{}' WHERE seq = 3"))
        broken = gathered(vault)
        assert "ledger_broken" in [one.because.code for one in broken.findings]


def test_findings_say_what_to_do_and_whose_it_is(tmp_path: Path) -> None:
    with world(tmp_path / "vault") as vault:
        found = {one.because.code: one for one in gathered(vault).findings}
        assert list(found) == [
            *("papers_due", "long_due", "review_waits"),
            *("no_rule_for", "quarantine_waits", "inbox_waits"),
        ]
        assert dict(found["papers_due"].because.facts) == {"count": "1", "since": "2026-01-06"}
        assert found["papers_due"].owner == "archivist"
        assert found["review_waits"].owner == "clerk"
        clock = Hands(MAY.replace(year=2027))
        vault.__dict__["clock"] = clock
        later = {one.because.code for one in gathered(vault).findings}
        assert {"inspection_overdue", "long_aside"} <= later


def test_the_cover_knows_unit_rules_and_the_report_before(tmp_path: Path) -> None:
    with world(tmp_path / "vault") as vault:
        cover = gathered(vault).cover
        assert (cover.unit, cover.period, cover.last) == (OWN, "2026-05", date(2026, 5, 20))
        assert cover.rules == vault.rules.content_hash
        assert cover.made_at.isoformat() == "2026-05-20T17:00:00+08:00"
        assert cover.previous is None
        assert {one.name for one in gathered(vault).parties} >= {HUAXIN, FORMULA}


def test_values_come_back_from_their_json(tmp_path: Path) -> None:
    with world(tmp_path / "vault") as vault:
        values = gathered(vault)
        told = values_text(values)
        assert read_values(told) == values
        assert "第二行的秘密" not in told, "no recognised text"
        assert len(json.loads(told)["papers"]) == 4


def test_a_month_that_is_none_or_has_not_begun_is_refused(tmp_path: Path) -> None:
    with empty(tmp_path / "vault", Hands(MAY)) as vault:
        for period in ("2026-13", "2026", "next", "2026-06", "0000-01", "2026-5", "٢٠٢٦-٠٥"):
            with pytest.raises(UsageError):
                gathered(vault, period)


@given(st.dates(date(1970, 1, 1), date(2200, 1, 1)), st.integers(0, 400))
def test_a_month_ends_before_the_next_begins(today: date, months: int) -> None:
    index = max(0, today.year * 12 + today.month - 1 - months)
    span = span_of(f"{index // 12:04d}-{index % 12 + 1:02d}", today) if index >= 12 else None
    if span is None:
        return
    assert span.first.day == 1
    assert span.first <= span.last <= today
    assert span.whole == ((today.year, today.month) > (span.first.year, span.first.month))
    assert span.last == today or (span.last.toordinal() + 1) == _next(span.last).toordinal()


def _next(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 31))


@given(st.lists(st.tuples(DAYS, st.integers(1, 9), st.none() | st.integers(0, 60)), max_size=30))
def test_closing_is_opening_plus_what_came_less_what_went(
    lives: list[tuple[date, int, int | None]],
) -> None:
    """Each paper comes on a day and goes so many days later, or stays; counted paper by paper."""
    entries = []
    for at, (day, size, stay) in enumerate(lives):
        entries.append(Noted(0, day, "ingestion", {"document": f"D{at}", "size": size}))
        if stay is not None:
            gone = date.fromordinal(day.toordinal() + stay)
            entries.append(Noted(0, gone, "folding", {"document": f"D{at}"}))
    entries.sort(key=lambda one: one.day)
    first, last = date(2026, 2, 1), date(2026, 2, 28)
    found = balance(entries, [], first, last)

    def there(end: date, *, itself: bool) -> Amount:
        sizes = [
            size
            for day, size, stay in lives
            if (day < end or (itself and day == end))
            and (
                stay is None
                or day.toordinal() + stay > end.toordinal()
                or (not itself and day.toordinal() + stay == end.toordinal())
            )
        ]
        return Amount(len(sizes), sum(sizes))

    assert found.opening == there(first, itself=False)
    assert found.closing == there(last, itself=True)
    assert found.closing + found.since_in - found.since_out == there(date.max, itself=True)


def test_entries_that_cannot_be_read_are_left_to_the_check(tmp_path: Path) -> None:
    with world(tmp_path / "vault") as vault, vault.catalogue.write() as tx:
        whole = len(list(ledger.noted(tx, ("ingestion",))))
        tx.execute(text("UPDATE ledger SET entry = 'torn' WHERE entry LIKE '%\"D000001\"%'"))
        assert 0 < len(list(ledger.noted(tx, ("ingestion",)))) < whole


def test_every_finding_follows_from_a_paper_in_its_state(tmp_path: Path) -> None:
    """Papers nobody can make yet in a vault of one rule file, made by hand."""
    with world(tmp_path / "vault") as vault:
        values = gathered(vault)
    base = next(one for one in values.papers if one.state == "DUE")
    today = values.cover.as_of
    others = (
        replace(base, state="RETAINED", due_date=date.fromordinal(today.toordinal() + 30)),
        replace(base, state="EXCEPTION", exception="MISSING_TRIGGER_DATE", due_date=None),
        replace(base, state="EXCEPTION", exception="FUTURE_TRIGGER_DATE", due_date=None),
        replace(base, state="AWAITING_TRIGGER", due_date=None),
        replace(base, state="PERMANENT", due_date=None, overlays=("pending_shortening",)),
    )
    codes = ("coming_due", "dates_missing", "dates_ahead", "events_awaited", "could_be_shorter")
    for paper, code in zip(others, codes, strict=True):
        found = findings(
            values.cover,
            [paper],
            [],
            values.inspection,
            account=replace(values.account, waiting=0),
            balance=values.balance,
            disposal=values.disposal,
        )
        assert [one.because.code for one in found] == [code]
        assert "{" not in sentence(found[0].because)


def test_rules_and_reasons_are_said(tmp_path: Path) -> None:
    with world(tmp_path / "vault") as vault:
        values = gathered(vault)
    paper = values.papers[0]
    why = (
        Because.of("permanent_by_rule", rule="R6", file="x"),
        Because.of("permanent_by_review"),
        Because.of("permanent_by_flag", flag="accident", event="E1", recorded="2026-01-01"),
    )
    told = why_permanent(replace(paper, because=why))
    assert told == "its category, decision of an appraisal, a traffic accident"
    rule = values.rules[0]
    assert rule_trigger(rule) == "latest: purchase, end of the relationship, service"
    assert rule_trigger(replace(rule, events=("doc_date",))) == "the date of the paper"
    assert rule_length(rule) == "3 years"
    chinese = replace(values.rules[1], categories=("contract",))
    assert rule_papers(chinese, {"contract": "合同"}) == "合同; an objection or a dispute"
    assert rule_title(rule, "zh").startswith(rule.zh)
    assert party_name("C0000", "_unassigned") == "not assigned yet"
    far = [
        replace(paper, state="RETAINED", retain_through=date(2030 + at, 1, 1)) for at in range(20)
    ]
    chart = years(by_year(replace(values, papers=tuple(far))))
    assert [bar.label for bar in chart.bars][-1] == "2044+"
    assert sum(bar.total for bar in chart.bars) == 20
