"""What must hold after every fault: nothing lost, nothing twice, nothing left lying about."""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from archiver.catalogue import decisions, documents, ledger, notices, queue, receipts
from archiver.core.model import Document, Outcome
from archiver.disk.claim import CLAIMS
from archiver.disk.place import DRAFT
from archiver.intake.sweep import PAGE
from archiver.repair.check import check
from archiver.report.account import account
from archiver.vault.layout import MANIFEST, RECORDS
from archiver.vault.vault import Vault
from tests.worlds import papers, tree


def sound(
    vault: Vault,
    *,
    received: int,
    archived: Iterable[bytes],
    aside: Iterable[bytes],
    merged: bool = False,
) -> None:
    """Hold a vault at rest against what was dropped into it.

    Args:
        vault: after a restart and one ingest.
        received: how many drops there were.
        archived: the bytes that must be archived; each once.
        aside: the bytes that must lie in quarantine; each at least once.
        merged: one customer may have the same bytes twice: it was two.
    """
    with vault.catalogue.read() as tx:
        rows = list(documents.all_documents(tx))
        assert not decisions.moves(tx), "a move is not finished"
        assert not queue.length(tx), "the derived files do not follow"
        assert not notices.waiting(tx).last, "the receipts pages do not follow"
        assert ledger.fault(tx) is None
        kept = list(ledger.lines(tx))
    found = papers(vault)
    _one_file_one_row(rows, found)
    owners = Counter((one.digest, one.customer) for one in rows)
    assert merged or all(count == 1 for count in owners.values()), "twice with one customer"
    lost, more = Counter(archived), Counter(found.values())
    assert not lost - more, f"lost: {lost - more}"
    assert not more - lost, f"twice: {more - lost}"
    lying = _aside(vault)
    _belongs(lying, set(aside), set(found.values()))
    returned = tree(vault.layout.exports).values()
    _adds_up(vault, received, {*found.values(), *lying.values(), *returned})
    _nothing_left(vault)
    _told(vault, rows)
    assert (vault.layout.ledger / "current.jsonl").read_text("utf-8").splitlines() == kept
    faults = check(vault, deep=True, progress=lambda done, of: None)
    assert not faults, faults


def _one_file_one_row(rows: list[Document], found: dict[str, bytes]) -> None:
    named = {one.path.removeprefix("customers/"): one.digest for one in rows}
    assert len(named) == len(rows)
    assert named == {path: sha256(data).hexdigest() for path, data in found.items()}


def put_aside(vault: Vault) -> set[bytes]:
    """All that lies in quarantine; a refusal may have come before the reason was written."""
    found = tree(vault.layout.quarantine)
    return {data for name, data in found.items() if not name.endswith(".reason.txt")}


def _belongs(lying: dict[str, bytes], aside: set[bytes], archived: set[bytes]) -> None:
    """A stored copy that could not be read is put aside, though it may be sound after all."""
    spared = {data for name, data in lying.items() if name.startswith("damaged ")} & archived
    assert set(lying.values()) - spared == aside, "not what belongs in quarantine"


def _aside(vault: Vault) -> dict[str, bytes]:
    """What lies in quarantine, without the reasons, of which each file has one."""
    found = tree(vault.layout.quarantine)
    files = {name: data for name, data in found.items() if not name.endswith(".reason.txt")}
    for name in found.keys() - files.keys():
        assert name.removesuffix(".reason.txt") in files, "a reason without a file"
    for name in files:
        assert f"{name}.reason.txt" in found or name.startswith("damaged "), "no reason"
    return files


def _adds_up(vault: Vault, received: int, held: set[bytes]) -> None:
    """Every drop has one outcome; whatever has one can be had."""
    counted = account(vault, None)
    assert (counted.received, counted.waiting) == (received, 0), f"{received} drops: {counted}"
    digests = {sha256(data).hexdigest() for data in held}
    with vault.catalogue.read() as tx:
        for receipt in receipts.latest(tx, None, received + 1):
            whole = not receipts.parts_of(tx, receipt.id)
            gone = receipt.document is None and receipt.outcome is not Outcome.QUARANTINED
            assert receipt.digest in digests or not whole or gone, "what a receipt promises"


def _nothing_left(vault: Vault) -> None:
    """No claim, no scratch, no draft."""
    claims = vault.layout.inbox / CLAIMS
    assert list(claims.iterdir()) == []
    assert not vault.layout.scratch.exists() or list(vault.layout.scratch.iterdir()) == []
    assert [path for path in vault.layout.root.rglob(f"{DRAFT}*")] == []
    waiting = [path for path in vault.layout.inbox.rglob("*") if path.is_file()]
    assert {path.name for path in waiting} <= {PAGE}


def _told(vault: Vault, rows: list[Document]) -> None:
    """Manifests list exactly the papers, records end with where each is, in whole lines."""
    listed: dict[str, str] = {}
    told = ""
    for path in vault.layout.customers.rglob("*"):
        if path.name == MANIFEST:
            for line in path.read_text("utf-8").splitlines():
                digest, _, name = line.partition("  ")
                listed[vault.layout.relative(path.with_name(name))] = digest
        elif path.name == RECORDS:
            told += path.read_text("utf-8")
    assert listed == {one.path: one.digest for one in rows}
    for one in rows:
        assert f'"path":"{one.path}"' in told, "the records do not say where it is"
