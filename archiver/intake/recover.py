"""Sets right what a crash left behind; only for an intake that is alone."""

from archiver.catalogue import documents
from archiver.core.model import Arrival
from archiver.custody.move import finish_moves
from archiver.disk import door
from archiver.disk.digest import digest_of
from archiver.disk.guard import shape_of
from archiver.disk.place import sweep_drafts
from archiver.disk.scratch import clear
from archiver.vault.vault import Vault


def recover(vault: Vault, left: list[Arrival]) -> None:
    """Complete begun moves, clear half-made copies, make room for the claims to be taken again.

    A copy placed for a claim whose row was never written is removed: the claim still has the
    bytes, and a customer added meanwhile may have changed where the paper belongs.

    Args:
        vault: the open vault; nobody else takes papers in.
        left: the claims without outcome.
    """
    finish_moves(vault)
    sweep_drafts(vault.layout.inbox)
    if left:
        sweep_drafts(vault.layout.customers)
        sweep_drafts(vault.layout.quarantine)
        parts = [path for path in vault.layout.scratch.rglob("*") if shape_of(path)]
        claimed = [*(arrival.path for arrival in left), *parts]
        _clear_rowless(vault, {digest_of(path)[0] for path in claimed})
    clear(vault.layout.scratch)


def _clear_rowless(vault: Vault, claimed: set[str]) -> None:
    """Remove files under `customers/` that hold claimed bytes and that no row names."""
    with vault.catalogue.read() as tx:
        named = {document.path for document in documents.all_documents(tx)}
    beginnings = {digest[:8] for digest in claimed}
    for path in vault.layout.customers.rglob("*"):
        ours = path.stem[-8:] in beginnings and vault.layout.relative(path) not in named
        if ours and shape_of(path) and digest_of(path)[0] in claimed:
            door.unlink(path)
            door.sync_folder(path.parent)
