"""Events that the company's own system hands over: many at once, none of them twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from archiver.catalogue import events
from archiver.catalogue.events import StoredEvent
from archiver.catalogue.store import Connection
from archiver.core.model import CustomerId, DocumentId
from archiver.custody.fact import note, reached
from archiver.custody.ripple import ripple
from archiver.custody.stamp import stamp
from archiver.vault.vault import Vault

_AT_ONCE = 200
"""Events written in one transaction: an intake beside it waits no longer than that."""


@dataclass(frozen=True, slots=True)
class Told:
    """One event as it was handed over."""

    type: str
    customer: CustomerId
    day: date
    case_no: str | None
    document: DocumentId | None


def import_events(vault: Vault, told: Sequence[Told]) -> tuple[int, int]:
    """Record events; gives how many, and how many the archive knew already.

    What is known (the same kind, customer, day, case and paper, not void) is passed over, so that a
    file can be handed over again, after a crash too.
    """
    new = 0
    for start in range(0, len(told), _AT_ONCE):
        with vault.catalogue.write() as tx:
            new += _some(vault, tx, told[start : start + _AT_ONCE])
    return new, len(told) - new


def _some(vault: Vault, tx: Connection, told: Sequence[Told]) -> int:
    known = {
        Told(one.type, one.customer, one.day, one.case_no, one.document)
        for one in events.concerning(tx, {one.customer for one in told}, (), ())
        if one.customer and not one.void
    }
    when = stamp(vault, tx)
    added: list[StoredEvent] = []
    for one in dict.fromkeys(told):
        if one in known:
            continue
        event = events.add(
            tx,
            when,
            one.type,
            day=one.day,
            customer=one.customer,
            document=one.document,
            case_no=one.case_no,
        )
        note(tx, when, "event_added", event)
        added.append(event)
    if added:
        ripple(vault, tx, when, {x for event in added for x in reached(tx, event)})
    return len(added)
