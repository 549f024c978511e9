"""What retention says of documents, from the facts in the catalogue, loaded in bulk."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from archiver.catalogue import customers, decisions, events
from archiver.catalogue.store import Connection
from archiver.core.model import CustomerId, Document, DocumentId
from archiver.judge.evaluate import Answer, evaluate
from archiver.judge.facts import Context, Dated, Event, Record
from archiver.judge.given import Given
from archiver.vault.vault import Vault


class Facts:
    """Everything retention needs, read in bulk: no query a record.

    Args:
        vault: the open vault.
        tx: one view of the catalogue.
        today: the trusted day.
        only: the records that will be asked about; None for all of them.
    """

    def __init__(
        self, vault: Vault, tx: Connection, today: date, only: Collection[DocumentId] | None = None
    ) -> None:
        kinds = {one.id: one.kind for one in customers.all_customers(tx)}
        whose = {one: frozenset({one}) for one in kinds}
        self._contexts: dict[DocumentId, list[Context]] = defaultdict(list)
        for one in decisions.contexts_of(tx, only):
            # Until rules can be activated there is one version: the one in force.
            context = Context(
                rules=vault.rules,
                customers=whose.get(one.customer, frozenset({one.customer})),
                kind=kinds.get(one.customer, "customer"),
                category=one.category,
                case_no=one.case_no,
                doc_date=one.doc_date,
            )
            self._contexts[one.document].append(context)
        self._given = Given(today, map(_event, self._events(tx, only)))

    def _events(
        self, tx: Connection, only: Collection[DocumentId] | None
    ) -> tuple[events.StoredEvent, ...]:
        """The events that can matter to the records asked about."""
        if only is None:
            return events.all_events(tx)
        lived = [context for found in self._contexts.values() for context in found]
        whom = {CustomerId(one) for context in lived for one in context.customers}
        cases = {context.case_no for context in lived if context.case_no}
        return events.concerning(tx, whom, only, cases)

    def answer(self, document: Document) -> Answer:
        """What retention says of one document on the trusted day."""
        contexts = () if document.open else tuple(self._contexts.get(document.id, ()))
        return evaluate(
            Record(document.id, received=document.received_on, contexts=contexts), self._given
        )


def _event(stored: events.StoredEvent) -> Event:
    """No event can be corrected yet, so each has had one date, known to every record."""
    return Event(
        id=stored.id,
        type=stored.type,
        customers=frozenset({stored.customer} if stored.customer else ()),
        document=stored.document,
        case_no=stored.case_no,
        dates=(Dated(stored.day, 0, stored.recorded_on),),
        vouched=0 if stored.confirmed else None,
        void=stored.void,
    )


def answers(
    vault: Vault, tx: Connection, papers: Iterable[Document], today: date
) -> dict[DocumentId, Answer]:
    """The answer for each of the documents."""
    listed = list(papers)
    facts = Facts(vault, tx, today, [document.id for document in listed])
    return {document.id: facts.answer(document) for document in listed}
