"""Carries a decision out in the catalogue: customer, category, number and new places of a paper.

Every file of the document moves with it. The disk follows in `move.finish_moves`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from archiver.catalogue import customers, decisions, documents, ledger, places, queue
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.series import files_of
from archiver.catalogue.store import Connection
from archiver.core.model import Document, Findings, Verdict
from archiver.custody.file import archive_no, begin_context
from archiver.custody.link import link_anew
from archiver.custody.naming import file_name, folder_of, numbered_name
from archiver.custody.ripple import catch
from archiver.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a waiting paper.

    Attributes:
        verdict: as it stands now; nothing open.
        action: the ledger's word for it: `assignment` (by a person) or `matching` (by evidence).
        by_person: a person looked, so the record counts as accepted.
        corrected: what a person said to be otherwise than it was read: names of values, `customer`,
            `category`.
        archive_no: a number it had before and has again; else it gets a new one where it moves to
            another series.
    """

    verdict: Verdict
    action: str
    by_person: bool
    archive_no: str | None = None
    corrected: tuple[str, ...] = ()


def carry_out(
    vault: Vault, tx: Connection, document: Document, decision: Decision, *, when: Stamp
) -> Document:
    """The whole decision in one transaction; gives the document as it is from now on."""
    verdict = decision.verdict
    further = files_of(tx, [document.id]).get(document.id, ())
    moved = _target(vault, tx, document, verdict, several=bool(further))
    if decision.archive_no or (moved.customer, moved.category) != (
        document.customer,
        document.category,
    ):
        number = decision.archive_no or archive_no(
            vault, tx, moved.customer, moved.category, when=when
        )
        documents.give_archive_no(tx, moved.id, number)
        moved = replace(moved, archive_no=number)
    _move(vault, tx, (document, moved), verdict.findings, when=when)
    for one in further:
        there = _target(vault, tx, one, verdict, several=True)
        there = replace(there, doc_date=moved.doc_date)
        _move(vault, tx, (one, there), verdict.findings, when=when)
    decisions.reopen(
        tx, document.id, proposed=moved.proposed, why=verdict.why, still_open=verdict.open
    )
    if decision.by_person:
        decisions.accept(tx, document.id, when.actor)
    facts: Mapping[str, ledger.Fact] = {
        "document": document.id,
        "archive_no": moved.archive_no,
        "from_customer": document.customer,
        "customer": moved.customer,
        "from_category": document.category,
        "category": moved.category,
    }
    ledger.append(tx, when, decision.action, facts)
    link_anew(vault, tx, moved, verdict.findings, before=document, when=when)
    catch(vault, tx, when, [document.id])
    return moved


def _target(
    vault: Vault, tx: Connection, document: Document, verdict: Verdict, *, several: bool
) -> Document:
    """The document, or one file of it, as it is once the verdict is carried out."""
    customer = customers.living(tx, verdict.customer)
    if customer is None:
        raise LookupError(verdict.customer)
    folder = folder_of(vault, customer, verdict.category)
    name = (
        numbered_name(vault, verdict.findings, verdict.category, document)
        if several
        else file_name(vault, verdict.findings, verdict.category)
    )
    return replace(
        document,
        customer=customer.id,
        customer_name=customer.name,
        category=verdict.category,
        proposed=verdict.proposed if verdict.open else None,
        open=verdict.open,
        path=places.free(tx, document.id, f"{folder}/{name}"),
    )


def _move(
    vault: Vault,
    tx: Connection,
    places: tuple[Document, Document],
    findings: Findings,
    *,
    when: Stamp,
) -> None:
    """Write one file's new place after its old one, and what its keeping counts from there."""
    document, moved = places
    if moved.path != document.path:
        decisions.intend_move(tx, document.id, document.path, moved.path)
    decisions.relocate(
        tx, document.id, customer=moved.customer, category=moved.category, path=moved.path
    )
    if not moved.open:
        begin_context(vault, tx, moved, findings, when=when)
    queue.push(tx, document.id, document.path)
    queue.push(tx, document.id, moved.path)
