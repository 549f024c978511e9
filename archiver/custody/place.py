"""One value of a paper, said by a person: whose it is, what it is, of which case, of which day.

What a record lived under before stays with it: a shorter end waits until two people agree.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from archiver.catalogue import contexts, decisions, documents, keepings, ledger, queue
from archiver.catalogue.series import files_of
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, Refused
from archiver.core.model import UNASSIGNED, CustomerId, Document, DocumentId, Findings, Verdict
from archiver.custody import party
from archiver.custody.matching import evidence_of
from archiver.custody.move import decide
from archiver.custody.relocate import Decision
from archiver.custody.ripple import ripple
from archiver.custody.stamp import stamp
from archiver.custody.tombstone import already_gone
from archiver.judge.contexts import remember
from archiver.recognition.said import corrected
from archiver.recognition.title import dating
from archiver.vault.vault import Vault

OPEN_CUSTOMER = frozenset(
    {
        "came_with_mail",
        "customer_conflict",
        "no_customer",
        "several_customers",
        "unknown_customer",
    }
)
"""Reasons that are about whose a paper is; all others are about what it is."""


def assign(vault: Vault, document: DocumentId, customer: CustomerId) -> Document:
    """Say whose a paper is that has no customer; what it is may stay open.

    Raises:
        Refused: it has a customer, or it has left the archive.
    """
    paper = _paper(vault, document)
    if paper.customer != UNASSIGNED:
        raise Refused(
            "ALREADY_ASSIGNED",
            N_("{document} belongs to {name} already"),
            hint=N_("move it: archiver review correct {document} --customer NAME"),
            document=paper.id,
            name=paper.customer_name,
        )
    party.confirm(vault, customer)
    still = tuple(one for one in paper.open if one.code not in OPEN_CUSTOMER)
    verdict = _verdict(vault, replace(paper, customer=customer, proposed=None, open=still))
    return decide(vault, paper, Decision(verdict, "assignment", by_person=True))


def move(vault: Vault, document: DocumentId, customer: CustomerId) -> Document:
    """Say that a paper is another customer's; the former one counts too until two people agree.

    Raises:
        Refused: it has no customer yet, or it has left the archive.
    """
    paper = _paper(vault, document)
    if paper.customer == UNASSIGNED:
        raise Refused(
            "NOT_ASSIGNED",
            N_("{document} has no customer yet"),
            hint=N_("say whose it is: archiver review assign {document} --customer NAME"),
            document=paper.id,
        )
    party.confirm(vault, customer)
    return _say(vault, paper, _verdict(vault, replace(paper, customer=customer)), "customer")


def set_category(vault: Vault, document: DocumentId, category: str) -> Document:
    """Say what a paper is; whose it is may stay open.

    Raises:
        Refused: it has left the archive.
    """
    paper = _paper(vault, document)
    still = tuple(one for one in paper.open if one.code in OPEN_CUSTOMER)
    verdict = _verdict(vault, replace(paper, category=category, open=still))
    findings = corrected(verdict.findings, {}, category, vault.fields)
    verdict = replace(verdict, findings=findings)
    return decide(
        vault, paper, Decision(verdict, "assignment", by_person=True, corrected=("category",))
    )


def set_date(vault: Vault, document: DocumentId, day: date | None) -> Document:
    """Say of which day a paper is; None for one that bears none.

    Raises:
        Refused: it has left the archive.
    """
    paper = _paper(vault, document)
    verdict = _verdict(vault, paper)
    findings = _dated(vault, verdict.findings, {"issue_date": day.isoformat() if day else ""})
    while day is None and (field := dating(findings)):
        findings = _dated(vault, findings, {field.name: ""})
    return _say(vault, paper, replace(verdict, findings=findings), "issue_date")


def set_case(vault: Vault, document: DocumentId, case_no: str | None) -> Document:
    """Say to which case (work order, vehicle) a paper belongs; None for none, a value like any.

    Raises:
        Refused: it has left the archive.
    """
    with vault.catalogue.write() as tx:
        paper = whole(tx, document)
        when = stamp(vault, tx)
        for one in (paper, *files_of(tx, [paper.id]).get(paper.id, ())):
            keepings.change(tx, one.id, case_no=case_no)
            lived = contexts.of(tx, one.id)
            if lived and not paper.open:
                newest = replace(lived[-1], case_no=case_no)
                contexts.put(tx, one.id, remember(lived, newest))
        facts: dict[str, ledger.Fact] = {"document": paper.id, "case": case_no}
        ledger.append(tx, when, "case_set", facts)
        queue.push(tx, paper.id, paper.path)
        ripple(vault, tx, when, [paper.customer])
    return paper


def accept(vault: Vault, document: DocumentId) -> Document:
    """A person has looked: this is a record of ours, and no wrong drop.

    Raises:
        Refused: it has left the archive.
    """
    with vault.catalogue.write() as tx:
        paper = whole(tx, document)
        when = stamp(vault, tx)
        decisions.accept(tx, paper.id, when.actor)
        ledger.append(tx, when, "acceptance", {"document": paper.id})
    return paper


def _say(vault: Vault, paper: Document, verdict: Verdict, name: str) -> Document:
    """One value is otherwise; that alone does not say that the paper is a record of ours."""
    return decide(vault, paper, Decision(verdict, "assignment", by_person=False, corrected=(name,)))


def _verdict(vault: Vault, paper: Document) -> Verdict:
    """What is known of a paper, so that one value of it can be another."""
    evidence = evidence_of(vault, paper)
    return Verdict(
        findings=evidence.findings,
        customer=paper.customer,
        category=paper.category,
        proposed=paper.proposed,
        why=evidence.why,
        open=paper.open,
    )


def _dated(vault: Vault, findings: Findings, values: Mapping[str, str]) -> Findings:
    return corrected(findings, values, None, vault.fields)


def _paper(vault: Vault, document: DocumentId) -> Document:
    with vault.catalogue.read() as tx:
        return whole(tx, document)


def whole(tx: Connection, document: DocumentId) -> Document:
    """The paper of that id; for a further file of another the whole.

    Raises:
        Refused: it has left the archive.
    """
    for one in documents.some(tx, [document]):
        return whole(tx, one.joined_to) if one.joined_to else one
    raise already_gone(document)
