"""The register of customers."""

from archiver.catalogue import customers, documents
from archiver.core.model import UNASSIGNED, Customer
from archiver.custody.merge import merge
from archiver.custody.party import add, learn, rename
from archiver.vault.vault import Vault

__all__ = ["add", "learn", "listed", "merge", "rename"]


def listed(vault: Vault) -> list[tuple[Customer, int]]:
    """Every customer with the number of papers filed under it, by number."""
    with vault.catalogue.read() as tx:
        counts = documents.counts_by_customer(tx)
        found = customers.all_customers(tx)
    return [(one, counts.get(one.id, 0)) for one in found if one.id != UNASSIGNED]
