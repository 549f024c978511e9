"""What follows from an act that retention counts from, in the transaction of that act.

Holds catch what they cover now; review and approval of what may not go any more are void; the
index, which keeps due days, is told. Every act on events, rules, holds, customers or the values of
a paper ends with `ripple`, or with its parts.
"""

from collections.abc import Collection, Iterable

from archiver.catalogue import batches, customers, holds, keepings, ledger, queue
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.store import Connection
from archiver.core.model import CustomerId, DocumentId
from archiver.custody.standing import Facts
from archiver.vault.vault import Vault

STOPPED = "disposal_stopped"
"""The ledger's word for it when a record leaves its batch."""


def ripple(
    vault: Vault, tx: Connection, when: Stamp, whom: Collection[CustomerId] | None = None
) -> None:
    """Let everything follow the act.

    Args:
        vault: the open vault.
        tx: the transaction of the act.
        when: the stamp of the act.
        whom: the customers whose records it may touch; None for everybody's.
    """
    whole = customers.composition(tx)
    reached = None if whom is None else {x for one in whom for x in whole.get(one, {one})}
    catch(vault, tx, when, keepings.of_customers(tx, reached))
    void(vault, tx, when, keepings.on_the_way(tx, reached))
    for customer in sorted(reached if reached is not None else customers.kinds(tx)):
        queue.push_customer(tx, customer)


def catch(vault: Vault, tx: Connection, when: Stamp, papers: Collection[DocumentId] | None) -> None:
    """What a hold covers now stays caught until its release, whatever becomes of its values."""
    active = {hold.id: hold for hold in holds.active(tx) if hold.scope != "document"}
    if not active:
        return
    facts = Facts(vault, tx, when.day, papers)
    covering = [hold for hold in facts.given.all_holds if hold.id in active]
    for record in facts.records():
        for hold in covering:
            if hold.covers(record):
                holds.catch(tx, hold.id, [record.id])


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
