"""Originals: every file whose bytes were recorded, archived papers and what was put aside."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select, union_all

from archiver.catalogue import documents, receipts
from archiver.catalogue.tables import documents as table
from archiver.catalogue.tables import receipts as given
from archiver.core.model import Digest, DocumentId, Outcome, ReceiptId


@dataclass(frozen=True, slots=True)
class Original:
    """A file that must lie at `path` (relative to the vault) with these very bytes.

    Attributes:
        document: the paper it is; None for a file in quarantine.
        receipt: of its drop.
    """

    document: DocumentId | None
    receipt: ReceiptId
    path: str
    digest: Digest
    size: int

    @property
    def key(self) -> str:
        """What names it wherever it goes: the document, or the place in quarantine."""
        return self.document or self.path


def originals(connection: Connection) -> Iterator[Original]:
    """All of them: papers by number, then what lies aside, oldest first."""
    for one in documents.all_documents(connection):
        yield Original(one.id, one.receipt, one.path, one.digest, one.size)
    yield from _aside(connection)


def _aside(connection: Connection) -> Iterator[Original]:
    """Each file once: the same bytes dropped twice lie aside once."""
    found = {
        one.path: Original(None, one.id, one.path, one.digest, one.size)
        for one in receipts.aside(connection)
        if one.digest
    }
    yield from found.values()


def at(connection: Connection, path: str) -> bool:
    """Whether an original must lie at that very place, or did when it was put aside."""
    paper = select(table.c.id).where(table.c.path == path)
    aside = select(given.c.id).where(
        given.c.path == path, given.c.outcome == Outcome.QUARANTINED.value
    )
    return connection.execute(union_all(paper, aside)).first() is not None


def stands(connection: Connection, original: Original) -> bool:
    """Whether it is still recorded at that place; others act while we look."""
    if original.document is None:
        return any(one.path == original.path for one in _aside(connection))
    found = documents.some(connection, [original.document])
    return any(one.path == original.path for one in found)
