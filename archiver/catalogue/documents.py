"""Document rows: what is known of each archived paper."""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, or_, select, update

from archiver.catalogue.among import among
from archiver.catalogue.links import forget
from archiver.catalogue.numbers import take
from archiver.catalogue.retention_tables import contexts, events, keepings
from archiver.catalogue.tables import (
    archive_numbers,
    customers,
    documents,
    fields,
    pages,
    receipts,
    settlements,
)
from archiver.core.model import (
    UNASSIGNED,
    Because,
    CustomerId,
    Digest,
    Document,
    DocumentId,
    Field,
    Line,
    Outcome,
    Page,
    ReceiptId,
    TextSource,
    Verdict,
)
from archiver.core.proof import canonical

Reasons = tuple[Because, ...]


def pack_reasons(reasons: Reasons) -> str:
    """Reasons as canonical JSON."""
    return canonical([[one.code, dict(one.facts)] for one in reasons])


def unpack_reasons(text: str) -> Reasons:
    """What `pack_reasons` packed."""
    return tuple(Because.of(code, **facts) for code, facts in json.loads(text))


def next_id(connection: Connection) -> DocumentId:
    """The next document id."""
    return DocumentId(f"D{take(connection, 'document'):06d}")


def insert_document(connection: Connection, document: Document, verdict: Verdict) -> None:
    """Write the row of a new document with its archive number, pages and fields."""
    arrival = verdict.findings.reading.scan.arrival
    connection.execute(
        insert(documents),
        {
            "id": document.id,
            "archive_no": document.archive_no,
            "receipt": document.receipt,
            "source": document.source,
            "folder": arrival.folder,
            "named": arrival.named,
            "digest": document.digest,
            "size": document.size,
            "media_type": document.media_type,
            "pages": document.pages,
            "category": document.category,
            "guess": verdict.findings.category.code,
            "confidence": document.category_confidence,
            "evidence": pack_reasons(verdict.findings.category.evidence),
            "customer": document.customer,
            "proposed": document.proposed,
            "title": document.title,
            "doc_date": document.doc_date,
            "path": document.path,
            "received": document.received.isoformat(),
            "received_on": document.received_on,
            "outcome": document.outcome.value,
            "why": pack_reasons(verdict.why),
            "open": pack_reasons(document.open),
            "facts": canonical(dict(verdict.findings.reading.facts)),
            "accepted_by": None,
            "checked_on": document.received_on,
        },
    )
    _claim_archive_no(connection, document.id, document.archive_no)
    _insert_pages(connection, document.id, verdict.findings.reading.pages)
    insert_fields(connection, document.id, verdict.findings.fields)


def give_archive_no(connection: Connection, document: DocumentId, archive_no: str) -> None:
    """Make `archive_no` the document's number; earlier ones stay its own and are never reused.

    One that is its own already is taken up again.
    """
    mine = (archive_numbers.c.archive_no == archive_no) & (archive_numbers.c.document == document)
    if not connection.execute(select(archive_numbers.c.document).where(mine)).first():
        _claim_archive_no(connection, document, archive_no)
    connection.execute(
        update(documents).where(documents.c.id == document).values(archive_no=archive_no)
    )


def _claim_archive_no(connection: Connection, document: DocumentId, archive_no: str) -> None:
    number = {"archive_no": archive_no, "document": document}
    connection.execute(insert(archive_numbers), number)


def checked(connection: Connection, sound: Sequence[DocumentId], day: date) -> None:
    """Remember the day on which these documents were found sound."""
    for start in range(0, len(sound), 500):
        some = documents.c.id.in_(sound[start : start + 500])
        connection.execute(update(documents).where(some).values(checked_on=day))


def least_checked(connection: Connection) -> date | None:
    """The day on which the document checked longest ago was found sound; None without any."""
    return connection.execute(select(func.min(documents.c.checked_on))).scalar_one_or_none()


def unchecked_since(connection: Connection, day: date) -> int:
    """How many documents were last found sound before `day`."""
    late = select(func.count()).select_from(documents).where(documents.c.checked_on < day)
    return connection.execute(late).scalar_one()


def fold_into(connection: Connection, document: DocumentId, twin: DocumentId) -> None:
    """Make a waiting row part of its twin: receipts and numbers point there, the rest goes."""
    for table in (archive_numbers, receipts, settlements, events):
        connection.execute(update(table).where(table.c.document == document).values(document=twin))
    forget(connection, document)
    for table in (contexts, keepings, pages, fields):
        connection.execute(delete(table).where(table.c.document == document))
    connection.execute(delete(documents).where(documents.c.id == document))


def _insert_pages(connection: Connection, document: DocumentId, found: Iterable[Page]) -> None:
    rows = [
        {
            "document": document,
            "number": page.number,
            "source": page.source.value,
            "rotation": page.rotation,
            "look": page.look or None,
            "lines": zlib.compress(
                canonical([[line.text, line.box, line.confidence] for line in page.lines]).encode()
            ),
        }
        for page in found
    ]
    if rows:
        connection.execute(insert(pages), rows)


def insert_fields(connection: Connection, document: DocumentId, found: Iterable[Field]) -> None:
    """Write the values found on a document."""
    new = [
        {
            "document": document,
            "seq": seq,
            "name": field.name,
            "value": field.value,
            "raw": field.raw,
            "confidence": field.confidence,
            "page": field.page,
            "box": canonical(field.box) if field.box else None,
            "rule": field.rule,
        }
        for seq, field in enumerate(found, start=1)
    ]
    if new:
        connection.execute(insert(fields), new)


def rows() -> Select[tuple[object, ...]]:
    """Every document with its customer's name, for `document_of`."""
    return select(documents, customers.c.name.label("customer_name")).join(
        customers, documents.c.customer == customers.c.id
    )


_WITH_DIGEST = (
    rows()
    .where(documents.c.digest == bindparam("wanted"))
    .order_by(documents.c.customer == UNASSIGNED, documents.c.id)
)


def document_of(row: Row[tuple[object, ...]]) -> Document:
    """A row of `documents` joined with its customer's name, as a value."""
    return Document(
        id=DocumentId(row.id),
        archive_no=row.archive_no,
        receipt=ReceiptId(row.receipt),
        source=row.source,
        digest=Digest(row.digest),
        size=row.size,
        media_type=row.media_type,
        pages=row.pages,
        category=row.category,
        category_confidence=row.confidence,
        customer=CustomerId(row.customer),
        customer_name=row.customer_name,
        proposed=CustomerId(row.proposed) if row.proposed else None,
        title=row.title,
        doc_date=row.doc_date,
        path=row.path,
        received=datetime.fromisoformat(row.received),
        received_on=row.received_on,
        outcome=Outcome(row.outcome),
        open=unpack_reasons(row.open),
        joined_to=DocumentId(row.joined_to) if row.joined_to else None,
        position=row.position or 1,
    )


def all_documents(connection: Connection) -> Iterator[Document]:
    """Every file that is archived, oldest first: further files of a document too."""
    for row in connection.execute(rows().order_by(documents.c.id)):
        yield document_of(row)


def own_documents(connection: Connection) -> Iterator[Document]:
    """Every document, oldest first: those of several files once."""
    alone = rows().where(documents.c.joined_to.is_(None)).order_by(documents.c.id)
    for row in connection.execute(alone):
        yield document_of(row)


def waiting(connection: Connection) -> tuple[Document, ...]:
    """Documents about which a person must still decide something, oldest first."""
    found = connection.execute(rows().where(documents.c.open != "[]").order_by(documents.c.id))
    return tuple(document_of(row) for row in found)


def of_customer(connection: Connection, customer: CustomerId) -> tuple[Document, ...]:
    """The documents filed under a customer."""
    found = connection.execute(
        rows().where(documents.c.customer == customer).order_by(documents.c.id)
    )
    return tuple(document_of(row) for row in found)


def some(connection: Connection, wanted: Iterable[DocumentId]) -> tuple[Document, ...]:
    """The named documents that exist."""
    found = connection.execute(rows().where(among(documents.c.id, wanted)))
    return tuple(document_of(row) for row in found)


def counts_by_customer(connection: Connection) -> dict[str, int]:
    """How many documents each customer has, one of several files counted once."""
    counted = (
        select(documents.c.customer, func.count())
        .where(documents.c.joined_to.is_(None))
        .group_by(documents.c.customer)
    )
    return {row[0]: row[1] for row in connection.execute(counted)}


def in_folder(connection: Connection, folder: str) -> tuple[tuple[str, Digest], ...]:
    """(path, digest) of the documents in `folder` (relative to the vault).

    A span of paths, which the index answers: bytes sort as they are, and `0` follows `/`.
    """
    path = documents.c.path
    inside = (path > f"{folder}/") & (path < f"{folder}0")
    found = connection.execute(select(path, documents.c.digest).where(inside))
    return tuple((path, Digest(digest)) for path, digest in found)


def find(connection: Connection, handle: str) -> Document | None:
    """A document by id, archive number (any it ever had), path, or a unique digest beginning."""
    numbered = select(archive_numbers.c.document).where(archive_numbers.c.archive_no == handle)
    exact = or_(
        documents.c.id == handle.upper(),
        documents.c.path == handle,
        documents.c.id.in_(numbered),
    )
    found = connection.execute(rows().where(exact)).first()
    if found is None and len(handle) >= 8:
        alike = connection.execute(
            rows().where(documents.c.digest.startswith(handle.lower(), autoescape=True)).limit(2)
        ).all()
        found = alike[0] if len(alike) == 1 else None
    return document_of(found) if found else None


def by_receipt(connection: Connection, receipt: ReceiptId) -> Document | None:
    """The document a receipt became, if it did."""
    row = connection.execute(rows().where(documents.c.receipt == receipt)).first()
    return document_of(row) if row else None


def facts_of(connection: Connection, document: DocumentId) -> dict[str, str]:
    """Properties of its file: title, producer; which pages of a batch scan it was."""
    found = connection.execute(select(documents.c.facts).where(documents.c.id == document))
    return {key: str(value) for key, value in json.loads(found.scalar_one()).items()}


def with_digest(connection: Connection, digest: Digest) -> tuple[Document, ...]:
    """Every document with these bytes; filed ones before waiting ones."""
    rows = connection.execute(_WITH_DIGEST, {"wanted": digest})
    return tuple(document_of(row) for row in rows)


_PAGES = select(pages).where(pages.c.document == bindparam("wanted")).order_by(pages.c.number)
_FIELDS = select(fields).where(fields.c.document == bindparam("wanted")).order_by(fields.c.seq)


def pages_of(connection: Connection, document: DocumentId) -> tuple[Page, ...]:
    """The stored reading of a document."""
    rows = connection.execute(_PAGES, {"wanted": document})
    return tuple(
        Page(
            number=row.number,
            lines=tuple(
                Line(text, (box[0], box[1], box[2], box[3]) if box else None, confidence)
                for text, box, confidence in json.loads(zlib.decompress(row.lines))
            ),
            source=TextSource(row.source),
            rotation=row.rotation,
            look=row.look or "",
        )
        for row in rows
    )


def fields_of(connection: Connection, document: DocumentId) -> tuple[Field, ...]:
    """The stored fields of a document, in the order they were found."""
    rows = connection.execute(_FIELDS, {"wanted": document})
    return tuple(
        Field(
            name=row.name,
            value=row.value,
            raw=row.raw,
            confidence=row.confidence,
            page=row.page,
            box=tuple(json.loads(row.box)) if row.box else None,
            rule=row.rule,
        )
        for row in rows
    )
