"""The queue of papers on which a person must decide, and what follows from each answer."""

from archiver.catalogue import documents
from archiver.core.errors import N_, UsageError
from archiver.core.model import (
    UNASSIGNED,
    Because,
    CustomerId,
    Document,
    Findings,
    Verdict,
)
from archiver.custody import party
from archiver.custody.matching import evidence_of
from archiver.custody.move import decide
from archiver.custody.place import OPEN_CUSTOMER
from archiver.custody.relocate import Decision
from archiver.declarations.categories import OTHER
from archiver.recognition.match import STRONG
from archiver.recognition.names import key, twins
from archiver.recognition.said import corrected
from archiver.vault.vault import Vault


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
    guess = evidence_of(vault, document).findings.category.code
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
    evidence = evidence_of(vault, document)
    party.confirm(vault, whose)
    kind = category or _category(document, evidence.findings.category.code)
    findings = corrected(evidence.findings, {}, category, vault.fields)
    verdict = Verdict(
        findings=findings,
        customer=whose,
        category=kind,
        proposed=None,
        why=(*evidence.why, Because.of("decided_by_person")),
        open=(),
    )
    decided = decide(vault, document, Decision(verdict, "assignment", by_person=True))
    taught(vault, whose, kind, findings)
    return decided


def _refuse_decided(document: Document) -> None:
    if not document.open:
        raise UsageError(
            N_("nothing about {document} waits for a decision"),
            hint=N_("see what does: archiver review list"),
            document=document.id,
        )


def taught(vault: Vault, customer: CustomerId, category: str, findings: Findings) -> None:
    """Remember what an answer that was carried out teaches about the customer.

    A paper made out to one company teaches its code, where they have none yet; and its name, where
    nobody has that and it is not one misread character away from theirs: a former name, or one in
    another language.
    """
    rule = vault.categories.by_code.get(category)
    everybody = party.directory(vault)
    known = everybody.get(customer)
    if rule is None or not rule.holder or known is None:
        return
    code, name = findings.first("credit_code"), findings.first("company_name")
    owner = everybody.of_code(code.value) if code else None
    if code and code.confidence >= STRONG and not known.codes and owner is None:
        party.learn(vault, customer, aliases=(), codes=[code.value])
    told = owner in {None, known} and name is not None and name.confidence >= STRONG
    if name and told and not everybody.named(name.value):
        names = [key(one) for one in known.names]
        if not any(twins(key(name.value), one) for one in names):
            party.learn(vault, customer, aliases=[name.value], codes=())


def _category(document: Document, guess: str) -> str:
    """Accepting takes the guess where the category was in doubt, else what it already is."""
    doubtful = any(one.code not in OPEN_CUSTOMER for one in document.open)
    return guess if doubtful else document.category
