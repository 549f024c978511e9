"""Bytes that are here already: proves the stored copy, heals it if need be, gives a receipt."""

import errno

from archiver.catalogue import documents, ledger, receipts, tombstones
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, NotYet
from archiver.core.model import (
    UNASSIGNED,
    Because,
    CustomerId,
    Document,
    Outcome,
    ReceiptId,
    Scan,
    own_receipt,
)
from archiver.custody.healing import set_aside
from archiver.custody.receipt import give, receipt_of
from archiver.custody.stamp import stamp
from archiver.custody.tombstone import finish_leaving
from archiver.disk.digest import digest_of
from archiver.disk.place import in_folder, place
from archiver.vault.vault import Vault


def seen(vault: Vault, scan: Scan, named: CustomerId | None) -> receipts.Receipt | Document | None:
    """What the catalogue knows of a scan already.

    Args:
        vault: the open vault.
        scan: the dropped bytes.
        named: the customer that the folder or the operator names; None when nobody is named.

    Returns:
        The outcome that this very receipt has (a crash came between the row and the goodbye); or
        the document that holds these bytes for the same customer; None when the bytes are new, or
        known only under a customer other than the named one.
    """
    with vault.catalogue.read() as tx:
        given = None if scan.arrival.again else receipts.get(tx, scan.arrival.receipt)
        return given or _held(tx, scan, named)


def _held(tx: Connection, scan: Scan, named: CustomerId | None) -> Document | None:
    ours = own_receipt(scan.arrival.receipt)
    for document in documents.with_digest(tx, scan.digest):
        if document.receipt == ours:
            continue  # this very drop, a mail whose parts a crash kept from being filed
        mine = named is None or document.customer == named
        asked = document.customer == UNASSIGNED and document.proposed in {None, named}
        if mine or asked:
            return document
    return None


def fold(vault: Vault, scan: Scan, document: Document) -> receipts.Receipt:
    """Receipt for bytes that `document` already holds; its file is re-hashed, and healed if bad.

    Raises:
        NotYet: the document left the archive a moment ago; the next pass takes these bytes as new.
    """
    healed = _prove(vault, scan, document)
    with vault.catalogue.write() as tx:
        if tombstones.find(tx, document.id) is None:
            return _given(tx, scan, document, healed, when=stamp(vault, tx))
        tombstones.leave(tx, document.id, document.path)  # what was healed for nothing
    finish_leaving(vault)
    raise NotYet(N_("{document} has just left the archive"), document=document.id)


def _given(
    tx: Connection, scan: Scan, document: Document, healed: str | None, *, when: ledger.Stamp
) -> receipts.Receipt:
    receipt = receipt_of(
        scan.arrival,
        when,
        Outcome.DUPLICATE,
        digest=scan.digest,
        size=scan.size,
        document=document.id,
        path=document.path,
        reasons=(Because.of("already_filed", document=document.id, path=document.path),),
    )
    facts: dict[str, ledger.Fact] = {"document": document.id, "receipt": receipt.id}
    ledger.append(tx, when, "duplicate", facts)
    give(tx, scan.arrival, receipt, when)
    if healed:
        ledger.append(tx, when, "healing", {**facts, "found": healed})
    return receipt


def _prove(vault: Vault, scan: Scan, document: Document) -> str | None:
    """Re-hash the stored copy; put the dropped bytes in its place when it is not what it was."""
    path = vault.layout.root / document.path
    try:
        found: str | None = digest_of(path)[0]
    except FileNotFoundError:
        found = None
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        found = "unreadable"  # a bad sector: the dropped copy is the better one
    if found == document.digest:
        return None
    set_aside(vault, path)
    in_folder(path.parent, lambda: place(scan.arrival.path, path, document.digest))
    return "missing" if found is None else found


def given(vault: Vault, receipt: ReceiptId) -> receipts.Receipt | None:
    """The receipt of that id, when a crash came between it and the goodbye."""
    with vault.catalogue.read() as tx:
        return receipts.get(tx, receipt)


def document_of(vault: Vault, receipt: receipts.Receipt) -> Document | None:
    """The document a receipt speaks of."""
    if receipt.document is None:
        return None
    with vault.catalogue.read() as tx:
        found = documents.some(tx, [receipt.document])
    return found[0] if found else None
