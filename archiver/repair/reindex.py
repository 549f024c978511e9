"""Throws the search index away and asks for a new one: it is derived, nothing is lost."""

from archiver.catalogue import documents
from archiver.custody.entry import begin_anew, entries_of
from archiver.disk.guard import only_one
from archiver.vault.vault import Vault

BATCH = 200


def reindex(vault: Vault) -> int:
    """Empty the index and queue every document; the caller publishes. Gives how many."""
    with only_one(vault.layout.publishing, "reindex", wait=True):
        return begin_anew(vault)


def index_all(vault: Vault) -> None:
    """Make the index of a vault in which nobody else is at work; records and manifests stay."""
    vault.search.reset()
    with vault.catalogue.read() as tx:
        papers = tuple(documents.all_documents(tx))
        for start in range(0, len(papers), BATCH):
            vault.search.update(entries_of(vault, tx, papers[start : start + BATCH]), [])
