"""Acts on quarantined files: tried again, filed unread, handed back; and their leaving.

The new bytes and the row that says what became of the file are durable before its bytes in
quarantine go; whoever finds a crash in between takes them away then.
"""

from dataclasses import replace
from pathlib import Path

from archiver.catalogue import aside, documents, ledger
from archiver.catalogue.receipts import Receipt
from archiver.core.model import (
    UNASSIGNED,
    Arrival,
    Because,
    Category,
    Customer,
    CustomerId,
    Document,
    Findings,
    Outcome,
    Reading,
    ReceiptId,
    Scan,
    Verdict,
    own_receipt,
)
from archiver.custody import duplicate, file
from archiver.custody.naming import REASON
from archiver.custody.receipt import settle
from archiver.custody.stamp import stamp
from archiver.disk import door
from archiver.disk.digest import digest_of
from archiver.disk.place import place
from archiver.vault.vault import Vault


def begin(vault: Vault, receipt: ReceiptId) -> None:
    """Write down that a quarantined file is taken once more, before anything is done with it."""
    with vault.catalogue.write() as tx:
        aside.begin(tx, receipt, stamp(vault, tx))


def failed(vault: Vault, arrival: Arrival, because: Because) -> Receipt:
    """It stays where it is: write down why, and give its receipt as it would read now.

    What asks for a password though it was given one is locked in a way we have no key for.
    """
    if because.code == "encrypted" and arrival.again and arrival.again.password:
        because = Because.of("unknown_lock")
    with vault.catalogue.write() as tx:
        aside.fail(tx, arrival.receipt, (because,))
        facts: dict[str, ledger.Fact] = {"receipt": arrival.receipt, "reason": because.code}
        ledger.append(tx, stamp(vault, tx), "quarantine_retry", facts)
        found = aside.entry(tx, arrival.receipt)
    if found is None:
        raise LookupError(arrival.receipt)
    return replace(found.receipt, reasons=(because,))


def cut_short(vault: Vault) -> tuple[Receipt, ...]:
    """The files that were being taken once more when a process died; for one who settles."""
    with vault.catalogue.read() as tx:
        found = aside.begun(tx)
    if found:
        with vault.catalogue.write() as tx:
            for one in found:
                aside.fail(tx, one.id, (Because.of("interrupted"),))
    return found


def file_unread(
    vault: Vault, scan: Scan, facts: tuple[tuple[str, str], ...], *, whose: Customer, category: str
) -> Document:
    """File a paper that nothing can read, because a person vouches for it.

    Returns:
        The document; or the one that holds the same bytes for the same customer already.
    """
    with vault.catalogue.read() as tx:
        alike = documents.with_digest(tx, scan.digest)
    twin = next((one for one in alike if one.customer == whose.id), None)
    if twin is None:
        findings = Findings(Reading(scan, (), facts), Category(category, 1.0, ()), ())
        vouched = (Because.of("decided_by_person"),)
        verdict = Verdict(findings, whose.id, category, None, why=vouched, open=())
        document = file.record(vault, file.file(vault, verdict, whose), by_person=True)
        if isinstance(document, Document):
            return document
        twin = document.document  # somebody was quicker
    duplicate.fold(vault, scan, twin)
    return twin


def hand_back(vault: Vault, receipt: Receipt, reason: str) -> str:
    """It is no paper: put it into `exports/`, for whoever dropped it; gives where it lies there.

    Raises:
        NotYet: the file in quarantine is not the one that was dropped.
        OSError: the store refused, or the file is gone.
    """
    source = vault.layout.root / receipt.path
    target = vault.layout.exports / source.name
    place(source, target, receipt.digest or digest_of(source)[0])
    path = vault.layout.relative(target)
    with vault.catalogue.write() as tx:
        now = replace(receipt, path=path, document=None, outcome=Outcome.QUARANTINED)
        settle(tx, now, stamp(vault, tx), act="returned", reason=reason)
    clear_away(vault)
    return path


def clear_away(vault: Vault) -> None:
    """Take away from quarantine what has been settled; harmless to repeat.

    Bytes that another receipt still waits with stay. Nobody can be put aside meanwhile: that is
    written in a transaction too, which makes sure that its file is there.
    """
    with vault.catalogue.read() as tx:
        if not aside.leaving(tx):
            return
    with vault.catalogue.write() as tx:
        waiting = {one.receipt.path for one in aside.entries(tx)}
        for receipt, path in aside.leaving(tx).items():
            if path not in waiting:
                _take_away(vault.layout.root / path)
            aside.gone(tx, receipt)


def _take_away(path: Path) -> None:
    door.unlink(path)
    door.unlink(path.with_name(path.name + REASON))
    door.sync_folder(path.parent)


def customer_of_whole(vault: Vault, whole: ReceiptId) -> CustomerId | None:
    """Whose the mail is that a part came in; nobody's while that is not known."""
    with vault.catalogue.read() as tx:
        found = documents.by_receipt(tx, own_receipt(whole))
    return found.customer if found and found.customer != UNASSIGNED else None
