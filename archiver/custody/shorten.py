"""Letting records forget: an act of two people (see `custody.act`).

Each record keeps the newest of its contexts and the newest dates of events; its neighbours do not
forget anything. A period of notice begins before anything is eligible.
"""

from datetime import date

from archiver.catalogue import contexts, documents, keepings, ledger
from archiver.catalogue.acts import Act, Content
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, Refused
from archiver.core.model import DocumentId
from archiver.custody.ripple import ripple
from archiver.custody.stamp import today
from archiver.custody.standing import Facts
from archiver.custody.tombstone import already_gone
from archiver.judge.evaluate import evaluate, locked
from archiver.vault.vault import Vault

SUBJECT = "documents"
"""What the ledger calls that which an act is done to: ids, space between."""


def about(tx: Connection, subject: str, terms: Content) -> Content:
    """What each record knows, and the newest of it, which is all that will stay.

    Raises:
        Refused: one of them is gone.
    """
    return {"records": [_known(tx, one) for one in _named(tx, subject)]}


def _known(tx: Connection, document: DocumentId) -> list[object]:
    lived = contexts.of(tx, document)
    newest = lived[-1] if lived else None
    day = newest.doc_date.isoformat() if newest and newest.doc_date else None
    now = [newest.rules, newest.customer, newest.category, newest.case_no, day] if newest else []
    return [document, len(lived), now]


def last(vault: Vault, tx: Connection, subject: str) -> date:
    """There is no day after which it cannot be approved."""
    return date.max


def refuse(vault: Vault, tx: Connection, subject: str, terms: Content) -> None:
    """Look at everything that forbids it, record by record: one refusal refuses all.

    Raises:
        Refused: one of them is gone, held, or kept by rules that are locked.
    """
    papers = _named(tx, subject)
    facts = Facts(vault, tx, today(vault, tx), papers)
    for document in papers:
        record = facts.record(document)
        if record.contexts and locked(record, facts.given):
            raise Refused(
                "LOCKED",
                N_("the rules that {document} is kept by are locked: they are never shortened"),
                hint=N_("see them with: archiver retain explain {document}"),
                document=document,
            )
        if evaluate(record, facts.given).held:
            raise Refused(
                "HOLD_ACTIVE",
                N_("a hold covers {document}: nothing of it is shortened"),
                hint=N_("see it with: archiver hold list"),
                document=document,
            )


def carry_out(vault: Vault, tx: Connection, act: Act, when: Stamp) -> None:
    """These records forget."""
    papers = _named(tx, act.subject)
    for document in papers:
        facts: dict[str, ledger.Fact] = {
            "document": document,
            "content": act.digest,
            "proposed_by": act.by.id,
        }
        entry = ledger.append(tx, when, "shortening", facts)
        contexts.put(tx, document, contexts.of(tx, document)[-1:])
        keepings.change(tx, document, since=entry, notice=when.day)
    ripple(vault, tx, when, {one.customer for one in documents.some(tx, papers)})


def _named(tx: Connection, subject: str) -> list[DocumentId]:
    named = [DocumentId(one) for one in subject.split()]
    there = {one.id for one in documents.some(tx, named)}
    for one in named:
        if one not in there:
            raise already_gone(one)
    return named
