"""Papers that have to do with one another: scanned again, replaced by a later one."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, or_, select

from archiver.catalogue.among import among
from archiver.catalogue.tables import documents, fields, links, marks
from archiver.core.model import Because, CustomerId, DocumentId
from archiver.core.proof import canonical

RESCAN, SUPERSEDES = "rescan", "supersedes"

_COMMON = 20
"""Documents from which a mark says nothing: the number of a customer, the words of a form."""
_MOST = 20
_EDITIONS = 100
"""Papers of one category that may be editions of a few things; more are a register."""

_HAVING = select(marks.c.document).where(marks.c.mark == bindparam("wanted")).limit(_COMMON + 1)

Value = tuple[str, str, float]
"""Name, value, confidence."""
Evidence = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Two papers that have to do with one another.

    Attributes:
        document: the one that came later, or the one that replaces.
        other: the one that was there, or the one that is replaced.
        kind: `rescan` or `supersedes`.
        evidence: what speaks for it.
    """

    document: DocumentId
    other: DocumentId
    kind: str
    evidence: Evidence = ()

    def told(self, document: DocumentId) -> Because:
        """The link as the paper at one end of it tells it."""
        ours = self.document == document
        code = self.kind if self.kind == RESCAN else "replaces" if ours else "replaced_by"
        other = self.other if ours else self.document
        return Because.of(code, document=other, **dict(self.evidence))


def links_of(connection: Connection, wanted: Collection[DocumentId], kind: str = "") -> list[Link]:
    """The links of some documents, both ways, of one kind or of all."""
    query = select(links).where(or_(among(links.c.document, wanted), among(links.c.other, wanted)))
    if kind:
        query = query.where(links.c.kind == kind)
    rows = connection.execute(query.order_by(links.c.kind, links.c.document, links.c.other))
    return [
        Link(
            DocumentId(row.document),
            DocumentId(row.other),
            row.kind,
            tuple(sorted(json.loads(row.evidence).items())),
        )
        for row in rows
    ]


def put(connection: Connection, link: Link) -> None:
    """Write a link."""
    row = {"document": link.document, "other": link.other, "kind": link.kind}
    connection.execute(insert(links), {**row, "evidence": canonical(dict(link.evidence))})


def drop(connection: Connection, link: Link) -> None:
    """Take a link away."""
    same = (links.c.document == link.document) & (links.c.other == link.other)
    connection.execute(delete(links).where(same, links.c.kind == link.kind))


def put_marks(connection: Connection, document: DocumentId, found: Iterable[int]) -> None:
    """Remember by what a scan is found."""
    rows = [{"mark": one, "document": document} for one in found]
    if rows:
        connection.execute(insert(marks), rows)


def sharing(
    connection: Connection, document: DocumentId, found: Sequence[int]
) -> tuple[DocumentId, ...]:
    """Other documents with some of these marks, those with most first; never more than a few.

    Each mark is one look into an index, so it costs the same however many documents there are.
    """
    shared: Counter[DocumentId] = Counter()
    for mark in found:
        rows = connection.execute(_HAVING, {"wanted": mark})
        having = [DocumentId(row.document) for row in rows]
        if len(having) <= _COMMON:
            shared.update(one for one in having if one != document)
    return tuple(one for one, _ in sorted(shared.items(), key=lambda one: (-one[1], one[0])))[
        :_MOST
    ]


def of_kind(connection: Connection, customer: CustomerId, category: str) -> list[DocumentId]:
    """A customer's papers of one category about which nothing is open.

    None when there are more than one holder can have, so that filing costs the same for each.
    """
    query = select(documents.c.id).where(
        documents.c.customer == customer,
        documents.c.category == category,
        documents.c.open == "[]",
        documents.c.joined_to.is_(None),
    )
    found = connection.execute(query.limit(_EDITIONS + 1)).all()
    return [DocumentId(row.id) for row in found] if len(found) <= _EDITIONS else []


def values_of(
    connection: Connection, wanted: Collection[DocumentId], names: Collection[str]
) -> dict[DocumentId, list[Value]]:
    """The values of those names that were read off some documents."""
    query = select(fields.c.document, fields.c.name, fields.c.value, fields.c.confidence).where(
        among(fields.c.document, wanted), fields.c.name.in_(names)
    )
    found: dict[DocumentId, list[Value]] = {one: [] for one in wanted}
    for row in connection.execute(query):
        found[DocumentId(row.document)].append((row.name, row.value, row.confidence))
    return found


def forget(connection: Connection, document: DocumentId) -> None:
    """Take away whatever links a document, before its row goes."""
    ours = or_(links.c.document == document, links.c.other == document)
    connection.execute(delete(links).where(ours))
    connection.execute(delete(marks).where(marks.c.document == document))
