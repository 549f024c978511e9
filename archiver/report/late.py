"""What was recorded of a customer too late: its papers had been destroyed before.

A flag cannot undo a destruction, as `judge.evaluate` says of one paper; whoever deals with the
matter must know that papers are gone, and when.
"""

from collections.abc import Collection, Iterator
from datetime import date

from archiver.catalogue import customers, events
from archiver.catalogue.store import Connection
from archiver.catalogue.tombstones import Tombstone
from archiver.custody.standing import event_of, owners
from archiver.judge.facts import RAISES
from archiver.judge.given import Given
from archiver.report.register import Late


def late(tx: Connection, stones: Collection[Tombstone]) -> Iterator[Late]:
    """Each destroyed file with each such event of its customer, under any of its names."""
    whole = customers.composition(tx)
    whose = {one.document: owners(one, whole) for one in stones}
    found = events.concerning(tx, frozenset().union(*whose.values()), (), ())
    recorded = {one.id: one.recorded_on for one in found if one.type in RAISES}
    given = Given(date.min, (event_of(one) for one in found if one.id in recorded))
    for stone in stones:
        facts = stone.told.facts
        for event in given.customer(whose[stone.document]).events:
            if event.entry > stone.told.seq:
                yield Late(
                    document=stone.document,
                    archive_no=stone.archive_no,
                    customer=str(facts.get("customer")),
                    gone_on=date.fromisoformat(str(facts.get("gone_on") or stone.told.day)),
                    certificate=str(facts.get("certificate")),
                    event=event.id,
                    type=event.type,
                    recorded_on=recorded[event.id],
                )
