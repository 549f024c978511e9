"""Stories of what happened, and of what two people agree on."""

from datetime import date
from pathlib import Path

from archiver.catalogue import events, ledger, tags
from archiver.core.model import CustomerId
from archiver.custody import act, fact, party
from archiver.custody.tag import tag
from archiver.intake.publish import publish
from archiver.review import series
from archiver.vault.vault import Vault
from tests.faults.story import (
    INSIDE,
    NAME,
    ORDER,
    SCANNED,
    STRAY,
    TWO,
    Story,
    answer_all,
    every_paper,
    filed,
    known,
    one_waits,
)
from tests.worlds import (
    LICENCE,
    NOW,
    acting_as,
    drop,
    ingest,
)


def _event(vault: Vault, world: Path) -> None:
    first = every_paper(vault)[0]
    fact.add_event(
        vault, "relationship_ended", customer=first.customer, document=None, day=NOW.date()
    )
    publish(vault)


def _joined(vault: Vault, world: Path) -> None:
    """A document of two files, each with a tag of its own."""
    filed(vault, world)
    papers = every_paper(vault)
    for one, word in zip(papers, ("甲", "乙"), strict=True):
        tag(vault, [one.id], add=[word], remove=[])
    series.join(vault, papers)
    publish(vault)


def _tag(vault: Vault, world: Path) -> None:
    tag(vault, [every_paper(vault)[0].id], add=["重要"], remove=["乙"])
    publish(vault)


def _tagged_once(vault: Vault, world: Path) -> None:
    """Both files have what both were given, and the ledger says so once, however often it is."""
    _tag(vault, world)
    with vault.catalogue.read() as tx:
        assert [list(one.values()) for one in tags.of(tx).values()] == [["甲", "重要"]]
        said = [dict(one.facts) for one in ledger.noted(tx, ["tagging"])]
    assert [(one["added"], one["removed"]) for one in said] == [(1, 0), (1, 0), (1, 1)]


def _orders(vault: Vault, world: Path) -> None:
    """A customer for whom a service counts already, so that a later one lengthens it."""
    whose = known(vault)
    fact.add_event(
        vault, "service_completed", customer=CustomerId(whose), document=None, day=date(2020, 1, 1)
    )
    publish(vault)
    drop(vault, "a.txt", ORDER)
    drop(vault, "不知道/b.txt", STRAY)


def _tell(vault: Vault, world: Path) -> None:
    ingest(vault)
    answer_all(vault, world)


def _told_once(vault: Vault, world: Path) -> None:
    """Each paper tells its event once, confirmed or not."""
    _tell(vault, world)
    with vault.catalogue.read() as tx:
        found = events.all_events(tx)
    read = sorted((one.day, one.document or "") for one in found if one.source == "read")
    assert [day for day, _ in read] == [date(2024, 5, 10), date(2024, 6, 1)], read
    assert len({document for _, document in read}) == 2, read


def _orders_filed(vault: Vault, world: Path) -> None:
    _orders(vault, world)
    _tell(vault, world)


def _confirm(vault: Vault, world: Path) -> None:
    with vault.catalogue.read() as tx:
        waits = events.waiting(tx)
    fact.confirm_events(vault, waits)
    publish(vault)


def _all_confirmed(vault: Vault, world: Path) -> None:
    _confirm(vault, world)
    _told_once(vault, world)
    with vault.catalogue.read() as tx:
        assert not events.count_waiting(tx)


def _proposed(vault: Vault, world: Path) -> None:
    """One file of a wrong drop, and a paper of two files; both wait for a second person."""
    one_waits(vault, world)
    drop(vault, "IMG_1.txt", INSIDE)
    drop(vault, "IMG_2.txt", SCANNED)
    drop(vault, "d.txt", LICENCE)
    ingest(vault)
    papers = {one.source: one for one in every_paper(vault)}
    series.join(vault, [papers["IMG_1.txt"], papers["IMG_2.txt"]])
    for name in ("c.txt", "IMG_1.txt"):
        act.propose(vault, "withdraw", papers[name].id, "a cat")
    publish(vault)


def _misread(vault: Vault, world: Path) -> None:
    """An event that never happened; a second person must say so."""
    filed(vault, world)
    whose = party.directory(vault).resolve(NAME)
    if whose:
        fact.add_event(vault, "dispute_opened", customer=whose.id, document=None, day=None)
    act.propose(vault, "void_event", "E000001", "another customer's")
    publish(vault)


def agree(vault: Vault, world: Path) -> None:
    """A second person says yes to all that still waits."""
    with acting_as(vault, "archivist"):
        with vault.catalogue.read() as tx:
            waiting = act.waiting(vault, tx)
        for one in waiting:
            act.confirm(vault, one.id)
    publish(vault)


_TOLD = (ORDER.encode(), STRAY.encode())

HAPPENED = {
    "void": Story(_misread, agree, 2, TWO, again=agree),
    "tag": Story(_joined, _tag, 2, TWO, again=_tagged_once),
    "event": Story(filed, _event, 2, TWO),
    "told": Story(_orders, _tell, 2, _TOLD, again=_told_once),
    "confirm": Story(_orders_filed, _confirm, 2, _TOLD, again=_all_confirmed),
    "withdraw": Story(_proposed, agree, 4, (LICENCE.encode(),), again=agree),
}
