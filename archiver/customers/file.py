"""What is kept of one customer, at a glance."""

from collections import defaultdict
from dataclasses import dataclass

from archiver.catalogue import documents
from archiver.core.model import Customer, Document
from archiver.custody.party import directory
from archiver.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Shelf:
    """The papers of one category.

    Attributes:
        newest: the one with the latest date; without dates the one that came in last.
    """

    category: str
    papers: int
    newest: Document


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """A customer's papers.

    Attributes:
        shelves: by category, in the order in which categories are declared.
        open: papers of the customer, or proposed for it, that wait for a person.
    """

    customer: Customer
    shelves: tuple[Shelf, ...]
    open: tuple[Document, ...]


def file_of(vault: Vault, customer: Customer) -> CustomerFile:
    """Gather what is kept of `customer`."""
    with vault.catalogue.read() as tx:
        papers = documents.of_customer(tx, customer.id)
        waiting = documents.waiting(tx)
    by_category: dict[str, list[Document]] = defaultdict(list)
    for paper in papers:
        by_category[paper.category].append(paper)
    order = [*vault.categories.by_code, *sorted(by_category.keys() - vault.categories.by_code)]
    return CustomerFile(
        customer=customer,
        shelves=tuple(
            Shelf(code, len(by_category[code]), max(by_category[code], key=_age))
            for code in order
            if code in by_category
        ),
        open=tuple(one for one in waiting if customer.id in {one.customer, one.proposed}),
    )


def _age(paper: Document) -> tuple[bool, str, str]:
    day = paper.doc_date
    return (day is not None, day.isoformat() if day else "", paper.id)


def find(vault: Vault, text: str) -> list[tuple[Customer, int]]:
    """Whom a part of a name, an id or a code may mean, each with the number of papers."""
    with vault.catalogue.read() as tx:
        counts = documents.counts_by_customer(tx)
    return [(one, counts.get(one.id, 0)) for one in directory(vault).like(text)]
