"""Parting one customer into two: one kind of act that needs two people (see `custody.act`).

The named papers go to a new customer. What happened so far, flags and holds are those of both; what
happens later is each one's own. Two people, because from then on the parted papers may end sooner.
"""

from collections.abc import Sequence
from datetime import date

from archiver.catalogue import customers, decisions, documents, events, holds, ledger, numbers
from archiver.catalogue.acts import Act, Content
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.series import files_of
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, UsageError
from archiver.core.model import (
    UNASSIGNED,
    Because,
    Customer,
    CustomerId,
    Document,
    DocumentId,
    Standing,
    Verdict,
)
from archiver.custody.party import NEWS, refuse_known
from archiver.custody.relocate import Decision
from archiver.custody.relocate import carry_out as relocate
from archiver.custody.ripple import ripple
from archiver.custody.tombstone import already_gone
from archiver.vault.vault import Vault

SUBJECT = "customer"
"""What the ledger calls that which an act is done to."""


def parting(papers: Sequence[DocumentId], name: str) -> Content:
    """The terms of a proposal: which papers go, and what their new customer is called."""
    return {"documents": sorted(set(papers)), "name": name.strip()}


def _terms(
    tx: Connection, customer: Customer, papers: Sequence[DocumentId], name: str
) -> dict[str, object]:
    """Other bytes, or more of them, would be another parting."""
    refuse_known(tx, name)
    heads = {one.id: one for one in (_paper(tx, paper, customer) for paper in papers)}
    if not heads:
        raise UsageError(N_("no paper is named"), hint=N_("name those that go: DOC DOC …"))
    files = [each for one in sorted(heads) for each in _files(tx, heads[one])]
    return {
        "documents": sorted(heads),
        "name": name.strip(),
        "files": [[one.id, one.digest] for one in files],
    }


def about(tx: Connection, subject: str, terms: Content) -> Content:
    """Whose archive is parted, which files go, and what their new customer is called.

    Raises:
        Refused: a paper has left the archive.
        UsageError: there is no such customer, a paper is not theirs, or the new name is no new one.
    """
    old = _customer(tx, subject)
    return {"customer": old.id, **_terms(tx, old, _listed(terms), str(terms["name"]))}


def last(vault: Vault, tx: Connection, subject: str) -> date:
    """There is no day after which it cannot be done."""
    return date.max


def refuse(vault: Vault, tx: Connection, subject: str, terms: Content) -> None:
    """Nothing forbids it: every record keeps what it has lived under."""


def carry_out(vault: Vault, tx: Connection, act: Act, when: Stamp) -> None:
    """Make the new customer and give it the papers; their files follow."""
    old, name = _customer(tx, act.subject), str(act.terms["name"])
    papers = _listed(act.terms)
    new = customers.add(tx, name, kind=old.kind, standing=Standing.ACTIVE, at=when.at)
    whole = customers.under(tx, old.id)
    events.share(tx, whole, new.id)
    holds.extend(tx, whole, new.id)
    numbers.take(tx, NEWS)
    facts: dict[str, ledger.Fact] = {
        "customer": old.id,
        "new": new.id,
        "content": act.digest,
        "proposed_by": act.by.id,
    }
    ledger.append(tx, when, "customer_split", facts)
    for one in papers:
        paper = _paper(tx, one, old)
        evidence = decisions.evidence_of(tx, paper)
        why = (*evidence.why, Because.of("decided_by_person"))
        verdict = Verdict(
            evidence.findings, new.id, paper.category, proposed=None, why=why, open=paper.open
        )
        relocate(vault, tx, paper, Decision(verdict, "assignment", by_person=False), when=when)
    ripple(vault, tx, when, [old.id, new.id])


def _listed(said: Content) -> list[DocumentId]:
    found = said["documents"]
    return [DocumentId(str(one)) for one in found] if isinstance(found, list) else []


def _customer(tx: Connection, subject: str) -> Customer:
    found = customers.living(tx, CustomerId(subject))
    if found is None or found.id == UNASSIGNED:
        raise UsageError(
            N_("no customer {name}"),
            hint=N_("see them with: archiver customer list"),
            name=subject,
        )
    return found


def _paper(tx: Connection, document: DocumentId, customer: Customer) -> Document:
    """The whole of one paper that is to go.

    Raises:
        Refused: it has left the archive.
        UsageError: it is another customer's.
    """
    found = documents.some(tx, [document])
    if not found:
        raise already_gone(document)
    if found[0].joined_to:
        return _paper(tx, found[0].joined_to, customer)
    if found[0].customer not in customers.under(tx, customer.id):
        raise UsageError(
            N_("{document} is no paper of {name}"),
            hint=N_("see whose it is: archiver show {document}"),
            document=document,
            name=customer.name,
        )
    return found[0]


def _files(tx: Connection, head: Document) -> tuple[Document, ...]:
    return (head, *files_of(tx, [head.id]).get(head.id, ()))
