"""Records what happened to a customer or one paper: the facts that retention counts from."""

from datetime import date

from archiver.catalogue import events, ledger, queue
from archiver.catalogue.documents import of_customer
from archiver.catalogue.events import StoredEvent
from archiver.core.model import CustomerId, DocumentId
from archiver.custody.stamp import stamp
from archiver.vault.vault import Vault


def add_event(
    vault: Vault,
    kind: str,
    *,
    customer: CustomerId,
    document: DocumentId | None,
    day: date | None,
) -> StoredEvent:
    """Record an event a person reports; without `day` it happened on the trusted day.

    The index holds due days, so every paper of the customer is queued to be looked at again.
    """
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        event = events.add(
            tx, when, kind, day=day or when.day, customer=customer, document=document
        )
        facts: dict[str, ledger.Fact] = {
            "event": event.id,
            "type": kind,
            "customer": customer,
            "document": document,
            "date": event.day.isoformat(),
        }
        ledger.append(tx, when, "event_added", facts)
        for paper in of_customer(tx, customer):
            queue.push(tx, paper.id, paper.path)
    return event
