"""One waiting paper with all that a person needs to decide about it."""

from dataclasses import dataclass

from archiver.catalogue import decisions, documents
from archiver.catalogue.links import links_of
from archiver.core.model import (
    UNASSIGNED,
    Because,
    Box,
    Customer,
    Document,
    DocumentId,
    Field,
    Standing,
)
from archiver.custody.place import OPEN_CUSTOMER
from archiver.declarations.categories import OTHER
from archiver.recognition.directory import Directory
from archiver.recognition.names import key
from archiver.review.turns import Draft
from archiver.vault.vault import Vault

_TELLING = (
    *("company_name", "counterparty", "credit_code", "registration_no", "tax_no", "doc_no"),
)
"""Values that tell whose a paper is, those first that tell most."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A waiting paper.

    Attributes:
        proposal: what a yes would say; a part nobody can propose is None.
        alike: customers for whom something speaks, the likeliest first.
        confidence: how sure the category is, 0–1.
        fields: the surest value of each name that was read.
        category_because: what speaks for the category.
        customer_because: what speaks for customers.
        copies: that others have the very same file.
    """

    document: Document
    proposal: Draft
    alike: tuple[Customer, ...]
    confidence: float
    fields: tuple[Field, ...]
    category_because: tuple[Because, ...]
    customer_because: tuple[Because, ...]
    copies: tuple[Because, ...]

    @property
    def whose_is_open(self) -> bool:
        """Whether a person must say whose it is."""
        asked = any(one.code in OPEN_CUSTOMER for one in self.document.open)
        return asked or self.document.customer == UNASSIGNED

    @property
    def kind_is_open(self) -> bool:
        """Whether a person must say what it is."""
        return any(one.code not in OPEN_CUSTOMER for one in self.document.open)

    @property
    def questions(self) -> tuple[Because, ...]:
        """What a person must know and decide."""
        return (*self.copies, *self.document.open)

    @property
    def contradicted(self) -> bool:
        """Whether the paper itself speaks against the customer who is proposed."""
        return any(one.code == "customer_conflict" for one in self.document.open)

    @property
    def place(self) -> tuple[int, Box] | None:
        """The page, and the place on it, of the value that tells most about what is asked."""
        known = {field.name: field for field in self.fields if field.page and field.box}
        asked = (known[name] for name in _TELLING if name in known)
        found = next(asked, next(iter(known.values()), None))
        return (found.page, found.box) if found and found.page and found.box else None

    def answers(self, draft: Draft) -> bool:
        """Whether `draft` says by itself all that is asked."""
        whose = draft.whose is not None or not self.whose_is_open
        return whose and (draft.category is not None or not self.kind_is_open)

    def speaks_for(self, customer: Customer) -> tuple[Because, ...]:
        """The reasons that name this customer, by a name or a code of theirs."""
        names = {key(name) for name in customer.names}
        return tuple(
            one
            for one in (*self.copies, *self.customer_because)
            if any(
                fact in customer.codes or names & set(map(key, fact.split(" / ")))
                for _, fact in one.facts
            )
        )

    def name_read(self, everybody: Directory) -> str:
        """What a new customer may be called: on the paper, by its folder; empty without either."""
        read = {field.name: field.value for field in self.fields}
        asked = (dict(one.facts).get("name") for one in self.document.open)
        for name in filter(None, (read.get("company_name"), *asked)):
            known = everybody.resolve(name)
            if known is None or known.standing is Standing.PROPOSED:
                return name
        return ""


def look(vault: Vault, everybody: Directory, wanted: DocumentId) -> Paper | None:
    """The paper as it is now; None when it no longer waits."""
    with vault.catalogue.read() as tx:
        document = next(iter(documents.some(tx, [wanted])), None)
        if document is None or not document.open:
            return None
        evidence = decisions.evidence_of(tx, document)
        copies = tuple(
            Because.of("same_bytes", document=one.id, name=one.customer_name)
            for one in documents.with_digest(tx, document.digest)
            if one.id != wanted and one.customer != UNASSIGNED
        )
        linked = tuple(one.told(wanted) for one in links_of(tx, [wanted]))
    findings = evidence.findings
    whose = everybody.get(document.proposed or document.customer)
    if whose and whose.id == UNASSIGNED:
        whose = None
    doubtful = any(one.code not in OPEN_CUSTOMER for one in document.open)
    guess = findings.category.code if doubtful else document.category
    names = dict.fromkeys(field.name for field in findings.fields)
    best = (findings.first(name) for name in names)
    return Paper(
        document=document,
        proposal=Draft(whose, None if doubtful and guess == OTHER else guess),
        alike=tuple(
            dict.fromkeys(
                (
                    *_alike(everybody, None, copies),
                    *_alike(everybody, whose, (*document.open, *evidence.why)),
                )
            )
        ),
        confidence=findings.category.confidence,
        fields=tuple(field for field in best if field),
        category_because=findings.category.evidence,
        customer_because=(*evidence.why, *linked),
        copies=copies,
    )


def _alike(
    everybody: Directory, proposed: Customer | None, reasons: tuple[Because, ...]
) -> tuple[Customer, ...]:
    """Whoever is proposed, and everybody whom a reason names by name or code."""
    found = [proposed] if proposed else []
    for reason in reasons:
        for what, fact in reason.facts:
            names = fact.split(" / ") if what in {"name", "names"} else ()
            known = [everybody.resolve(name) for name in names]
            owner = everybody.of_code(fact) if what == "read" else None
            found += [one for one in (*known, owner) if one]
        if reason.code == "unknown_customer":
            found += everybody.near(dict(reason.facts).get("name", ""))
    return tuple(dict.fromkeys(one for one in found if one.id != UNASSIGNED))
