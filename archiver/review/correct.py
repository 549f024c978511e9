"""What a person says is otherwise than it was read: values, category, customer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from archiver.catalogue.series import files_of
from archiver.core.errors import N_, UsageError
from archiver.core.model import UNASSIGNED, Because, CustomerId, Document, Findings, Verdict
from archiver.custody import party
from archiver.custody.matching import evidence_of, matched
from archiver.custody.move import decide
from archiver.custody.place import OPEN_CUSTOMER
from archiver.custody.relocate import Decision
from archiver.recognition.said import corrected, meant
from archiver.review.decide import taught
from archiver.review.series import joint_reading
from archiver.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Correction:
    """What is said of one paper.

    Attributes:
        values: name of a value → as typed; empty for one that the paper does not have.
        customer: whose it is, when that was wrong.
        category: what it is, when that was wrong.
    """

    values: Mapping[str, str]
    customer: CustomerId | None = None
    category: str | None = None


def correct(vault: Vault, document: Document, said: Correction) -> Document:
    """Correct a paper, waiting or filed; gives where it is now.

    One that waits is matched again with what was said, and may go on waiting. What the answer
    teaches about the customer is remembered.

    Raises:
        UsageError: nothing is said, a value cannot be one, it is a further file of another
            document, or the customer has it already.
    """
    _refuse(document, said)
    values = {name: meant(name, text, vault.fields) for name, text in said.values.items()}
    evidence = evidence_of(vault, document)
    with vault.catalogue.read() as tx:
        further = files_of(tx, [document.id]).get(document.id, ())
    findings = evidence.findings
    if further:
        findings = replace(findings, reading=joint_reading(vault, (document, *further)).reading)
    findings = corrected(findings, values, said.category, vault.fields)
    verdict = _judged(vault, document, said, findings)
    if said.customer:
        party.confirm(vault, said.customer)
    because = Because.of("corrected_by_person")
    why = tuple(dict.fromkeys((*evidence.why, *verdict.why, because)))
    decision = Decision(
        replace(verdict, why=why),
        "assignment",
        by_person=not verdict.open,
        corrected=(*values, *_decided(said)),
    )
    now = decide(vault, document, decision)
    if said.customer:
        taught(vault, said.customer, verdict.category, findings)
    return now


def _judged(vault: Vault, document: Document, said: Correction, findings: Findings) -> Verdict:
    """Where the paper belongs now; what was decided about a filed one stays."""
    if not document.open:
        whose = said.customer or document.customer
        category = said.category or document.category
        return Verdict(findings, whose, category, proposed=None, why=(), open=())
    again, _ = matched(vault, findings, party.directory(vault))
    known = said.customer or (document.customer if document.customer != UNASSIGNED else None)
    if known is None:
        return again
    still = tuple(one for one in again.open if one.code not in OPEN_CUSTOMER)
    return replace(again, customer=known, proposed=None, open=still)


def _decided(said: Correction) -> list[str]:
    decided = {"customer": said.customer, "category": said.category}
    return [name for name, given in decided.items() if given]


def _refuse(document: Document, said: Correction) -> None:
    if not said.values and not _decided(said):
        raise UsageError(
            N_("nothing is said about {document}"),
            hint=N_("archiver review correct {document} --set issue_date=2024-03-05"),
            document=document.id,
        )
    if document.joined_to:
        raise UsageError(
            N_("{document} is a file of {head}"),
            hint=N_("correct the whole: archiver review correct {head}"),
            document=document.id,
            head=document.joined_to,
        )
