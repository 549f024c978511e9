"""Files in quarantine after their receipt: what was tried again, and what became of each at last.

Receipts are never rewritten; these rows stand beside them. An attempt is written down before it
begins and has no reasons until it has failed, so that one cut short is found.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from archiver.catalogue import notices, receipts
from archiver.catalogue.documents import Reasons, pack_reasons, unpack_reasons
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.receipts import Receipt
from archiver.catalogue.tables import attempts, documents, landings, people, settlements
from archiver.core.model import DocumentId, Outcome, ReceiptId


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of a quarantined file.

    Attributes:
        act: `retried`, `released` or `returned`.
        by: the login of who did it.
        outcome: of a file that was taken in after all.
        document: what it became, or for a duplicate the document that holds its bytes.
        path: where it lies now, relative to the vault.
        reason: in the words of who did it.
    """

    receipt: ReceiptId
    act: str
    at: str
    by: str
    outcome: Outcome | None
    document: DocumentId | None
    path: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One quarantined file as it stands now.

    Attributes:
        tries: how often it was tried again in vain.
        last: the instant of the last try, else of the receipt.
        reasons: the newest.
        settled: None while it lies there.
    """

    receipt: Receipt
    tries: int
    last: str
    reasons: Reasons
    settled: Settlement | None


def entries(connection: Connection, *, settled: bool = False) -> tuple[Entry, ...]:
    """What lies in quarantine, oldest first; with `settled` also what has left it."""
    found = receipts.aside(connection, settled=settled)
    return _entries(connection, found, settled_of(connection, None) if settled else {})


def entry(connection: Connection, receipt: ReceiptId) -> Entry | None:
    """The quarantined file of that receipt, settled or not."""
    found = receipts.get(connection, receipt)
    aside = found is not None and found.outcome is Outcome.QUARANTINED
    if found is None or not aside or any(one.code == "holds_parts" for one in found.reasons):
        return None
    return _entries(connection, [found], settled_of(connection, [found.id]))[0]


def _entries(
    connection: Connection, found: Collection[Receipt], done: Mapping[ReceiptId, Settlement]
) -> tuple[Entry, ...]:
    if not found:
        return ()
    failed: dict[str, list[tuple[str, str]]] = {}
    tried = select(attempts).where(attempts.c.reasons.is_not(None))
    for row in connection.execute(tried.order_by(attempts.c.receipt, attempts.c.number)):
        failed.setdefault(row.receipt, []).append((row.at, row.reasons))
    made = []
    for one in found:
        tries = failed.get(one.id, [])
        last, reasons = tries[-1] if tries else (one.settled_at, None)
        newest = unpack_reasons(reasons) if reasons else one.reasons
        made.append(Entry(one, len(tries), last, newest, done.get(one.id)))
    return tuple(made)


def settled_of(
    connection: Connection, wanted: Collection[ReceiptId] | None
) -> dict[ReceiptId, Settlement]:
    """What became of some quarantined files, or (None) of all that have left."""
    query = (
        select(settlements, people.c.login, documents.c.path.label("now"))
        .join(people, people.c.id == settlements.c.actor)
        .outerjoin(documents, documents.c.id == settlements.c.document)
    )
    if wanted is not None:
        query = query.where(settlements.c.receipt.in_(wanted))
    return {
        ReceiptId(row.receipt): Settlement(
            receipt=ReceiptId(row.receipt),
            act=row.act,
            at=row.at,
            by=row.login,
            outcome=Outcome(row.outcome) if row.outcome else None,
            document=DocumentId(row.document) if row.document else None,
            path=row.now or row.path,
            reason=row.reason,
        )
        for row in connection.execute(query)
    }


def begin(connection: Connection, receipt: ReceiptId, when: Stamp) -> None:
    """Write down that it is tried once more."""
    count = select(func.count()).where(attempts.c.receipt == receipt)
    number = connection.execute(count).scalar_one() + 1
    row = {"receipt": receipt, "number": number, "at": when.at.isoformat(), "actor": when.actor}
    connection.execute(insert(attempts), row)


def fail(connection: Connection, receipt: ReceiptId, reasons: Reasons) -> None:
    """Write down why what was begun did not succeed."""
    begun = (attempts.c.receipt == receipt) & attempts.c.reasons.is_(None)
    connection.execute(update(attempts).where(begun).values(reasons=pack_reasons(reasons)))


def begun(connection: Connection) -> tuple[Receipt, ...]:
    """What is being tried just now, or was when a process died."""
    query = (
        select(attempts.c.receipt)
        .where(attempts.c.reasons.is_(None))
        .where(attempts.c.receipt.not_in(select(settlements.c.receipt)))
        .distinct()
    )
    found = (receipts.get(connection, ReceiptId(row.receipt)) for row in connection.execute(query))
    return tuple(one for one in found if one)


def settle(
    connection: Connection, receipt: Receipt, when: Stamp, *, act: str, reason: str | None
) -> None:
    """Write what became of a file; the database refuses a second settlement.

    Args:
        connection: the transaction of the change itself.
        receipt: as it would be given to the file now: outcome, document and path of today.
        when: when and by whom.
        act: what was done.
        reason: in the words of who did it.
    """
    given = receipts.get(connection, receipt.id)
    row = {
        "receipt": receipt.id,
        "act": act,
        "at": when.at.isoformat(),
        "actor": when.actor,
        "outcome": None if act == "returned" else receipt.outcome.value,
        "document": receipt.document,
        "path": receipt.path,
        "reason": reason,
        "leaving": given.path if given else None,
    }
    connection.execute(insert(settlements), row)
    notices.notify(connection, receipt.folder)


def leaving(connection: Connection) -> dict[ReceiptId, str]:
    """Settled files whose bytes may still lie in quarantine, with their path there."""
    query = select(settlements.c.receipt, settlements.c.leaving)
    rows = connection.execute(query.where(settlements.c.leaving.is_not(None)))
    return {ReceiptId(row.receipt): row.leaving for row in rows}


def gone(connection: Connection, receipt: ReceiptId) -> None:
    """Its bytes have left the quarantine."""
    ours = settlements.c.receipt == receipt
    connection.execute(update(settlements).where(ours).values(leaving=None))


def land(connection: Connection, receipt: ReceiptId) -> None:
    """Note that somebody is to be told of a file that was put aside."""
    connection.execute(insert(landings), {"receipt": receipt})


def landed(connection: Connection) -> tuple[Receipt, ...]:
    """The files of which nobody was told yet."""
    rows = connection.execute(select(landings.c.receipt).order_by(landings.c.no)).all()
    found = (receipts.get(connection, ReceiptId(row.receipt)) for row in rows)
    return tuple(one for one in found if one)


def forget_landed(connection: Connection, told: Iterable[ReceiptId]) -> None:
    """These are told of."""
    connection.execute(delete(landings).where(landings.c.receipt.in_(list(told))))
