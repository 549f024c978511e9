"""Takes a document out of the vault for good; the ledger keeps what must be known of it.

The one act by which a paper leaves. It decides nothing: whoever calls it has checked, in the same
transaction, that the paper may go, and names the ledger's word for why. With the commit it is gone
for everybody; the files follow in `finish_leaving`, after a crash at the next start.
"""

import json
from collections.abc import Collection, Mapping

from archiver.catalogue import documents, ledger, notices, originals, queue, tombstones
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.removal import forget_names, remove
from archiver.catalogue.series import files_of
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, Refused
from archiver.core.model import Document, DocumentId
from archiver.custody.stamp import stamp
from archiver.disk import door
from archiver.disk.guard import only_one
from archiver.disk.lines import replace_text, sweep_texts
from archiver.vault.layout import RECORDS
from archiver.vault.vault import Vault

DESTRUCTION = "destruction"
"""The ledger's word for it, after a restore too."""
Facts = Mapping[str, ledger.Fact]


def bury(vault: Vault, document: Document, action: str, facts: Facts | None = None) -> None:
    """Remove a document and its files; nothing happens to one that is gone already.

    Args:
        vault: the open vault.
        document: it may have been moved since it was looked up.
        action: the ledger's word: `destruction`, `withdrawal`, `tombstone_replayed`.
        facts: what else the entry must say (approval, rule, …).
    """
    with vault.catalogue.write() as tx:
        for one in documents.some(tx, [document.id]):
            let_go(tx, one, action, when=stamp(vault, tx), facts=facts)
    finish_leaving(vault)


def let_go(
    tx: Connection,
    document: Document,
    action: str,
    *,
    when: Stamp,
    facts: Facts | None = None,
    act: str | None = None,
) -> None:
    """Take rows, text and fields of all its files away, in the caller's transaction.

    Args:
        tx: the transaction in which it was checked that the document may go.
        document: as the catalogue has it in this transaction.
        action: the ledger's word for why.
        when: when and by whom.
        facts: what else the entries must say.
        act: the act of two people that it goes by.
    """
    files = (document, *files_of(tx, [document.id]).get(document.id, ()))
    notices.notify_about(tx, [one.id for one in files])
    named = {"act": act} if act else {}
    for one in reversed(files):
        entry = ledger.append(tx, when, action, {**(facts or {}), **named, **_facts(one)})
        tombstones.put(tx, one, entry=entry, act=act)
        queue.push(tx, one.id, one.path)
        if (facts or {}).get("was", action) == DESTRUCTION:
            forget_names(tx, one.id)
        remove(tx, one.id)


def _facts(document: Document) -> dict[str, ledger.Fact]:
    return {
        "document": document.id,
        "archive_no": document.archive_no,
        "customer": document.customer,
        "category": document.category,
        "received": document.received_on.isoformat(),
        "sha256": document.digest,
        "size": document.size,
        **({"further_of": document.joined_to} if document.joined_to else {}),
    }


def finish_leaving(vault: Vault) -> None:
    """Remove the files that lost their rows: after an act, and at start-up after a crash.

    A file stays when a row names it after all: the same bytes came again meanwhile. Nobody records
    one while we look, because that is done in a transaction too, which makes sure of its file.

    Raises:
        OSError: the disk refused; the next start goes on.
    """
    with vault.catalogue.read() as tx:
        if not tombstones.leaving(tx):
            return
    with only_one(vault.layout.publishing, "withdraw", wait=True):  # or its lines come again
        with vault.catalogue.read() as tx:
            gone = {one.document for one in tombstones.leaving(tx)}
        forget_lines(vault, gone)
        with vault.catalogue.write() as tx:
            for one in tombstones.leaving(tx):
                if one.document in gone:
                    _take_away(vault, tx, one)


def _take_away(vault: Vault, tx: Connection, one: tombstones.Leaving) -> None:
    path = vault.layout.root / one.path
    if path.parent.is_dir() and not originals.at(tx, one.path):
        door.unlink(path)
        door.sync_folder(path.parent)
    queue.push(tx, one.document, one.path)  # the list of its folder, which goes when it is empty
    tombstones.left(tx, one)


def already_gone(document: DocumentId) -> Refused:
    """What is answered to whoever names a document that has left."""
    return Refused(
        "ALREADY_DESTROYED",
        N_("{document} is no longer in the archive"),
        hint=N_("see what is remembered of it: archiver show {document}"),
        document=document,
    )


def forget_lines(vault: Vault, gone: Collection[DocumentId]) -> None:
    """Take what `records.jsonl` of any customer says of these documents out of it.

    Only for who holds the lock of publishing.
    """
    for path in sorted(vault.layout.customers.glob(f"*/{RECORDS}")):
        sweep_texts(path.parent)
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        whole = (line for line in lines if line.endswith("\n"))
        kept = [line for line in whole if json.loads(line)["document"] not in gone]
        if len(kept) != len(lines):
            replace_text(path, "".join(kept))
