"""Throws the search index away and asks for a new one: it is derived, nothing is lost."""

from archiver.catalogue import documents, queue
from archiver.custody.entry import entries_of
from archiver.vault.vault import Vault

BATCH = 200


def reindex(vault: Vault) -> int:
    """Empty the index and queue every file; the caller publishes. Gives how many documents."""
    vault.search.reset()
    with vault.catalogue.write() as tx:
        papers = tuple(documents.all_documents(tx))
        for document in papers:
            queue.push(tx, document.id, document.path)
    return sum(not one.joined_to for one in papers)


def index_all(vault: Vault) -> None:
    """Make the index of a vault in which nobody else is at work; records and manifests stay."""
    vault.search.reset()
    with vault.catalogue.read() as tx:
        papers = tuple(documents.all_documents(tx))
        for start in range(0, len(papers), BATCH):
            vault.search.update(entries_of(vault, tx, papers[start : start + BATCH]), [])
