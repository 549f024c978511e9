"""Files a paper: bytes first, then one transaction with everything that is known of it."""

from dataclasses import dataclass

from archiver.catalogue import (
    contexts,
    customers,
    decisions,
    documents,
    keepings,
    ledger,
    numbers,
    queue,
)
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.store import Connection
from archiver.core.model import (
    Customer,
    CustomerId,
    Document,
    Filed,
    Findings,
    Verdict,
    number_of,
)
from archiver.custody.fact import read_event
from archiver.custody.link import link_new
from archiver.custody.naming import file_name, folder_of
from archiver.custody.receipt import give, receipt_of
from archiver.custody.ripple import catch, void
from archiver.custody.rules import in_force_or_first
from archiver.custody.stamp import stamp
from archiver.disk.guard import shape_of
from archiver.disk.place import in_folder, place
from archiver.judge.contexts import remember
from archiver.recognition.title import paper_date, title
from archiver.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Twin:
    """These bytes are with this customer already."""

    document: Document


def file(vault: Vault, verdict: Verdict, customer: Customer) -> Filed:
    """Put the bytes under the folder of the verdict's customer; harmless to repeat.

    Raises:
        NotYet: the claimed file changed since it was read.
        OSError: the store refused.
    """
    scan = verdict.findings.reading.scan
    folder = folder_of(vault, customer, verdict.category)
    name = file_name(vault, verdict.findings, verdict.category)
    target = vault.layout.root / folder / name
    in_folder(target.parent, lambda: place(scan.arrival.path, target, scan.digest))
    return Filed(verdict, customer, f"{folder}/{name}")


def record(
    vault: Vault, filed: Filed, *, by_person: bool = False, case_no: str | None = None
) -> Document | Twin:
    """Write the row, the archive number, the ledger entry and the index request in one go.

    Args:
        vault: the open vault.
        filed: the paper, whose bytes are in their place.
        by_person: a person looked, so the record counts as accepted.
        case_no: the case it came with.

    Returns:
        The document; or its twin, when the same bytes came to the same customer a moment ago.
    """
    verdict = filed.verdict
    scan = verdict.findings.reading.scan
    with vault.catalogue.write() as tx:
        for known in documents.with_digest(tx, scan.digest):
            if known.customer == verdict.customer:
                return Twin(known)
        target = vault.layout.root / filed.path
        if not shape_of(target):  # went just now with a paper of the same bytes and name
            in_folder(target.parent, lambda: place(scan.arrival.path, target, scan.digest))
        when = stamp(vault, tx)
        document = document_of(vault, tx, filed, when)
        documents.insert_document(tx, document, verdict)
        receipt = receipt_of(
            scan.arrival,
            when,
            document.outcome,
            digest=document.digest,
            size=document.size,
            document=document.id,
            path=document.path,
            reasons=document.open,
        )
        ledger.append(tx, when, "ingestion", _facts(document))
        give(tx, scan.arrival, receipt, when)
        if by_person:
            decisions.accept(tx, document.id, when.actor)
        link_new(vault, tx, document, verdict.findings, when=when)
        if case_no:
            keepings.change(tx, document.id, case_no=case_no)
        if document.open:
            catch(vault, tx, when, [document.id])  # a query may mean what nobody has decided about
        else:
            begin_context(vault, tx, document, verdict.findings, when=when)
        queue.push(tx, document.id, document.path)
        return document


def archive_no(
    vault: Vault, tx: Connection, customer: CustomerId, category: str, *, when: Stamp
) -> str:
    """The next 档号 `<customer no>-<category no>-<year>-<running no>` of its series."""
    series = f"{number_of(customer):04d}-{vault.categories.number(category)}-{when.day.year}"
    return f"{series}-{numbers.take(tx, series):04d}"


def begin_context(
    vault: Vault, tx: Connection, document: Document, findings: Findings, *, when: Stamp
) -> None:
    """Remember the rules, customer, category and date the record lives under from now on.

    From here on it is known whose the paper is and what it is, so what it tells is recorded too.
    """
    rules = in_force_or_first(vault, tx, when)
    keeping = keepings.of(tx, document.id)
    lived = contexts.of(tx, document.id)
    whole = customers.under(tx, document.customer)
    whose = customers.get(tx, document.customer)
    newest = contexts.StoredContext(
        document=document.id,
        rules=rules.content_hash,
        customer=document.customer,
        merged=whole,
        kind=whose.kind if whose else "customer",
        category=document.category,
        case_no=keeping.case_no,
        doc_date=document.doc_date,
    )
    contexts.put(tx, document.id, remember(lived, newest))
    if not lived:
        keepings.change(tx, document.id, since=ledger.head(tx).seq)
    read_event(vault, tx, document, findings, when=when)
    catch(vault, tx, when, [document.id])
    void(vault, tx, when, keepings.on_the_way(tx, whole))


def document_of(vault: Vault, tx: Connection, filed: Filed, when: Stamp) -> Document:
    """The document that a filed paper becomes: the next id, a number of its series."""
    verdict = filed.verdict
    scan = verdict.findings.reading.scan
    return Document(
        id=documents.next_id(tx),
        archive_no=archive_no(vault, tx, verdict.customer, verdict.category, when=when),
        receipt=scan.arrival.receipt,
        source=scan.arrival.source,
        digest=scan.digest,
        size=scan.size,
        media_type=scan.media_type,
        pages=len(verdict.findings.reading.pages),
        category=verdict.category,
        category_confidence=verdict.findings.category.confidence,
        customer=verdict.customer,
        customer_name=filed.customer.name,
        proposed=_still_known(tx, verdict.proposed),
        title=title(verdict.findings),
        doc_date=paper_date(verdict.findings),
        path=filed.path,
        received=scan.arrival.received,
        received_on=when.day,
        outcome=verdict.outcome,
        open=verdict.open,
    )


def _still_known(tx: Connection, proposed: CustomerId | None) -> CustomerId | None:
    """A proposed customer may have turned out to be another one while the paper was read."""
    return proposed if proposed and customers.get(tx, proposed) else None


def _facts(document: Document) -> dict[str, ledger.Fact]:
    """What the ledger says of an ingestion: ids, codes and digests, no names."""
    return {
        "document": document.id,
        "archive_no": document.archive_no,
        "receipt": document.receipt,
        "customer": document.customer,
        "category": document.category,
        "sha256": document.digest,
        "size": document.size,
        "outcome": document.outcome.value,
    }
