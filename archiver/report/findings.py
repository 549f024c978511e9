"""What a person must do, each derived from what the report shows elsewhere."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from archiver.core.model import Because
from archiver.report.balance import Balance
from archiver.report.values import (
    Account,
    Cover,
    Disposal,
    Finding,
    Held,
    Inspection,
    OnTheWay,
    Paper,
    PutAside,
)

LONG_DUE = 90
"""Days after which a due paper counts as kept too long without a decision."""
LONG_ASIDE = 30
SOON = 30


def findings(
    cover: Cover,
    papers: Sequence[Paper],
    quarantine: Sequence[PutAside],
    inspection: Inspection,
    *,
    account: Account,
    balance: Balance,
    holds: Sequence[Held] = (),
    disposal: Disposal,
) -> tuple[Finding, ...]:
    """All of them, the most pressing first."""
    found = [
        *_proof(inspection, account, balance),
        *_retention(cover.as_of, papers),
        *_restraint(papers, holds),
        *_undetermined(papers),
        *_disposal(cover.as_of, disposal),
        *_waiting(cover.as_of, papers, quarantine, account),
        *_cover(cover),
    ]
    rank = ("now", "soon", "note")
    return tuple(sorted(found, key=lambda one: rank.index(one.level)))


def _now(section: str, owner: str, because: Because) -> Finding:
    return Finding("now", section, owner, because)


def _soon(section: str, owner: str, because: Because) -> Finding:
    return Finding("soon", section, owner, because)


def _note(section: str, owner: str, because: Because) -> Finding:
    return Finding("note", section, owner, because)


def _proof(inspection: Inspection, account: Account, balance: Balance) -> Iterator[Finding]:
    """Damage, and sums that do not come out."""
    broken = sum(one.kind == "ledger" for one in inspection.faults)
    damaged = len(inspection.faults) - broken
    if damaged:
        yield _now("inspection", "administrator", Because.of("damage_found", count=damaged))
    if broken:
        yield _now("inspection", "administrator", Because.of("ledger_broken", count=broken))
    if account.difference:
        because = Because.of("account_differs", count=account.difference)
        yield _now("account", "administrator", because)
    apart = balance.difference
    if apart.papers or apart.bytes:
        because = Because.of("balance_differs", count=apart.papers, bytes=apart.bytes)
        yield _now("account", "administrator", because)
    if inspection.incidents:
        because = Because.of("incidents_open", count=inspection.incidents)
        yield _now("inspection", "administrator", because)
    if inspection.overdue:
        because = Because.of(
            "inspection_overdue", count=inspection.overdue, days=inspection.interval
        )
        yield _now("inspection", "administrator", because)


def _retention(today: date, papers: Sequence[Paper]) -> Iterator[Finding]:
    due = [one.due_date for one in papers if one.state == "DUE" and one.due_date]
    if due:
        because = Because.of("papers_due", count=len(due), since=min(due))
        yield _now("due", "archivist", because)
    long = long_due(today, papers)
    if long:
        yield _now("due", "archivist", Because.of("long_due", count=long, days=LONG_DUE))
    coming = [
        one.due_date
        for one in papers
        if one.state == "RETAINED" and one.due_date and (one.due_date - today).days <= SOON
    ]
    if coming:
        because = Because.of("coming_due", count=len(coming), days=SOON, first=min(coming))
        yield _soon("coming", "archivist", because)


def long_due(today: date, papers: Sequence[Paper]) -> int:
    """How many papers are due for too long without a decision."""
    due = (one.due_date for one in papers if one.state == "DUE" and one.due_date)
    return sum((today - day).days > LONG_DUE for day in due)


def _undetermined(papers: Sequence[Paper]) -> Iterator[Finding]:
    undated = _count(papers, "MISSING_TRIGGER_DATE")
    if undated:
        yield _now("exceptions", "clerk", Because.of("dates_missing", count=undated))
    ahead = _count(papers, "FUTURE_TRIGGER_DATE")
    if ahead:
        yield _now("exceptions", "clerk", Because.of("dates_ahead", count=ahead))
    unscheduled = sum(one.state == "UNSCHEDULED" for one in papers)
    if unscheduled:
        yield _soon("exceptions", "archivist", Because.of("no_rule_for", count=unscheduled))
    shorter = sum("pending_shortening" in one.overlays for one in papers)
    if shorter:
        yield _note("exceptions", "archivist", Because.of("could_be_shorter", count=shorter))
    awaiting = sum(one.state == "AWAITING_TRIGGER" for one in papers)
    if awaiting:
        yield _note("exceptions", "archivist", Because.of("events_awaited", count=awaiting))


def _restraint(papers: Sequence[Paper], holds: Sequence[Held]) -> Iterator[Finding]:
    """Holds nobody has looked at again, and papers whose erasure somebody must decide about."""
    late = [one.id for one in holds if one.late]
    if late:
        because = Because.of("holds_overdue", count=len(late), holds=", ".join(late))
        yield _now("holds", "archivist", because)
    asked = sum(map(undecided, papers))
    if asked:
        yield _now("holdings", "archivist", Because.of("erasure_undecided", count=asked))


def undecided(paper: Paper) -> bool:
    """Its erasure was asked for, and the legal department must decide about it."""
    return any(one.code == "erasure_legal_review" for one in paper.because)


def _disposal(today: date, disposal: Disposal) -> Iterator[Finding]:
    """Batches that stand still, and what waits for a second person."""
    batches: dict[str, list[OnTheWay]] = {}
    for one in disposal.open:
        batches.setdefault(one.state, []).append(one)
    unverified = batches.get("destroying")
    if unverified:
        yield _now("destruction", "administrator", _named("absence_unverified", unverified))
    ending = [
        one for one in batches.get("approved", ()) if one.until and (one.until - today).days <= SOON
    ]
    if ending:
        first = min(one.until for one in ending if one.until)
        because = _named("approvals_expire", ending, days=SOON, first=first)
        yield _soon("destruction", "archivist", because)
    if batches.get("appraised"):
        yield _soon("destruction", "archivist", _named("appraisals_wait", batches["appraised"]))
    late = disposal.done.late
    if late:
        events = ", ".join(sorted({one.event for one in late}))
        papers = len({one.document for one in late})
        because = Because.of("came_late", events=events, count=papers)
        yield _soon("destruction", "archivist", because)
    if disposal.shortenings:
        because = Because.of("shortenings_wait", acts=", ".join(disposal.shortenings))
        yield _soon("exceptions", "archivist", because)


def _named(code: str, found: Iterable[OnTheWay], **facts: object) -> Because:
    return Because.of(code, batches=", ".join(one.batch for one in found), **facts)


def _count(papers: Iterable[Paper], exception: str) -> int:
    return sum(one.exception == exception for one in papers)


def _waiting(
    today: date, papers: Sequence[Paper], quarantine: Sequence[PutAside], account: Account
) -> Iterator[Finding]:
    ages = [(today - one.day).days for one in papers if one.open]
    if ages:
        because = Because.of("review_waits", count=len(ages), days=max(ages))
        yield _now("review", "clerk", because)
    lying = [(today - one.day).days for one in quarantine if one.there]
    if lying:
        because = Because.of("quarantine_waits", count=len(lying), days=max(lying))
        yield _soon("quarantine", "clerk", because)
    long = sum(days > LONG_ASIDE for days in lying)
    if long:
        because = Because.of("long_aside", count=long, days=LONG_ASIDE)
        yield _now("quarantine", "clerk", because)
    if account.waiting:
        because = Because.of("inbox_waits", count=account.waiting)
        yield _note("account", "administrator", because)


def _cover(cover: Cover) -> Iterator[Finding]:
    if cover.unit is None:
        yield _note("cover", "archivist", Because.of("unit_unknown"))
