"""Throws the search index away and asks for a new one: it is derived, nothing is lost."""

from archiver.catalogue import documents, queue
from archiver.vault.vault import Vault


def reindex(vault: Vault) -> int:
    """Empty the index and queue every document; the caller publishes. Gives how many."""
    vault.search.reset()
    with vault.catalogue.write() as tx:
        papers = tuple(documents.all_documents(tx))
        for document in papers:
            queue.push(tx, document.id, document.path)
    return len(papers)
