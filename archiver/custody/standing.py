"""What retention says of documents, from the facts in the catalogue, loaded in bulk."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from archiver.catalogue import customers, decisions, events
from archiver.catalogue.store import Connection
from archiver.core.model import CustomerId, Document, DocumentId
from archiver.judge.evaluate import Answer, evaluate
from archiver.judge.facts import Context, Event, Record
from archiver.vault.vault import Vault


class Facts:
    """Everything retention needs, read once: no query a record."""

    def __init__(self, vault: Vault, tx: Connection) -> None:
        kinds = {one.id: one.kind for one in customers.all_customers(tx)}
        self._contexts: dict[DocumentId, list[Context]] = defaultdict(list)
        for one in decisions.all_contexts(tx):
            # Until rules can be activated there is one version: the one in force.
            context = Context(
                rules=vault.rules,
                customer=one.customer,
                kind=kinds.get(one.customer, "customer"),
                category=one.category,
                case_no=one.case_no,
                doc_date=one.doc_date,
            )
            self._contexts[one.document].append(context)
        self._events: dict[CustomerId, list[Event]] = defaultdict(list)
        for event in events.all_events(tx):
            if event.customer:
                self._events[event.customer].append(_event(event))

    def answer(self, document: Document, today: date) -> Answer:
        """What retention says of one document on the trusted day."""
        contexts = tuple(self._contexts.get(document.id, ()))
        whose = dict.fromkeys(context.customer for context in contexts)
        found = [event for customer in whose for event in self._events.get(customer, ())]
        record = Record(document.id, () if document.open else contexts)
        return evaluate(record, found, today)


def _event(stored: events.StoredEvent) -> Event:
    return Event(
        id=stored.id,
        type=stored.type,
        customer=stored.customer,
        document=stored.document,
        case_no=stored.case_no,
        date=stored.day,
        confirmed=stored.confirmed,
        void=stored.void,
    )


def answers(
    vault: Vault, tx: Connection, papers: Iterable[Document], today: date
) -> dict[DocumentId, Answer]:
    """The answer for each of the documents."""
    facts = Facts(vault, tx)
    return {document.id: facts.answer(document, today) for document in papers}
