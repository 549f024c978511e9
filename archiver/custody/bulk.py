"""Events that the company's own system hands over: many at once, none of them twice."""

from collections.abc import Sequence

from archiver.catalogue import customers, events
from archiver.catalogue.store import Connection
from archiver.core.model import CustomerId
from archiver.custody.fact import Told, enter, reached
from archiver.custody.ripple import ripple
from archiver.custody.stamp import stamp
from archiver.vault.vault import Vault

_AT_ONCE = 200
"""Events written in one transaction: an intake beside it waits no longer than that."""


def import_events(vault: Vault, told: Sequence[Told]) -> tuple[int, int]:
    """Record events; gives how many, and how many the archive knew already.

    What is known (the same kind, customer under any id, day, case and paper, not void) is passed
    over, so that a file can be handed over again, after a crash too.
    """
    new = 0
    for start in range(0, len(told), _AT_ONCE):
        with vault.catalogue.write() as tx:
            new += _some(vault, tx, told[start : start + _AT_ONCE])
    return new, len(told) - new


def _some(vault: Vault, tx: Connection, told: Sequence[Told]) -> int:
    whole = customers.composition(tx)

    def whose(one: CustomerId | None) -> frozenset[CustomerId]:
        return whole.get(one, frozenset({one})) if one else frozenset()

    whom = {name for one in told for name in whose(one.customer)}
    known = {
        (whose(one.customer), one.type, one.day, one.case_no, one.document)
        for one in events.concerning(tx, whom, (), ())
        if not one.void
    }
    when = stamp(vault, tx)
    touched: set[CustomerId] = set()
    count = 0
    for one in told:
        key = (whose(one.customer), one.type, one.day, one.case_no, one.document)
        if key not in known:
            known.add(key)
            touched |= reached(tx, enter(tx, when, one))
            count += 1
    if touched:
        ripple(vault, tx, when, touched, words=False)
    return count
