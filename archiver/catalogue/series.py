"""Documents of several files: which files belong together, and photographs that may."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from archiver.catalogue.among import among
from archiver.catalogue.documents import (
    document_of,
    insert_fields,
    pack_reasons,
    rows,
)
from archiver.catalogue.tables import documents, fields
from archiver.core.model import Document, DocumentId, Findings


def files_of(
    connection: Connection, heads: Collection[DocumentId] | None = None
) -> dict[DocumentId, tuple[Document, ...]]:
    """Document → its further files in order, for those that have any (None: of all)."""
    query = rows().where(documents.c.joined_to.is_not(None)).order_by(documents.c.position)
    if heads is not None:
        query = query.where(among(documents.c.joined_to, heads))
    found: dict[DocumentId, list[Document]] = defaultdict(list)
    for row in connection.execute(query):
        found[DocumentId(row.joined_to)].append(document_of(row))
    return {head: tuple(files) for head, files in found.items()}


def family(
    connection: Connection, wanted: Collection[DocumentId] | None = None
) -> dict[DocumentId, DocumentId]:
    """File → the first file of its document, for all files of documents that have several.

    Args:
        connection: the transaction.
        wanted: only the documents to which these files belong; None for all.
    """
    query = select(documents.c.id, documents.c.joined_to).where(documents.c.joined_to.is_not(None))
    if wanted is not None:
        mine = select(documents.c.joined_to).where(among(documents.c.id, wanted))
        query = query.where(among(documents.c.joined_to, wanted) | documents.c.joined_to.in_(mine))
    found = {DocumentId(row.id): DocumentId(row.joined_to) for row in connection.execute(query)}
    return {**{head: head for head in found.values()}, **found}


def join(connection: Connection, head: DocumentId, files: Sequence[DocumentId]) -> None:
    """Make documents the further files of `head`, in that order; nothing is open about them."""
    for position, one in enumerate(files, start=2):
        connection.execute(
            update(documents)
            .where(documents.c.id == one)
            .values(joined_to=head, position=position, open="[]", proposed=None)
        )
    connection.execute(update(documents).where(documents.c.id == head).values(position=1))


def part(connection: Connection, head: DocumentId) -> None:
    """Make all files of `head` documents of their own again."""
    files = (documents.c.joined_to == head) | (documents.c.id == head)
    connection.execute(update(documents).where(files).values(joined_to=None, position=None))


def rewrite(connection: Connection, document: Document, findings: Findings) -> None:
    """Put what is read now, and the title and date it gives, in the place of what was before."""
    connection.execute(
        update(documents)
        .where(documents.c.id == document.id)
        .values(
            guess=findings.category.code,
            confidence=findings.category.confidence,
            evidence=pack_reasons(findings.category.evidence),
            title=document.title,
            doc_date=document.doc_date,
        )
    )
    connection.execute(delete(fields).where(fields.c.document == document.id))
    insert_fields(connection, document.id, findings.fields)


@dataclass(frozen=True, slots=True)
class Photo:
    """A photographed page; `titled` when a heading on it says what the paper is."""

    document: Document
    titled: bool


def photos(connection: Connection, since: datetime) -> tuple[Photo, ...]:
    """Pictures of one page received since then that stand alone, oldest first."""
    query = rows().where(
        documents.c.media_type.startswith("image/"),
        documents.c.pages == 1,
        documents.c.joined_to.is_(None),
        documents.c.position.is_(None),
    )
    return tuple(
        Photo(document, "word_in_head" in row.evidence)
        for row in connection.execute(query.order_by(documents.c.id))
        if (document := document_of(row)).received >= since
    )
