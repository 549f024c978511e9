"""Tags: words that people put on papers, a row for each file of a document and each of its tags.

A document of several files has the tags of all of them, so that joining and parting need not
know of any. A tag is spelt the same on every paper of the vault: as it was first.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, func, insert, select, update

from archiver.catalogue.among import among
from archiver.catalogue.tables import documents, tags
from archiver.core.model import DocumentId

_WHOLE = func.coalesce(documents.c.joined_to, documents.c.id)
"""The document of a file, under the id of its first file."""
_JOINED = tags.join(documents, documents.c.id == tags.c.document)


def of(
    connection: Connection, wanted: Collection[DocumentId] | None = None
) -> dict[DocumentId, dict[str, str]]:
    """Document → its tags by what they are alike in, in that order; those without any are left out.

    Args:
        connection: the transaction.
        wanted: documents, each by its first file; None for all.
    """
    query = select(_WHOLE, tags.c.alike, tags.c.tag).select_from(_JOINED).order_by(tags.c.alike)
    if wanted is not None:
        first = among(documents.c.id, wanted)
        query = query.where(first | among(documents.c.joined_to, wanted))
    found: dict[DocumentId, dict[str, str]] = defaultdict(dict)
    for whole, alike, tag in connection.execute(query):
        found[DocumentId(whole)][alike] = tag
    return dict(found)


def known(connection: Connection) -> list[tuple[str, int]]:
    """Every tag of the vault with the number of documents that have it."""
    counted = func.count(_WHOLE.distinct())
    query = select(func.min(tags.c.tag), counted).select_from(_JOINED)
    rows = connection.execute(query.group_by(tags.c.alike).order_by(tags.c.alike))
    return [(tag, count) for tag, count in rows]


def spelt(connection: Connection, new: Mapping[str, str]) -> dict[str, str]:
    """Tags by what they are alike in, as the vault spells those that it knows."""
    query = select(tags.c.alike, tags.c.tag).where(among(tags.c.alike, new)).distinct()
    return {**new, **{alike: tag for alike, tag in connection.execute(query)}}


def put(connection: Connection, files: Collection[DocumentId], new: Mapping[str, str]) -> None:
    """Put tags, by what they are alike in, on files that have none of them."""
    rows = [
        {"document": file, "alike": alike, "tag": tag}
        for file in files
        for alike, tag in new.items()
    ]
    if rows:
        connection.execute(insert(tags), rows)


def take(connection: Connection, files: Collection[DocumentId], old: Collection[str]) -> None:
    """Take tags, named by what they are alike in, off files."""
    ours = among(tags.c.document, files) & among(tags.c.alike, old)
    connection.execute(delete(tags).where(ours))


def pass_on(connection: Connection, document: DocumentId, into: DocumentId) -> None:
    """Give the tags of one file to another, whose row goes on; each tag once."""
    there = select(tags.c.alike).where(tags.c.document == into)
    mine = tags.c.document == document
    connection.execute(delete(tags).where(mine, tags.c.alike.in_(there)))
    connection.execute(update(tags).where(mine).values(document=into))
