"""What people have said of a record's keeping, and where its disposal stands: a row a record."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, literal, select, update

from archiver.catalogue.among import among
from archiver.catalogue.contexts import AT_ONCE
from archiver.catalogue.retention_tables import contexts, keepings
from archiver.catalogue.tables import documents
from archiver.core.model import CustomerId, DocumentId


class Keeping(NamedTuple):
    """One row; see `judge.facts.Record` for what it means.

    Attributes:
        since: the ledger entry of the first context, or of the shortening that made it forget.
        stage: IN_REVIEW or APPROVED while its disposal is under way, with the entry of that step.
        batch: the disposition batch it is in.
    """

    document: DocumentId
    since: int = 0
    case_no: str | None = None
    extended: date | None = None
    for_ever: bool = False
    notice: date | None = None
    restricted: date | None = None
    stage: str | None = None
    stage_entry: int | None = None
    batch: str | None = None


class Kept(NamedTuple):
    """What the row of a document says that its keeping depends on.

    Attributes:
        open: a person must still decide something.
        further: it is a further file of another document.
    """

    id: str
    customer: str
    category: str
    received_on: date
    checked_on: date
    open: bool
    further: bool


_KEPT = select(
    documents.c.id,
    documents.c.customer,
    documents.c.category,
    documents.c.received_on,
    documents.c.checked_on,
    documents.c.open != "[]",
    documents.c.joined_to.is_not(None),
).order_by(documents.c.id)
_OF = select(keepings).where(keepings.c.document == bindparam("wanted"))


def of(connection: Connection, document: DocumentId) -> Keeping:
    """What is known of one record; the defaults where nothing was ever said."""
    row = connection.execute(_OF, {"wanted": document}).first()
    return Keeping(**row._mapping) if row else Keeping(document)


def change(connection: Connection, document: DocumentId, **values: object) -> None:
    """Write some columns of a record's row."""
    where = keepings.c.document == document
    if not connection.execute(update(keepings).where(where).values(**values)).rowcount:
        connection.execute(insert(keepings), {"document": document, **values})


def every(
    connection: Connection, wanted: Collection[DocumentId] | None = None
) -> Iterator[Keeping]:
    """The rows of some records, or (None) of all, by document; none where nothing was said."""
    query = select(keepings).order_by(keepings.c.document)
    if wanted is not None:
        query = query.where(among(keepings.c.document, wanted))
    yield from map(Keeping._make, connection.execute(query.execution_options(yield_per=AT_ONCE)))


def kept(connection: Connection, wanted: Collection[DocumentId] | None = None) -> Iterator[Kept]:
    """Some records, or (None) all, by document."""
    query = _KEPT if wanted is None else _KEPT.where(among(documents.c.id, wanted))
    yield from map(Kept._make, connection.execute(query.execution_options(yield_per=AT_ONCE)))


def on_the_way(
    connection: Connection, customers: Collection[str] | None = None
) -> tuple[DocumentId, ...]:
    """The records in review or approved, of all or of those who have or ever had them."""
    query = select(keepings.c.document).where(keepings.c.stage.is_not(None))
    if customers is not None:
        query = query.join(documents, documents.c.id == keepings.c.document)
        lived = select(contexts.c.document).where(among(contexts.c.customer, customers))
        theirs = among(documents.c.customer, customers) | documents.c.id.in_(lived)
        query = query.where(theirs)
    return tuple(map(DocumentId, connection.execute(query).scalars()))


def unite(connection: Connection, document: DocumentId, into: DocumentId) -> None:
    """What people said of one record holds for the other too; the longest counts."""
    one, other = of(connection, document), of(connection, into)
    change(
        connection,
        into,
        case_no=other.case_no or one.case_no,
        extended=max(filter(None, (one.extended, other.extended)), default=None),
        for_ever=one.for_ever or other.for_ever,
        notice=max(filter(None, (one.notice, other.notice)), default=None),
        restricted=min(filter(None, (one.restricted, other.restricted)), default=None),
    )


def of_customers(
    connection: Connection, customers: Collection[str] | None
) -> tuple[DocumentId, ...] | None:
    """The records of some customers; None, which stands for all, for everybody's."""
    if customers is None:
        return None
    query = select(documents.c.id).where(among(documents.c.customer, customers))
    return tuple(map(DocumentId, connection.execute(query).scalars()))


def customers_of_case(connection: Connection, case_no: str) -> tuple[CustomerId, ...]:
    """The customers who have papers that belong to a case, or once did."""
    query = select(documents.c.customer).join(contexts, contexts.c.document == documents.c.id)
    found = connection.execute(query.where(contexts.c.case_no == case_no).distinct())
    return tuple(map(CustomerId, found.scalars()))


def elsewhere(connection: Connection, customers: Collection[str]) -> tuple[tuple[str, str], ...]:
    """(id, path) of the records that some customers once had, and others have now."""
    lived = select(contexts.c.document).where(among(contexts.c.customer, customers))
    query = select(documents.c.id, documents.c.path).where(
        documents.c.id.in_(lived), documents.c.customer.not_in(customers)
    )
    return tuple((row.id, row.path) for row in connection.execute(query))


def notice(connection: Connection, customers: Collection[str], day: date) -> None:
    """A period of notice begins for every record of some customers: something was shortened."""
    theirs = select(documents.c.id).where(among(documents.c.customer, customers))
    said = keepings.c.document.in_(theirs)
    connection.execute(update(keepings).where(said).values(notice=day))
    new = select(documents.c.id, literal(0), literal(value=False), literal(day)).where(
        documents.c.id.in_(theirs), documents.c.id.not_in(select(keepings.c.document))
    )
    columns = ["document", "since", "for_ever", "notice"]
    connection.execute(insert(keepings).from_select(columns, new))
