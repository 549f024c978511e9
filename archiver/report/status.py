"""One screen: is everything all right?"""

import shutil
from dataclasses import dataclass
from datetime import date

from archiver.catalogue import (
    documents,
    events,
    holds,
    incidents,
    ledger,
    queue,
    receipts,
    rule_sets,
)
from archiver.catalogue.ledger import Head
from archiver.custody import act
from archiver.custody.clock import Reading, read_clock
from archiver.custody.rules import Files, files
from archiver.custody.standing import terms_of
from archiver.custody.witness import INSPECTION
from archiver.report.account import waiting
from archiver.search.base import Asked, IndexDamaged
from archiver.search.query import Everything
from archiver.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Status:
    """What an administrator looks at first.

    Attributes:
        documents: archived papers.
        open: of them, those that wait for a person.
        told: events that were read off papers and wait to be confirmed.
        aside: files in quarantine, not settled.
        waiting: files that lie in the inbox.
        acts: what waits for a second person.
        incidents: damage found that two people have not settled.
        holds_overdue: holds whose review date has passed.
        behind: index requests not yet published.
        unsearchable: why no search is possible; None when one is.
        inspections_overdue: files whose content was found sound too long ago.
        checked_on: the oldest day on which a paper was last found sound.
        inspected_on: the day of the last check, or of an earlier one that read more and found
            damage; None before the first.
        faults: what it found, and of these the strangers among the papers.
        clock: the trusted day, and whether the clock fits it.
        rules: how the rules in the files stand to those in force.
        version: content hash of those in force; None in a vault that has recorded none yet.
        free: bytes left on the store's disk.
    """

    documents: int
    open: int
    told: int
    behind: int
    unsearchable: IndexDamaged | None
    aside: int
    waiting: int
    acts: int
    incidents: int
    holds_overdue: int
    inspections_overdue: int
    checked_on: date | None
    inspected_on: date | None
    faults: int
    strangers: int
    head: Head
    clock: Reading
    rules: Files
    version: str | None
    free: int


def horizon(vault: Vault, day: date) -> date:
    """A paper that was last found sound before it has an overdue inspection on `day`."""
    return date.fromordinal(max(1, day.toordinal() - terms_of(vault).inspection_interval))


def _unsearchable(vault: Vault) -> IndexDamaged | None:
    try:
        vault.search.search(Asked(Everything(), date.min, limit=0))
    except IndexDamaged as error:
        return error
    return None


def status(vault: Vault) -> Status:
    """The state of the vault now."""
    with vault.catalogue.read() as tx:
        papers = list(documents.own_documents(tx))
        undecided = len(documents.waiting(tx))
        told = events.count_waiting(tx)
        behind = queue.length(tx)
        checked = documents.least_checked(tx)
        last = ledger.last(tx, INSPECTION)
        deep = ledger.last(tx, INSPECTION, deep=1)
        head = ledger.head(tx)
        aside = len(receipts.aside(tx))
        acts = len(act.waiting(vault, tx))
        clock = read_clock(vault, tx)
        damaged = len(incidents.of(tx))
        unread = documents.unchecked_since(tx, horizon(vault, clock.trusted))
        overdue = sum(one.standing(clock.trusted) == "overdue" for one in holds.active(tx))
        rules, version = files(vault, tx), rule_sets.in_force(tx)
    lying = waiting(vault)
    found = last.facts if last else {}
    if last and deep and not found.get("faults") and deep.facts.get("damaged"):
        last, found = deep, deep.facts  # what is damaged stays so until somebody reads it again
    return Status(
        documents=len(papers),
        open=undecided,
        told=told,
        behind=behind,
        unsearchable=_unsearchable(vault),
        aside=aside,
        waiting=lying,
        acts=acts,
        incidents=damaged,
        holds_overdue=overdue,
        inspections_overdue=unread,
        checked_on=checked,
        inspected_on=last.day if last else None,
        faults=int(found.get("faults") or 0),
        strangers=int(found.get("strangers") or 0),
        head=head,
        clock=clock,
        rules=rules,
        version=version,
        free=shutil.disk_usage(vault.layout.root).free,
    )
