"""Believing a clock that is far ahead: one kind of act that needs two people (see `custody.act`).

The archive was not used for so long, and two people say so. Its subject is the day the clock showed
when it was proposed.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from archiver.catalogue import days, decisions, events, ledger, queue
from archiver.catalogue.acts import Act, Content
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.store import Connection
from archiver.core.clock import civil_day
from archiver.core.errors import N_, Refused, UsageError
from archiver.core.model import Document
from archiver.custody.clock import AHEAD, clock_day, distrusted, read_clock
from archiver.custody.fact import read_event
from archiver.custody.ripple import ripple
from archiver.custody.stamp import trust_from_now, trusted_day
from archiver.judge.clock import trusted
from archiver.vault.vault import Vault

SUBJECT = "to"
"""What the ledger calls that which an act is done to."""


def about(tx: Connection, subject: str, terms: Content) -> Content:
    """The trusted day that is left, and the day the clock showed."""
    return {"trusted": trusted_day(tx).isoformat(), "to": subject}


def last(vault: Vault, tx: Connection, subject: str) -> date:
    """There is no day after which it cannot be said."""
    return date.max


def refuse(vault: Vault, tx: Connection, subject: str, terms: Content) -> None:
    """The clock must still be ahead, and must have gone on from the day that was agreed to.

    Raises:
        UsageError: the clock is not ahead.
        Refused: it has jumped again since.
    """
    reading = read_clock(vault, tx)
    if reading.anomaly != AHEAD:
        raise UsageError(
            N_("the clock of this computer ({shown}) is not ahead of the last known day ({day})"),
            hint=N_("see how they stand: archiver clock show"),
            shown=reading.shown,
            day=reading.trusted,
        )
    agreed = date.fromisoformat(subject)
    if trusted(agreed, reading.shown, vault.settings.clock.most).anomaly:
        raise Refused(
            "ACT_CHANGED",
            N_("the clock shows {shown}; what was proposed is {agreed}"),
            hint=N_("set the clock right; or reject that act, and propose what it shows now"),
            shown=reading.shown,
            agreed=agreed,
        )


def carry_out(vault: Vault, tx: Connection, act: Act, when: Stamp) -> None:
    """The trusted day follows the clock, and so do papers that came since it jumped.

    Otherwise their days of grace would lie in the past. What they tell was a date still to come
    until now, so they are read once more.
    """
    run, day = distrusted(vault, tx), clock_day(vault)
    papers = list(days.papers(tx, run.papers))
    came = {one.id for one in papers if civil_day(one.received, vault.zone) > one.received_on}
    trust_from_now(tx, day)
    then = replace(when, day=day)
    days.received(tx, came, day)
    facts: dict[str, ledger.Fact] = {
        "from": when.day.isoformat(),
        "to": day.isoformat(),
        "since": run.first,
        "papers": len(came),
        "content": act.digest,
        "proposed_by": act.by.id,
    }
    ledger.append(tx, then, "clock_confirmed", facts)
    _tell_again(vault, tx, papers, then)
    for one in papers:
        if one.id in came:
            queue.push(tx, one.id, one.path)
    ripple(vault, tx, then)


def _tell_again(vault: Vault, tx: Connection, papers: Collection[Document], then: Stamp) -> None:
    for one in papers:
        if not one.open and not one.joined_to and not events.read_from(tx, one.id):
            read_event(vault, tx, one, decisions.evidence_of(tx, one).findings, when=then)
