"""One screen: is everything all right?"""

import shutil
from dataclasses import dataclass
from datetime import date

from archiver.catalogue import documents, ledger, queue, receipts
from archiver.catalogue.ledger import Head
from archiver.report.account import waiting
from archiver.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Status:
    """What an administrator looks at first.

    Attributes:
        documents: archived papers.
        open: of them, those that wait for a person.
        aside: files in quarantine, not settled.
        waiting: files that lie in the inbox.
        behind: index requests not yet published.
        checked_on: the oldest day on which a paper was last found sound.
        free: bytes left on the store's disk.
    """

    documents: int
    open: int
    behind: int
    aside: int
    waiting: int
    checked_on: date | None
    head: Head
    free: int


def status(vault: Vault) -> Status:
    """The state of the vault now."""
    with vault.catalogue.read() as tx:
        papers = list(documents.own_documents(tx))
        undecided = len(documents.waiting(tx))
        behind = queue.length(tx)
        checked = documents.least_checked(tx)
        head = ledger.head(tx)
        aside = len(receipts.aside(tx))
    lying = waiting(vault)
    return Status(
        documents=len(papers),
        open=undecided,
        behind=behind,
        aside=aside,
        waiting=lying,
        checked_on=checked,
        head=head,
        free=shutil.disk_usage(vault.layout.root).free,
    )
