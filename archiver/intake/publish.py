"""Lets the derived files follow the catalogue, a batch at a time.

Index first, then the queue rows go: a crash between repeats the batch, which is harmless.
`records.jsonl`, manifests, `ledger/current.jsonl` and the receipts pages are for people without
this program.
"""

import json
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from time import monotonic

from archiver.catalogue import documents, ledger, queue, tags
from archiver.catalogue.queue import Batch
from archiver.catalogue.store import Connection
from archiver.core.errors import Busy
from archiver.core.model import Document, Field
from archiver.core.proof import canonical
from archiver.custody.anew import finish, tell
from archiver.custody.destruction import verify
from archiver.custody.entry import entries_of
from archiver.custody.listing import manifest_text
from archiver.disk import door
from archiver.disk.guard import only_one
from archiver.disk.lines import append_lines, count_lines, last_line, replace_text, sweep_texts
from archiver.disk.place import in_folder
from archiver.intake.alarm import tell_landed
from archiver.intake.receipts import write_pages
from archiver.vault.layout import CUSTOMERS, MANIFEST, RECORDS
from archiver.vault.vault import Vault

BATCH = 200
_EVERY = 2.0
"""Seconds after which a waiting batch is published although it is small."""


class Publisher:
    """Publishes every 200 papers or two seconds, whichever comes first."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._since = monotonic()
        self._papers = 0

    def after_paper(self) -> None:
        """One more paper has its outcome."""
        self._papers += 1
        if self._papers >= BATCH or monotonic() - self._since >= _EVERY:
            self._publish(customers=False)

    def rest(self) -> None:
        """Publish whatever waits, and tell of what was put aside."""
        self._publish(customers=True)

    def _publish(self, *, customers: bool) -> None:
        follow(self._vault, customers=customers)
        tell_landed(self._vault)
        self._papers = 0
        self._since = monotonic()


def publish(vault: Vault) -> int:
    """Bring everything up to date, and end the making of an index that was lost.

    Returns:
        How many documents were published; 0 too while another process publishes.
    """
    count = follow(vault)
    finish(vault)
    return count


def follow(vault: Vault, *, customers: bool = True) -> int:
    """Bring index, records, manifests, exported ledger and receipts pages up to date.

    Args:
        vault: the open vault.
        customers: whether those are due of whom all papers are asked about. In the midst of an
            intake they are not: each of 10,000 work orders may lengthen all that came before.

    Returns:
        How many documents were published; 0 too while another process publishes.
    """
    count = 0
    try:
        with only_one(vault.layout.publishing, "publish"):
            while published := _batch(vault) or (customers and _whole_customers(vault)):
                count += published
            verify(vault)
            _export_ledger(vault)
            write_pages(vault)
    except Busy:
        pass  # the other one finds our rows in the queue
    return count


def _batch(vault: Vault) -> int:
    """Publish the oldest requests; 0 when there are none."""
    with vault.catalogue.read() as tx:
        batch = queue.peek(tx, BATCH)
        found = documents.some(tx, batch.documents)
        entries = entries_of(vault, tx, found)
        said = tags.of(tx, batch.documents)
        records = [
            (one.path, record_line(one, documents.fields_of(tx, one.id), said.get(one.id, {})))
            for one in found
        ]
    if not batch.last:
        return 0
    gone = set(batch.documents) - {one.id for one in found if not one.joined_to}
    tell(vault, entries, sorted(gone))
    _write_records(vault, records)
    _write_manifests(vault, batch)
    with vault.catalogue.write() as tx:
        queue.drop(tx, batch.last)
    return len(batch.documents)


def _whole_customers(vault: Vault) -> int:
    """Tell the index of the papers of customers to whom something happened; 0 when to none."""
    with vault.catalogue.read() as tx:
        last, asked = queue.customers(tx)
    for customer in asked:
        with vault.catalogue.read() as tx:
            papers = [one.id for one in documents.of_customer(tx, customer)]
        for start in range(0, len(papers), BATCH):
            with vault.catalogue.read() as tx:
                found = documents.some(tx, papers[start : start + BATCH])
                entries = entries_of(vault, tx, found)
            tell(vault, entries, ())
    if last:
        with vault.catalogue.write() as tx:
            queue.drop_customers(tx, last)
    return len(asked)


def _write_records(vault: Vault, records: Iterable[tuple[str, str]]) -> None:
    """Append lines about documents, each with the document's path, to their customers' lists."""
    lines: dict[str, list[str]] = {}
    for where, line in records:
        folder = "/".join(PurePosixPath(where).parts[:2])
        lines.setdefault(folder, []).append(line)
    for folder, new in lines.items():
        path = vault.layout.root / folder / RECORDS
        in_folder(path.parent, partial(append_lines, path, new))


def record_line(document: Document, found: tuple[Field, ...], said: Mapping[str, str]) -> str:
    """All that the catalogue knows of a document but its text, as one line of canonical JSON."""
    return canonical(
        {
            "document": document.id,
            "archive_no": document.archive_no,
            "receipt": document.receipt,
            "sha256": document.digest,
            "size": document.size,
            "media_type": document.media_type,
            "pages": document.pages,
            "source": document.source,
            "customer": document.customer,
            "category": document.category,
            "title": document.title,
            "date": document.doc_date.isoformat() if document.doc_date else None,
            "received": document.received.isoformat(),
            "path": document.path,
            "open": [one.code for one in document.open],
            "joined_to": document.joined_to,
            "position": document.position,
            "fields": {one.name: one.value for one in reversed(found)},
            "tags": list(said.values()),
        }
    )


def _write_manifests(vault: Vault, batch: Batch) -> None:
    """Rebuild the manifest of every folder the batch touched, in BagIt's form (RFC 8493 2.1.3)."""
    with vault.catalogue.read() as tx:
        folders = {folder: _papers_in(tx, folder) for folder in batch.folders}
    for folder, papers in folders.items():
        path = vault.layout.root / folder / MANIFEST
        sweep_texts(path.parent)
        if papers:
            in_folder(path.parent, partial(replace_text, path, manifest_text(papers)))
        elif path.parent.is_dir() and folder.startswith(CUSTOMERS):
            door.unlink(path)
            _remove_if_empty(vault, folder)


def _papers_in(tx: Connection, folder: str) -> list[tuple[str, str]]:
    found = documents.in_folder(tx, folder)
    return [(path.rpartition("/")[2], digest) for path, digest in found]


def _remove_if_empty(vault: Vault, folder: str) -> None:
    """A category folder that lost its last paper goes."""
    path = vault.layout.root / folder
    try:
        path.rmdir()
    except OSError:  # something else lies there: check will name it
        return
    door.sync_folder(path.parent)


def _export_ledger(vault: Vault) -> None:
    """Append the new entries to `ledger/current.jsonl`."""
    path = vault.layout.exported
    there = _exported(path)
    with vault.catalogue.read() as tx:
        new = list(ledger.lines(tx, after=there))
    if new:
        door.make_folder(path.parent)
        append_lines(path, new)
        with vault.catalogue.write() as tx:
            ledger.tell(tx, there + len(new))


def _exported(path: Path) -> int:
    """How many entries are exported: the number of the last one, without reading all of them."""
    try:
        return int(json.loads(last_line(path))["seq"])
    except (ValueError, LookupError, TypeError):
        return count_lines(path)
