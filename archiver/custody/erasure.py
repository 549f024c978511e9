"""Requests for the erasure of personal data (PIPL art. 47): what becomes of each record.

Nothing is destroyed by a request. Until a record is disposed of in the ordinary way it is
restricted: stored and protected, nothing else. What the law says must be kept is kept because of
it; what only the company wants to keep is for the legal department to decide.
"""

from dataclasses import dataclass
from enum import StrEnum

from archiver.catalogue import acts, customers, documents, keepings, ledger
from archiver.core.errors import N_, UsageError
from archiver.core.model import CustomerId, Document
from archiver.custody.stamp import stamp
from archiver.custody.standing import answers
from archiver.judge.evaluate import Answer
from archiver.vault.vault import Vault


class Outcome(StrEnum):
    """What becomes of a record whose erasure is asked for."""

    DUE = "due"
    STATUTORY = "statutory"
    LEGAL_REVIEW = "legal_review"


@dataclass(frozen=True, slots=True)
class Answered:
    """A record, what retention says of it now, and what is answered."""

    document: Document
    answer: Answer

    @property
    def outcome(self) -> Outcome:
        """It may be appraised, the law keeps it, or somebody must decide."""
        if self.answer.legal_review:
            return Outcome.LEGAL_REVIEW
        return Outcome.DUE if self.answer.may_go else Outcome.STATUTORY


def request(vault: Vault, customer: CustomerId, reason: str | None = None) -> tuple[Answered, ...]:
    """Restrict all living records of a customer, whatever ids it has; gives what becomes of each.

    Papers that come later are not restricted; the day of the first request stays.

    Args:
        vault: the open vault.
        customer: any of its ids.
        reason: what was written; the ledger keeps its digest.

    Raises:
        UsageError: there is no such customer.
    """
    with vault.catalogue.write() as tx:
        if customers.get(tx, customer) is None:
            hint = N_("see them with: archiver customer list")
            raise UsageError(N_("no customer {name}"), hint=hint, name=customer)
        when = stamp(vault, tx)
        whole = customers.composition(tx).get(customer, frozenset({customer}))
        found = documents.some(tx, keepings.of_customers(tx, whole) or ())
        for one in found:
            if keepings.of(tx, one.id).restricted is None:
                keepings.change(tx, one.id, restricted=when.day)
        papers = sorted((one for one in found if not one.joined_to), key=lambda one: one.id)
        said = answers(vault, tx, papers, when.day)
        told = tuple(Answered(one, said[one.id]) for one in papers)
        facts: dict[str, ledger.Fact] = {"customer": customer, "documents": len(papers)}
        for outcome in Outcome:
            facts[outcome.value] = sum(one.outcome is outcome for one in told)
        if reason:
            facts["content"] = acts.digest_of(reason)
        ledger.append(tx, when, "erasure_requested", facts)
    return told
