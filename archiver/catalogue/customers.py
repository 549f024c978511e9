"""Customer rows, with the names and codes each is known by."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, true, update

from archiver.catalogue.numbers import take
from archiver.catalogue.retention_tables import events, holds
from archiver.catalogue.tables import codes, customers, documents, names
from archiver.core.model import UNASSIGNED, Customer, CustomerId, Standing
from archiver.core.names import safe_name

_FOLDER_BYTES = 200


def all_customers(connection: Connection) -> tuple[Customer, ...]:
    """Every party, the unassigned one included, by number."""
    return _several(connection, true(), true(), true())


def get(connection: Connection, customer: CustomerId) -> Customer | None:
    """One customer, or None."""
    found = _several(
        connection,
        customers.c.id == customer,
        names.c.customer == customer,
        codes.c.customer == customer,
    )
    return found[0] if found else None


def living(connection: Connection, customer: CustomerId) -> Customer | None:
    """The customer whom that id means today: itself, or the one it turned out to be."""
    found = get(connection, customer)
    while found and found.merged_into:
        found = get(connection, found.merged_into)
    return found


def _several(
    connection: Connection,
    whom: ColumnElement[bool],
    whose_names: ColumnElement[bool],
    whose_codes: ColumnElement[bool],
) -> tuple[Customer, ...]:
    known_names: dict[str, list[str]] = defaultdict(list)
    by_age = select(names).where(whose_names).order_by(names.c.kind.desc(), names.c.name)
    for row in connection.execute(by_age):
        known_names[row.customer].append(row.name)
    known_codes: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(select(codes).where(whose_codes).order_by(codes.c.code)):
        known_codes[row.customer].append(row.code)
    return tuple(
        Customer(
            id=CustomerId(row.id),
            name=row.name,
            folder=row.folder,
            kind=row.kind,
            standing=Standing(row.standing),
            names=tuple(known_names[row.id]),
            codes=tuple(known_codes[row.id]),
            merged_into=CustomerId(row.merged_into) if row.merged_into else None,
        )
        for row in connection.execute(select(customers).where(whom).order_by(customers.c.no))
    )


def add(
    connection: Connection, name: str, *, kind: str, standing: Standing, at: datetime
) -> Customer:
    """Insert a party under the next number, with a folder nobody else has."""
    no = take(connection, "customer")
    row = Customer(
        id=CustomerId(f"C{no:04d}"),
        name=name,
        folder=_free_folder(connection, name, no),
        kind=kind,
        standing=standing,
        names=(name,),
        codes=(),
    )
    _insert(connection, row, no, at)
    return row


def add_unassigned(connection: Connection, at: datetime) -> None:
    """Insert the real row that keeps what nobody has claimed."""
    folder = "_unassigned"
    row = Customer(UNASSIGNED, folder, folder, "unassigned", Standing.SYSTEM, (), ())
    _insert(connection, row, 0, at)


def _insert(connection: Connection, row: Customer, no: int, at: datetime) -> None:
    connection.execute(
        insert(customers).values(
            id=row.id,
            no=no,
            name=row.name,
            folder=row.folder,
            kind=row.kind,
            standing=row.standing.value,
            created_at=at.isoformat(),
        )
    )
    for name in row.names:
        add_name(connection, row.id, name, kind="name")


def _free_folder(connection: Connection, name: str, no: int) -> str:
    """The folder for `name`; the number is added where the plain one is taken (in any case)."""
    folder = safe_name(name, _FOLDER_BYTES)
    taken = {row.folder.casefold() for row in connection.execute(select(customers.c.folder))}
    return f"{folder} {no}" if folder.casefold() in taken or folder.startswith("_") else folder


def add_name(connection: Connection, customer: CustomerId, name: str, *, kind: str) -> bool:
    """Remember another name (`name`, `alias`, `folder`); False when it was known."""
    where = (names.c.customer == customer) & (names.c.name == name)
    if connection.execute(select(names.c.kind).where(where)).first():
        return False
    connection.execute(insert(names).values(customer=customer, name=name, kind=kind))
    return True


def call(connection: Connection, customer: CustomerId, name: str) -> None:
    """Make one of its names the one it is called by."""
    mine = names.c.customer == customer
    connection.execute(update(names).where(mine, names.c.kind == "name").values(kind="alias"))
    connection.execute(update(names).where(mine, names.c.name == name).values(kind="name"))
    connection.execute(update(customers).where(customers.c.id == customer).values(name=name))


def add_codes(connection: Connection, customer: CustomerId, new: Iterable[str]) -> None:
    """Remember codes; each belongs to one customer at most (the database refuses a second)."""
    mine = select(codes.c.code).where(codes.c.customer == customer)
    known = set(connection.execute(mine).scalars())
    for code in new:
        if code not in known:
            connection.execute(insert(codes).values(code=code, customer=customer))


def owner_of_code(connection: Connection, code: str) -> CustomerId | None:
    """Whose code that is."""
    found = connection.execute(
        select(codes.c.customer).where(codes.c.code == code)
    ).scalar_one_or_none()
    return CustomerId(found) if found else None


def activate(connection: Connection, customer: CustomerId, kind: str | None = None) -> None:
    """A proposed customer is one from now on, of another kind perhaps."""
    active = {"standing": Standing.ACTIVE.value, **({"kind": kind} if kind else {})}
    connection.execute(update(customers).where(customers.c.id == customer).values(**active))


def absorb(connection: Connection, proposed: CustomerId, into: CustomerId) -> bool:
    """A proposed customer turns out to be another one under a further name.

    Its names and codes go over, and so do holds on it and what was proposed for it; False when an
    event names it, and nothing is changed.
    """
    if connection.execute(select(events.c.id).where(events.c.customer == proposed)).first():
        return False
    _hand_over(connection, proposed, into)
    stops = (holds.c.scope == "customer") & (holds.c.target == proposed)
    connection.execute(update(holds).where(stops).values(target=into))
    connection.execute(delete(customers).where(customers.c.id == proposed))
    return True


def merge(connection: Connection, customer: CustomerId, into: CustomerId) -> None:
    """One customer turned out to be another one, who goes on; names and codes go over."""
    _hand_over(connection, customer, into)
    gone = {"merged_into": into, "standing": Standing.MERGED.value}
    connection.execute(update(customers).where(customers.c.id == customer).values(**gone))


def _hand_over(connection: Connection, customer: CustomerId, into: CustomerId) -> None:
    """Names and codes of a customer, and what was proposed for it, are another one's."""
    known = select(names.c.name).where(names.c.customer == into)
    connection.execute(
        delete(names).where(names.c.customer == customer, names.c.name.in_(known.scalar_subquery()))
    )
    connection.execute(
        update(names).where(names.c.customer == customer).values(customer=into, kind="alias")
    )
    connection.execute(update(codes).where(codes.c.customer == customer).values(customer=into))
    for column in (documents.c.proposed, documents.c.named):
        connection.execute(update(documents).where(column == customer).values({column.name: into}))


def composition(connection: Connection) -> dict[CustomerId, frozenset[CustomerId]]:
    """Customer → every id it goes by: itself, and all that were merged with it.

    Only those that were merged with another; everybody else is alone.
    """
    query = select(customers.c.id, customers.c.merged_into).where(
        customers.c.merged_into.is_not(None)
    )
    into = {CustomerId(row.id): CustomerId(row.merged_into) for row in connection.execute(query)}
    whole: dict[CustomerId, set[CustomerId]] = defaultdict(set)
    for one in into:
        last = one
        while last in into:
            last = into[last]
        whole[last] |= {one, last}
    return {one: frozenset(ids) for ids in whole.values() for one in ids}


def under(connection: Connection, customer: CustomerId) -> frozenset[CustomerId]:
    """Every id that one customer goes by."""
    return composition(connection).get(customer, frozenset({customer}))


def kinds(connection: Connection) -> dict[CustomerId, str]:
    """Customer → the kind of party it is."""
    rows = connection.execute(select(customers.c.id, customers.c.kind))
    return {CustomerId(row.id): row.kind for row in rows}
