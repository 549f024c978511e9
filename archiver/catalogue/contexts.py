"""The contexts each record has lived under, oldest first: what may not be forgotten silently."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, Self

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, literal, select

from archiver.catalogue.among import among
from archiver.catalogue.retention_tables import contexts
from archiver.core.model import CustomerId, DocumentId
from archiver.core.proof import canonical


@dataclass(frozen=True, slots=True)
class StoredContext:
    """One combination of values a record has really lived under.

    Attributes:
        rules: content hash of the rule set.
        customer: whose it was; `merged` are all ids that customer went by then, that one included.
        kind: the kind of party the customer was.
    """

    document: DocumentId
    rules: str
    customer: CustomerId
    merged: frozenset[CustomerId]
    kind: str
    category: str
    case_no: str | None
    doc_date: date | None

    def dated(self, day: date | None) -> Self:
        """The same with another date of the paper."""
        return replace(self, doc_date=day)

    def owned(self, customer: CustomerId, merged: frozenset[CustomerId], kind: str) -> Self:
        """The same with another customer, who goes by the ids `merged`."""
        return replace(self, customer=customer, merged=merged, kind=kind)


class Lived(NamedTuple):
    """A row as it is stored; `merged_of` reads its `merged`."""

    document: str
    seq: int
    rules: str
    customer: str
    merged: str | None
    kind: str | None
    category: str
    case_no: str | None
    doc_date: date | None


AT_ONCE = 2000
"""Rows fetched at a time when all of a table is read."""
_OF = select(contexts).where(contexts.c.document == bindparam("wanted")).order_by(contexts.c.seq)
_FORGET = delete(contexts).where(contexts.c.document == bindparam("wanted"))


def of(connection: Connection, document: DocumentId) -> tuple[StoredContext, ...]:
    """The contexts of one record, oldest first."""
    return tuple(_context(row) for row in connection.execute(_OF, {"wanted": document}))


def put(connection: Connection, document: DocumentId, lived: Iterable[StoredContext]) -> None:
    """Make these the contexts of a record, whatever they were."""
    connection.execute(_FORGET, {"wanted": document})
    rows = [_row(one, seq) for seq, one in enumerate(lived, start=1)]
    if rows:
        connection.execute(insert(contexts), rows)


def _row(one: StoredContext, seq: int) -> dict[str, object]:
    alone = one.merged == {one.customer}
    return {
        "document": one.document,
        "seq": seq,
        "rules": one.rules,
        "customer": one.customer,
        "merged": None if alone else canonical(sorted(one.merged)),
        "kind": one.kind,
        "category": one.category,
        "case_no": one.case_no,
        "doc_date": one.doc_date,
    }


def every(connection: Connection, wanted: Collection[DocumentId] | None) -> Iterator[Lived]:
    """The rows of some records, or (None) of all, oldest first within a record; by document."""
    query = select(contexts).order_by(contexts.c.document, contexts.c.seq)
    if wanted is not None:
        query = query.where(among(contexts.c.document, wanted))
    yield from map(Lived._make, connection.execute(query.execution_options(yield_per=AT_ONCE)))


def merged_of(customer: str, merged: str | None) -> frozenset[CustomerId]:
    """The ids that the customer of a row went by."""
    return frozenset(map(CustomerId, json.loads(merged) if merged else (customer,)))


def _context(row: Row[tuple[object, ...]]) -> StoredContext:
    return StoredContext(
        document=DocumentId(row.document),
        rules=row.rules,
        customer=CustomerId(row.customer),
        merged=merged_of(row.customer, row.merged),
        kind=row.kind or "customer",
        category=row.category,
        case_no=row.case_no,
        doc_date=row.doc_date,
    )


def follow_rules(connection: Connection, rules: str) -> None:
    """Every record lives under this version of the rules from now on; what it knew stays.

    In two statements, however many there are: a context that is equal to the new one goes, then
    the newest of each record is copied with the new version.
    """
    newest = (
        select(contexts.c.document, func.max(contexts.c.seq).label("seq"))
        .group_by(contexts.c.document)
        .subquery()
    )
    last = contexts.alias("last")
    same = (
        contexts.c.merged.is_not_distinct_from(last.c.merged)
        & contexts.c.kind.is_not_distinct_from(last.c.kind)
        & contexts.c.case_no.is_not_distinct_from(last.c.case_no)
        & contexts.c.doc_date.is_not_distinct_from(last.c.doc_date)
        & (contexts.c.customer == last.c.customer)
        & (contexts.c.category == last.c.category)
    )
    earlier = (
        select(literal(1))
        .select_from(last)
        .join(newest, (newest.c.document == last.c.document) & (newest.c.seq == last.c.seq))
        .where(
            last.c.document == contexts.c.document,
            last.c.rules != rules,
            contexts.c.rules == rules,
            same,
        )
        .correlate(contexts)
        .exists()
    )
    connection.execute(delete(contexts).where(earlier))
    columns = [column.name for column in contexts.columns]
    changed = {"seq": last.c.seq + 1, "rules": literal(rules)}
    copied = (
        select(*(changed.get(name, last.c[name]) for name in columns))
        .join(newest, (newest.c.document == last.c.document) & (newest.c.seq == last.c.seq))
        .where(last.c.rules != rules)
    )
    connection.execute(insert(contexts).from_select(columns, copied))
