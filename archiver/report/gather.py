"""Gathers the values of a report: one view of the catalogue, bulk queries, nothing decided here."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from archiver import __version__
from archiver.catalogue import customers, documents, holds, incidents, ledger, receipts
from archiver.catalogue.receipts import Receipt
from archiver.catalogue.store import Connection
from archiver.core.model import Customer, Document, Outcome
from archiver.custody.rules import in_force
from archiver.custody.stamp import today
from archiver.custody.standing import Facts, terms_of
from archiver.custody.witness import REPORT_MADE
from archiver.declarations.rule import Rule
from archiver.declarations.words import language
from archiver.disk.guard import shape_of
from archiver.judge.evaluate import Answer
from archiver.repair.fault import Fault
from archiver.report.account import in_ledger, waiting
from archiver.report.balance import COUNTED, balance
from archiver.report.findings import findings, undecided
from archiver.report.recorded import RECORDED, changes, requests
from archiver.report.span import Span, span_of
from archiver.report.status import horizon
from archiver.report.underway import disposal
from archiver.report.values import (
    Account,
    CategoryName,
    Cover,
    Damage,
    Held,
    Inspection,
    Paper,
    Party,
    Previous,
    PutAside,
    Received,
    RuleInForce,
    Values,
)
from archiver.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the store found just before."""

    deep: bool
    faults: tuple[Fault, ...]


def gather(vault: Vault, period: str | None, checked: Checked) -> Values:
    """Everything a report says, as of now.

    Args:
        vault: the open vault.
        period: the month to account for (`2026-10`); None is the current one.
        checked: what a check of the store has just found.

    Raises:
        UsageError: `period` is no month, or has not begun.
    """
    lying = waiting(vault)
    with vault.catalogue.read() as tx:
        day = today(vault, tx)
        rules = in_force(vault, tx)
        span = span_of(period, day)
        everybody = customers.all_customers(tx)
        files = tuple(documents.all_documents(tx))
        papers = _papers(files, Facts(vault, tx, day))
        held = _held(tx, day)
        aside = tuple(_put_aside(vault, one) for one in receipts.aside(tx))
        cover = _cover(vault, tx, span, everybody, deep=checked.deep)
        inspection = _inspection(vault, tx, cover, papers=len(files), checked=checked)
        account = _account(tx, span, 0 if span.whole else lying)
        going = disposal(vault, tx, span)
        done = tuple(ledger.noted(tx, RECORDED))
        asked = requests(done, _undecided(papers), customers.composition(tx), span)
        moved = balance(ledger.noted(tx, COUNTED), files, span.first, span.last)
    return Values(
        cover=cover,
        parties=tuple(Party(c.id, c.name, c.kind, c.standing.value) for c in everybody),
        categories=tuple(
            CategoryName(one.code, one.label.zh, one.label.en) for one in vault.categories.category
        ),
        papers=papers,
        quarantine=aside,
        inspection=inspection,
        account=account,
        balance=moved,
        rules=tuple(_rule(one, rules.source(one.id)) for one in rules.rules),
        disposal=going,
        findings=findings(
            *(cover, papers, aside, inspection),
            account=account,
            balance=moved,
            holds=held,
            disposal=going,
        ),
        holds=held,
        changes=tuple(changes(done, span)),
        requests=tuple(asked),
    )


def _undecided(papers: Iterable[Paper]) -> Counter[str]:
    """Customer → papers whose erasure was asked for, about which somebody must decide."""
    return Counter(one.customer for one in papers if undecided(one))


def _cover(
    vault: Vault, tx: Connection, span: Span, everybody: Iterable[Customer], *, deep: bool
) -> Cover:
    unit = next((one for one in everybody if one.kind == "own"), None)
    head = ledger.head(tx)
    return Cover(
        unit=unit.name if unit else None,
        unit_id=unit.id if unit else None,
        store=str(vault.layout.root),
        period=span.label,
        first=span.first,
        last=span.last,
        whole=span.whole,
        made_at=vault.clock().astimezone(vault.zone).replace(microsecond=0),
        as_of=today(vault, tx),
        zone=vault.settings.timezone,
        version=__version__,
        lang=language(),
        rules=in_force(vault, tx).content_hash,
        seq=head.seq,
        leaf=head.leaf,
        deep=deep,
        previous=_previous(tx),
    )


def _previous(tx: Connection) -> Previous | None:
    last = max(ledger.noted(tx, (REPORT_MADE,)), key=lambda one: one.seq, default=None)
    if last is None:
        return None
    facts = last.facts
    return Previous(
        period=str(facts.get("period")),
        made_on=last.day,
        seq=int(facts.get("as_of") or 0),
        leaf=str(facts.get("head")),
    )


def _papers(files: Iterable[Document], facts: Facts) -> tuple[Paper, ...]:
    """Every document with its answer, and the bytes of all its files."""
    listed = list(files)
    sizes: Counter[str] = Counter()
    for one in listed:
        sizes[one.joined_to or one.id] += one.size
    return tuple(
        _paper(one, facts.answer(one), sizes[one.id]) for one in listed if not one.joined_to
    )


def _paper(document: Document, answer: Answer, size: int) -> Paper:
    return Paper(
        id=document.id,
        archive_no=document.archive_no,
        title=document.title,
        customer=document.customer,
        category=document.category,
        size=size,
        doc_date=document.doc_date,
        day=document.received_on,
        state=answer.state.value,
        exception=answer.exception.value if answer.exception else None,
        rules=answer.governing_rules,
        retain_through=answer.retain_through,
        due_date=answer.due_date,
        block=answer.block_reason.value if answer.block_reason else None,
        overlays=tuple(one for one in _OVERLAYS if getattr(answer, one)),
        open=document.open,
        because=answer.because,
    )


def _held(tx: Connection, day: date) -> tuple[Held, ...]:
    """The holds that are not released, with how many papers each covers."""
    counts = holds.counts(tx)
    return tuple(
        Held(
            id=one.id,
            scope=one.scope,
            target=one.target,
            papers=counts.get(one.id, 0),
            reason=one.reason,
            authority=one.authority,
            reference=one.reference,
            placed_on=one.placed_on,
            review_on=one.review_on,
            late=one.standing(day) == "overdue",
        )
        for one in holds.active(tx)
    )


_OVERLAYS = ("held", "pending_shortening", "incident", "restricted")


def _put_aside(vault: Vault, receipt: Receipt) -> PutAside:
    return PutAside(
        receipt=receipt.id,
        source=receipt.source,
        day=receipt.day,
        size=receipt.size,
        sha256=receipt.digest,
        path=receipt.path,
        there=shape_of(vault.layout.root / receipt.path) is not None,
        reasons=receipt.reasons,
    )


def _inspection(
    vault: Vault, tx: Connection, cover: Cover, *, papers: int, checked: Checked
) -> Inspection:
    return Inspection(
        papers=papers,
        entries=cover.seq,
        oldest=documents.least_checked(tx),
        overdue=documents.unchecked_since(tx, horizon(vault, cover.as_of)),
        interval=terms_of(vault).inspection_interval,
        faults=tuple(
            Damage(one.kind, one.document or None, one.path, one.detail) for one in checked.faults
        ),
        incidents=len(incidents.of(tx)),
    )


def _account(tx: Connection, span: Span, lying: int) -> Account:
    tally: Counter[tuple[date, Outcome]] = receipts.by_day(tx, span.first, span.last)
    days = sorted({day for day, _ in tally})
    return Account(
        receipts=len(in_ledger(tx, span.first, span.last)),
        waiting=lying,
        days=tuple(
            Received(
                day,
                filed=tally[day, Outcome.FILED],
                review=tally[day, Outcome.REVIEW],
                duplicate=tally[day, Outcome.DUPLICATE],
                quarantined=tally[day, Outcome.QUARANTINED],
            )
            for day in days
        ),
    )


def _rule(rule: Rule, file: str) -> RuleInForce:
    counting = rule.counting
    return RuleInForce(
        id=rule.id,
        zh=rule.title.zh,
        en=rule.title.en,
        file=file,
        categories=tuple(sorted(rule.match.categories)),
        kinds=tuple(sorted(rule.match.kinds)),
        flags=tuple(sorted(flag.value for flag in rule.match.flags)),
        events=tuple(sorted(counting.trigger.started_by)) if counting else (),
        scope=counting.trigger.scope if counting else None,
        pick=counting.trigger.pick if counting else None,
        period=str(counting.period) if counting else None,
        start=counting.start.value if counting else None,
        basis=rule.basis,
        law=rule.law,
    )
