"""What follows from an act that retention counts from, in the transaction of that act.

Holds catch what they cover now; review and approval of what may not go any more are void; the
index, which keeps due days, is told. Every act on events, rules, holds, customers or the values of
a paper ends with `ripple`, or with its parts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from archiver.catalogue import batches, customers, documents, holds, keepings, ledger, queue, series
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.store import Connection
from archiver.core.model import CustomerId, DocumentId
from archiver.custody.entry import words_of
from archiver.custody.standing import Facts
from archiver.declarations.findable import FIELDS
from archiver.search.matching import matches
from archiver.search.parse import parse
from archiver.vault.vault import Vault

_NAMES = {name: name for name in FIELDS}
"""The words for fields in the query of a hold: no declaration can change what it means."""
STOPPED = "disposal_stopped"
"""The ledger's word for it when a record leaves its batch."""


def ripple(
    vault: Vault,
    tx: Connection,
    when: Stamp,
    whom: Collection[CustomerId] | None = None,
    *,
    words: bool = True,
) -> None:
    """Let everything follow the act.

    Args:
        vault: the open vault.
        tx: the transaction of the act.
        when: the stamp of the act.
        whom: the customers whose records it may touch; None for everybody's.
        words: what a search finds them by may have changed too, a name say; not so for events.
    """
    whole = customers.composition(tx)
    reached = None if whom is None else {x for one in whom for x in whole.get(one, {one})}
    catch(vault, tx, when, keepings.of_customers(tx, reached), words=words)
    void(vault, tx, when, keepings.on_the_way(tx, reached))
    tell_index(tx, reached if reached is not None else customers.kinds(tx))


def tell_index(tx: Connection, whom: Collection[CustomerId]) -> None:
    """Ask for the days of every record of some customers, whom else they belong to now."""
    for customer in sorted(whom):
        queue.push_customer(tx, customer)
    for document, path in keepings.elsewhere(tx, whom):
        queue.push(tx, DocumentId(document), path)


def catch(
    vault: Vault,
    tx: Connection,
    when: Stamp,
    papers: Collection[DocumentId] | None,
    *,
    words: bool = True,
) -> None:
    """What a hold covers now stays caught until its release, whatever becomes of its values.

    A hold on one file of a document is a hold on all of them.

    Args:
        vault: the open vault.
        tx: the transaction of the act.
        when: the stamp of the act.
        papers: the files that may be caught now; None for all there are.
        words: ask the queries of holds too: each needs a look at the whole text.
    """
    active = holds.active(tx)
    if not any(words or hold.scope in {"customer", "case"} for hold in active):
        return
    family = series.family(tx, papers)
    facts = Facts(vault, tx, when.day, None if papers is None else {*papers, *family})
    found: dict[str, set[DocumentId]] = defaultdict(set)
    covering = [hold for hold in facts.given.all_holds if hold.released is None]
    for record in facts.records():
        for one in covering:
            if one.covers(record):
                found[one.id].add(record.id)
    if words:
        heads = None if papers is None else {family.get(one, one) for one in papers}
        for hold, document in _asked(vault, tx, when, heads):
            found[hold].add(document)
    for name, caught in found.items():
        wholes = {family[one] for one in caught if one in family}
        holds.catch(tx, name, {*caught, *(one for one in family if family[one] in wholes)})


def _asked(
    vault: Vault, tx: Connection, when: Stamp, papers: Collection[DocumentId] | None
) -> Iterator[tuple[str, DocumentId]]:
    """Hold and document, for every document that the query of a hold means as it is now."""
    asking = [hold for hold in holds.active(tx) if hold.scope == "query"]
    queries = [(hold, parse(hold.target, _NAMES)) for hold in asking]
    if not queries:
        return
    found = documents.own_documents(tx) if papers is None else documents.some(tx, papers)
    free = (one for one in found if any(one.id not in hold.documents for hold in asking))
    for entry in words_of(vault, tx, free):
        for hold, query in queries:
            if matches(query, entry, when.day):
                yield hold.id, DocumentId(entry.document)


def void(vault: Vault, tx: Connection, when: Stamp, papers: Iterable[DocumentId]) -> None:
    """End review and approval of records that may not go any more; a wrong clock alone does not."""
    wanted = list(papers)
    if not wanted:
        return
    facts = Facts(vault, tx, when.day, wanted, trusting=True)
    for planned in facts.stream():
        block = planned.answer.block_reason
        if block is not None:
            leave(tx, when, planned.record.id, block.value)


def leave(tx: Connection, when: Stamp, document: DocumentId, why: str) -> None:
    """Take a record out of its batch: it is neither in review nor approved any more.

    Args:
        tx: the transaction.
        when: the stamp of the act.
        document: the record.
        why: a block reason, or the outcome of its appraisal.
    """
    batch = keepings.of(tx, document).batch
    keepings.change(tx, document, stage=None, stage_entry=None, batch=None)
    if batch:
        batches.leave(tx, batch, document, why)
    facts: dict[str, ledger.Fact] = {"document": document, "batch": batch, "because": why}
    ledger.append(tx, when, STOPPED, facts)
