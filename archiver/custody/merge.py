"""Makes one customer of two: who was entered twice, or took over the other's business.

One person is enough, because it only lengthens: every record lives on under both as one, and keeps
what it lived under before. One transaction makes them one; then every paper moves to its new place,
each by an act of its own. That a paper still lies with a customer who has become another *is* the
intent: the next start goes on with those.
"""

from collections.abc import Iterator
from contextlib import suppress

from archiver.catalogue import contexts, customers, documents, ledger, numbers, places, queue
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, DamageFound, Refused, UsageError
from archiver.core.model import UNASSIGNED, Customer, CustomerId, Document, Standing, Verdict
from archiver.custody.matching import evidence_of
from archiver.custody.move import Overtaken, decide
from archiver.custody.party import NEWS
from archiver.custody.relocate import Decision
from archiver.custody.ripple import ripple
from archiver.custody.stamp import stamp
from archiver.judge.contexts import remember
from archiver.vault.vault import Vault


def merge(vault: Vault, customer: CustomerId, into: CustomerId) -> Customer:
    """Make `customer` and `into` one, who goes on as `into`; gives who that is now.

    Events, flags and holds of both count for all. The old id, its names and codes mean the one who
    goes on.

    Raises:
        Refused: they are one already.
        UsageError: there is no such customer.
        OSError: the disk refused; they are one all the same, and the next start completes it.
    """
    with vault.catalogue.write() as tx:
        old, new = _party(tx, customer), _party(tx, into)
        if old.id == new.id:
            raise Refused(
                "SAME_CUSTOMER",
                N_("{customer} and {into} are one customer already"),
                hint=N_("see them with: archiver customer list"),
                customer=customer,
                into=into,
            )
        when = stamp(vault, tx)
        customers.merge(tx, old.id, new.id)
        if new.standing is Standing.PROPOSED:
            customers.activate(tx, new.id)
        facts: dict[str, ledger.Fact] = {"customer": old.id, "into": new.id}
        ledger.append(tx, when, "customers_merged", facts)
        numbers.take(tx, NEWS)
        _live_on(vault, tx, new, when)
    finish_merges(vault)
    with vault.catalogue.read() as tx:
        return _party(tx, new.id)


def finish_merges(vault: Vault) -> None:
    """Move what still lies with a customer who became another: after a merge, and at start-up.

    Raises:
        DamageFound: a file is lost or damaged; everything else is moved.
    """
    with vault.catalogue.read() as tx:
        left = places.left_behind(tx)
    failed: DamageFound | None = None
    for paper in left:
        try:
            with suppress(Overtaken, Refused):  # somebody else has just moved it, or it left
                _bring(vault, paper)
        except DamageFound as error:
            failed = failed or error
    if failed:
        raise failed


def _bring(vault: Vault, paper: Document) -> None:
    """One paper, with all its files, to whom it belongs now; what is open about it stays open."""
    evidence = evidence_of(vault, paper)
    verdict = Verdict(
        findings=evidence.findings,
        customer=paper.customer,
        category=paper.category,
        proposed=paper.proposed,
        why=evidence.why,
        open=paper.open,
    )
    decide(vault, paper, Decision(verdict, "merging", by_person=False))


def _live_on(vault: Vault, tx: Connection, new: Customer, when: Stamp) -> None:
    """From now on every record of both lives under the one they are; the index is told."""
    whole = customers.under(tx, new.id)
    for paper in _papers(tx, whole):
        lived = contexts.of(tx, paper.id)
        if lived and not paper.open:
            newest = lived[-1].owned(new.id, whole, new.kind)
            contexts.put(tx, paper.id, remember(lived, newest))
        queue.push(tx, paper.id, paper.path)
    ripple(vault, tx, when, [new.id])


def _papers(tx: Connection, whole: frozenset[CustomerId]) -> Iterator[Document]:
    for one in sorted(whole):
        yield from documents.of_customer(tx, one)


def _party(tx: Connection, customer: CustomerId) -> Customer:
    """Who that is today.

    Raises:
        UsageError: nobody.
    """
    found = customers.living(tx, customer)
    if found is None or found.id == UNASSIGNED:
        raise UsageError(
            N_("no customer {name}"),
            hint=N_("see them with: archiver customer list"),
            name=customer,
        )
    return found
