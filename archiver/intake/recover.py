"""Sets right what a crash left behind; only for an intake that is alone."""

from contextlib import suppress

from archiver.catalogue import documents
from archiver.core.errors import DamageFound
from archiver.core.model import Arrival
from archiver.custody.merge import finish_merges
from archiver.custody.move import finish_moves, moving
from archiver.custody.settlement import clear_away, cut_short
from archiver.custody.tombstone import finish_leaving
from archiver.disk import door
from archiver.disk.digest import digest_of
from archiver.disk.guard import only_one, shape_of
from archiver.disk.place import sweep_drafts
from archiver.disk.scratch import clear
from archiver.vault.vault import Vault


def recover(vault: Vault, left: list[Arrival]) -> None:
    """Complete what was begun, clear half-made copies, make room for the claims to be taken again.

    A copy placed for a claim whose row was never written is removed: the claim still has the
    bytes, and a customer added meanwhile may have changed where the paper belongs.

    Args:
        vault: the open vault; nobody else takes papers in.
        left: the claims without outcome.
    """
    if left or moving(vault):
        _settle_folders(vault)
    with suppress(DamageFound):  # one lost paper keeps nobody waiting: `check` names it
        finish_moves(vault)
    with suppress(DamageFound):
        finish_merges(vault)
    finish_leaving(vault)
    clear_away(vault)
    again = cut_short(vault)
    with only_one(vault.layout.publishing, "recover", wait=True):  # or its drafts are taken away
        sweep_drafts(vault.layout.inbox)
        if left or again:
            sweep_drafts(vault.layout.customers)
            sweep_drafts(vault.layout.quarantine)
            sweep_drafts(vault.layout.exports)
    if left or again:
        parts = [path for path in vault.layout.scratch.rglob("*") if shape_of(path)]
        claimed = [*(arrival.path for arrival in left), *parts]
        digests = {digest_of(path)[0] for path in claimed}
        _clear_rowless(vault, digests | {str(one.digest) for one in again})
    clear(vault.layout.scratch)


def _settle_folders(vault: Vault) -> None:
    """Bring the names of all folders of papers to stable storage.

    One who died between making a folder and syncing its name left one that looks like any other,
    and what is put into it would be lost with it in a power cut.
    """
    customers = vault.layout.customers
    for folder in (customers, *(path for path in customers.iterdir() if path.is_dir())):
        door.sync_folder(folder)


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
