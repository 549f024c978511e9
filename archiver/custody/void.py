"""Saying that an event never happened: one kind of act that needs two people (see `custody.act`).

The entry stays; a flag that only this event set goes, and so does what counted from it.
"""

from dataclasses import replace
from datetime import date

from archiver.catalogue import customers, events, keepings, ledger
from archiver.catalogue.acts import Act, Content
from archiver.catalogue.events import StoredEvent
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, UsageError
from archiver.custody.fact import reached, whose
from archiver.custody.ripple import ripple
from archiver.vault.vault import Vault

SUBJECT = "event"
"""What the ledger calls that which an act is done to."""


def about(tx: Connection, subject: str, terms: Content) -> Content:
    """What it says; another day or another customer would be another event.

    Raises:
        UsageError: there is no such event, or it is void already.
    """
    event = _event(tx, subject)
    return {
        "type": event.type,
        "customer": event.customer,
        "document": event.document,
        "date": event.day.isoformat(),
    }


def last(vault: Vault, tx: Connection, subject: str) -> date:
    """There is no day after which it cannot be said."""
    return date.max


def refuse(vault: Vault, tx: Connection, subject: str, terms: Content) -> None:
    """Nothing forbids it: the records it touches are kept until somebody approves their end.

    Raises:
        UsageError: there is no such event, or it is void already.
    """
    _event(tx, subject)


def carry_out(vault: Vault, tx: Connection, act: Act, when: Stamp) -> None:
    """Two people stand for it that it never happened; no reading of its paper says so again."""
    event = _event(tx, act.subject)
    events.rewrite(tx, replace(event, confirmed=True, vouched=event.vouched or 0, void=True))
    facts: dict[str, ledger.Fact] = {
        "event": event.id,
        "type": event.type,
        "customer": event.customer,
        "document": event.document,
        "content": act.digest,
        "proposed_by": act.by.id,
    }
    ledger.append(tx, when, "event_voided", facts)
    whole = {name for one in whose(event) for name in customers.under(tx, one)}
    keepings.notice(tx, whole, when.day)
    ripple(vault, tx, when, reached(tx, event), words=False)


def _event(tx: Connection, subject: str) -> StoredEvent:
    found = next(iter(events.some(tx, [subject])), None)
    if found is None or found.void:
        raise UsageError(
            N_("{event} is void already") if found else N_("no event {event}"),
            hint=N_("see them with: archiver event list"),
            event=subject,
        )
    return found
