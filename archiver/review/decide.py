"""The queue of papers on which a person must decide, and what follows from each answer."""

from contextlib import suppress

from archiver.catalogue import decisions, documents, tombstones
from archiver.core.errors import N_, Refused, UsageError
from archiver.core.model import (
    UNASSIGNED,
    Because,
    CustomerId,
    Document,
    Findings,
    Verdict,
)
from archiver.custody import party
from archiver.custody.move import decide, still_waiting
from archiver.custody.relocate import Decision
from archiver.custody.tombstone import already_gone
from archiver.declarations.categories import OTHER
from archiver.recognition.directory import Directory
from archiver.recognition.match import STRONG, match
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


def queue(vault: Vault) -> tuple[Document, ...]:
    """The papers that wait, oldest first."""
    with vault.catalogue.read() as tx:
        return documents.waiting(tx)


def accept(vault: Vault, document: Document) -> Document:
    """Say yes to what is proposed: the proposed customer, the guessed category.

    Raises:
        UsageError: nothing is open, or there is no proposal to say yes to.
    """
    _refuse_decided(document)
    customer = document.proposed or document.customer
    if customer == UNASSIGNED:
        raise UsageError(
            N_("nobody is proposed for {document}"),
            hint=N_("say whose it is: archiver review assign {document} --customer NAME"),
            document=document.id,
        )
    guess = _evidence(vault, document).findings.category.code
    if not document.proposed and _category(document, guess) == OTHER:
        raise UsageError(
            N_("nothing is proposed for what {document} is"),
            hint=N_("say what it is: archiver review assign {document} --category CATEGORY"),
            document=document.id,
        )
    return assign(vault, document, customer, None)


def assign(
    vault: Vault, document: Document, customer: CustomerId | None, category: str | None
) -> Document:
    """Decide whose a waiting paper is, or what it is, or both; gives where it is now.

    A proposed customer becomes one by this answer. The name and codes the answer teaches are
    remembered, and every other waiting paper is matched again by the caller (`rematch`).

    Raises:
        UsageError: nothing is open, or no customer is decided yet.
    """
    _refuse_decided(document)
    whose = customer or (document.customer if document.customer != UNASSIGNED else None)
    if whose is None:
        raise UsageError(
            N_("{document} has no customer yet"),
            hint=N_("say whose it is: archiver review assign {document} --customer NAME"),
            document=document.id,
        )
    evidence = _evidence(vault, document)
    party.confirm(vault, whose)
    kind = category or _category(document, evidence.findings.category.code)
    _learn(vault, whose, kind, evidence.findings)
    verdict = Verdict(
        findings=evidence.findings,
        customer=whose,
        category=kind,
        proposed=None,
        why=(*evidence.why, Because.of("decided_by_person")),
        open=(),
    )
    return decide(vault, document, Decision(verdict, "assignment", by_person=True))


def _refuse_decided(document: Document) -> None:
    if not document.open:
        raise UsageError(
            N_("nothing about {document} waits for a decision"),
            hint=N_("see what does: archiver review list"),
            document=document.id,
        )


def _evidence(vault: Vault, document: Document) -> decisions.Evidence:
    """What decided about a paper.

    Raises:
        Refused: it left the archive a moment ago.
    """
    with vault.catalogue.read() as tx:
        if tombstones.find(tx, document.id):
            raise already_gone(document.id)
        return decisions.evidence_of(tx, document)


def _learn(vault: Vault, customer: CustomerId, category: str, findings: Findings) -> None:
    """A paper made out to one company gives its code to a customer who has none yet."""
    rule = vault.categories.by_code.get(category)
    code = findings.first("credit_code")
    if rule is None or not rule.holder or code is None or code.confidence < STRONG:
        return
    everybody = party.directory(vault)
    known = everybody.get(customer)
    if known and not known.codes and everybody.of_code(code.value) is None:
        party.learn(vault, customer, aliases=(), codes=[code.value])


def _category(document: Document, guess: str) -> str:
    """Accepting takes the guess where the category was in doubt, else what it already is."""
    doubtful = any(one.code not in OPEN_CUSTOMER for one in document.open)
    return guess if doubtful else document.category


def rematch(vault: Vault) -> tuple[Document, ...]:
    """Match every waiting paper again: somebody new may be known; gives those now filed."""
    directory = party.directory(vault)
    filed = []
    for document in queue(vault):
        if document.customer != UNASSIGNED:
            continue  # only its category is open: a customer changes nothing
        with suppress(Refused):  # it left the archive a moment ago
            now = _rematched(vault, document, directory)
            filed += [now] if now else []
    return tuple(filed)


def _rematched(vault: Vault, document: Document, directory: Directory) -> Document | None:
    """The paper, if what is known now files it."""
    evidence = _evidence(vault, document)
    verdict = match(evidence.findings, directory, vault.categories)
    if not verdict.open or verdict.customer != UNASSIGNED:
        return decide(vault, document, Decision(verdict, "matching", by_person=False))
    if not document.proposed or all(one.code != "no_customer" for one in verdict.open):
        still_waiting(vault, document, verdict)  # else what the mail says that it came in stands
    return None
