"""Takes a document out of the vault for good; the ledger keeps what must be known of it.

The one act by which a paper leaves. It decides nothing: whoever calls it has checked that the
paper may go, and names the ledger's word for why.
"""

import json
from collections.abc import Collection, Mapping

from archiver.catalogue import ledger, queue
from archiver.catalogue.removal import remove
from archiver.catalogue.series import files_of
from archiver.core.model import Document, DocumentId
from archiver.custody.stamp import stamp
from archiver.disk import door
from archiver.disk.lines import replace_text
from archiver.vault.layout import RECORDS
from archiver.vault.vault import Vault


def bury(
    vault: Vault, document: Document, action: str, facts: Mapping[str, ledger.Fact] | None = None
) -> None:
    """Remove its files, then rows, text and fields in one transaction with the ledger entries.

    The file goes first: a crash in between leaves a row without a file, which `check` names and
    a repeat completes, never a file that nothing knows. The index is told through the queue.

    Args:
        vault: the open vault.
        document: as the catalogue has it now.
        action: the ledger's word: `destruction`, `withdrawal`, `tombstone_replayed`.
        facts: what else the entry must say (approval, rule, …).
    """
    with vault.catalogue.read() as tx:
        files = (document, *files_of(tx, [document.id]).get(document.id, ()))
    for one in files:
        path = vault.layout.root / one.path
        if path.parent.is_dir():
            door.unlink(path)
            door.sync_folder(path.parent)
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        for one in reversed(files):
            remove(tx, one.id)
            queue.push(tx, one.id, one.path)
            ledger.append(tx, when, action, {**_facts(one), **(facts or {})})


def _facts(document: Document) -> dict[str, ledger.Fact]:
    return {
        "document": document.id,
        "archive_no": document.archive_no,
        "customer": document.customer,
        "category": document.category,
        "sha256": document.digest,
        "size": document.size,
    }


def forget_lines(vault: Vault, gone: Collection[DocumentId]) -> None:
    """Take what `records.jsonl` of any customer says of these documents out of it."""
    for path in sorted(vault.layout.customers.glob(f"*/{RECORDS}")):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        whole = (line for line in lines if line.endswith("\n"))
        kept = [line for line in whole if json.loads(line)["document"] not in gone]
        if len(kept) != len(lines):
            replace_text(path, "".join(kept))
