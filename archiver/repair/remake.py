"""Makes again what follows the catalogue: index, manifests, records, the exported ledger.

Manifests and records are asked for by the queue, as after any act; who calls publishes.
"""

import os
from pathlib import Path, PurePosixPath

from archiver.catalogue import documents, ledger, queue
from archiver.core.model import Document, DocumentId
from archiver.custody.anew import BATCH, tell
from archiver.custody.entry import entries_of
from archiver.custody.healing import drop_name, remade, set_aside
from archiver.disk import door
from archiver.disk.digest import digest_of
from archiver.disk.guard import only_one, shape_of
from archiver.disk.lines import replace_bytes, replace_text
from archiver.repair.fault import Fault
from archiver.repair.follow import exported_lines, read_records, unrecorded
from archiver.repair.reindex import index_all
from archiver.search.base import IndexDamaged
from archiver.vault.layout import MANIFEST
from archiver.vault.vault import Vault


def remake_index(vault: Vault, told: list[str]) -> None:
    """Tell the index about the documents `told` as they are now; all of it when it is torn."""
    with only_one(vault.layout.publishing, "publish", wait=True):
        for start in range(0, len(told), BATCH):
            _tell(vault, told[start : start + BATCH])
    try:
        vault.search.documents()
    except IndexDamaged:
        index_all(vault)


def _tell(vault: Vault, told: list[str]) -> None:
    with vault.catalogue.read() as tx:
        found = documents.some(tx, [DocumentId(one) for one in told])
        entries = entries_of(vault, tx, found)
    known = {one.document for one in entries}
    tell(vault, entries, [one for one in told if one not in known])


def remake_listing(vault: Vault, fault: Fault) -> None:
    """Ask for a manifest or records anew; a list of nothing goes, its lines are kept aside."""
    path = vault.layout.root / (fault.file or "")
    if fault.kind == "extra":
        if path.name == MANIFEST:
            drop_name(vault, path)
        else:
            set_aside(vault, path)
            drop_name(vault, path)
        return
    if os.path.lexists(path) and not shape_of(path):
        set_aside(vault, path)
    folder = PurePosixPath(vault.layout.relative(path.parent))
    with vault.catalogue.read() as tx:
        below = [
            one
            for one in documents.all_documents(tx)
            if PurePosixPath(one.path).is_relative_to(folder)
        ]
    asked = below[:1] if path.name == MANIFEST else _unwritten(vault, path, below)
    with vault.catalogue.write() as tx:
        for one in asked:
            queue.push(tx, one.id, one.path)


def _unwritten(vault: Vault, path: Path, below: list[Document]) -> tuple[Document, ...]:
    """The documents whose lines are lacking; lines that are none are kept aside, with the rest."""
    content = path.read_bytes() if shape_of(path) else b""
    told, torn = read_records(content)
    if torn:
        whole = [line for line in content.split(b"\n")[:-1] if line not in torn]
        with only_one(vault.layout.publishing, "publish", wait=True):
            set_aside(vault, path)
            replace_bytes(path, b"".join(line + b"\n" for line in whole))
    return unrecorded(below, told)


def remake_ledger(vault: Vault) -> bool:
    """Export the catalogue's ledger anew; another one that lies there is kept beside it.

    Returns:
        False when it cannot be said which of the two is right: the catalogue's chain is broken, or
        it has fewer entries than were exported.
    """
    path = vault.layout.exported
    with only_one(vault.layout.publishing, "publish", wait=True):
        with vault.catalogue.read() as tx:
            kept = list(ledger.lines(tx))
            broken = ledger.fault(tx)
            told = ledger.told(tx)
        exported, _ = exported_lines(path)
        if broken or len(exported) > len(kept) or told > len(kept):
            return False
        found = "missing"
        if os.path.lexists(path):
            found = _keep(path, exported == [line.encode() for line in kept[: len(exported)]])
        door.make_folder(path.parent)
        replace_text(path, "".join(f"{line}\n" for line in kept))
    remade(vault, {"ledger": len(kept), "found": found})
    return True


def _keep(path: Path, is_beginning: bool) -> str:
    """Keep an exported ledger that says something else under a name of its own."""
    if is_beginning:
        return "short"
    digest = digest_of(path)[0] if shape_of(path) else "-"
    door.rename(path, path.with_name(f"altered-{digest[:8]}.jsonl"))
    door.sync_folder(path.parent)
    return digest
