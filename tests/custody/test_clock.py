"""No clock makes anything due by being set back or ahead, until two people believe it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from archiver.catalogue import acts, batches, documents, events, holds, keepings, ledger
from archiver.core.model import Document, DocumentId
from archiver.custody import party
from archiver.custody.act import confirm, propose, waiting
from archiver.custody.clock import clock_day, read_clock
from archiver.custody.fact import add_event
from archiver.custody.stamp import stamp, today
from archiver.custody.standing import answers
from archiver.judge.evaluate import Block
from archiver.vault.vault import Vault
from tests.custody.clocks import START, cautious, days_of, on
from tests.custody.drops import code_of, dropped, sound
from tests.custody.telling import NAME, ORDER, recorded, told
from tests.worlds import NOW, a_vault, acting_as


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as made:
        cautious(made)
        yield made


def two(vault: Vault, kind: str, day: date) -> acts.Act:
    """Propose and confirm at once."""
    act = propose(vault, kind, day.isoformat(), "the battery")
    with acting_as(vault, "archivist"):
        return confirm(vault, act.id)


def paper(vault: Vault, document: DocumentId) -> Document:
    with vault.catalogue.read() as tx:
        (found,) = documents.some(tx, [document])
    return found


def test_an_archive_that_lay_idle(vault: Vault) -> None:
    """What came in before anybody confirmed the clock has its days of grace ahead."""
    party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    on(vault, 200)
    document = dropped(vault, "a.txt", told(ORDER, (START + timedelta(days=150)).isoformat()))
    assert paper(vault, document.id).received_on == START
    assert recorded(vault) == (), "to the trusted day it is still to come"
    assert code_of(lambda: propose(vault, "withdraw", document.id, "no")) == "CLOCK_ANOMALY"
    on(vault, 203)
    shown = clock_day(vault)
    two(vault, "confirm_clock", shown)
    assert paper(vault, document.id).received_on == shown
    (event,) = recorded(vault)
    assert (event.type, event.day) == ("service_completed", START + timedelta(days=150))
    with vault.catalogue.read() as tx:
        reading = read_clock(vault, tx)
        entry = ledger.last(tx, "clock_confirmed")
    assert (reading.trusted, reading.anomaly, reading.since) == (shown, None, None)
    assert entry
    assert (entry.day, entry.facts["papers"]) == (shown, 1)
    assert propose(vault, "withdraw", document.id, "no").id == "A000002"
    sound(vault)


def test_what_came_before_the_jump_keeps_its_day(vault: Vault) -> None:
    before = dropped(vault, "a.txt", "first")
    on(vault, 200)
    with vault.catalogue.write() as tx:
        ledger.append(tx, stamp(vault, tx), "access", {"document": before.id, "how": "show"})
    two(vault, "confirm_clock", clock_day(vault))
    assert days_of(vault) == {before.id: (START, START)}


def test_a_jump_that_came_right_dates_nothing_later(vault: Vault) -> None:
    """Two jumps: what came in the first, which was wrong, is none of the second's."""
    on(vault, 5000)
    first = dropped(vault, "a.txt", "first")
    on(vault, 1)
    dropped(vault, "b.txt", "second")
    on(vault, 300)
    third = dropped(vault, "c.txt", "third")
    two(vault, "confirm_clock", clock_day(vault))
    assert paper(vault, first.id).received_on == START
    assert paper(vault, third.id).received_on == START + timedelta(days=300)


def test_the_first_act_under_a_wrong_clock_is_known(vault: Vault) -> None:
    on(vault, 100)
    with vault.catalogue.read() as tx:
        assert read_clock(vault, tx).since is None
    dropped(vault)
    on(vault, 101)
    with vault.catalogue.read() as tx:
        assert read_clock(vault, tx).since == NOW + timedelta(days=100)


def test_what_was_begun_under_a_clock_that_was_believed_is_void(vault: Vault) -> None:
    document = dropped(vault)
    on(vault, 80)
    later = dropped(vault, "b.txt", "second")
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        number = batches.begin(
            tx, manifest="0", lines={document.id: "{}"}, by=when.actor, on=when.day, opinion=None
        )
        keepings.change(
            tx, document.id, stage="APPROVED", stage_entry=1, batch=number, notice=when.day
        )
        hold = holds.place(
            tx,
            {
                "scope": "document",
                "target": document.id,
                "reason": "r",
                "authority": "court",
                "placed_by": when.actor,
                "placed_on": when.day,
            },
        )
        holds.release(tx, hold, released_by=when.actor, released_on=when.day, released_why="over")
    waits = propose(vault, "withdraw", later.id, "no")
    on(vault, 3)
    right = clock_day(vault)
    two(vault, "clock_reset", right)
    assert days_of(vault) == {document.id: (START, START), later.id: (right, right)}
    with vault.catalogue.read() as tx:
        keeping = keepings.of(tx, document.id)
        assert (keeping.stage, keeping.batch, keeping.notice) == (None, None, right)
        batch = batches.get(tx, number)
        assert batch
        assert [one.left_because for one in batch.items] == [Block.CLOCK_ANOMALY.value]
        assert [one.released_on for one in holds.every(tx)] == [right]
        assert ledger.last(tx, "disposal_stopped", document=document.id)
        act = acts.get(tx, waits.id)
    assert act
    assert act.on == right
    assert act.until <= right + timedelta(days=90)
    sound(vault)


def test_nothing_is_eligible_under_a_clock_that_is_not_believed(vault: Vault) -> None:
    document = dropped(vault)
    for days in (-1, 91):
        on(vault, days)
        with vault.catalogue.read() as tx:
            answer = answers(vault, tx, [document], today(vault, tx))[document.id]
        assert not answer.eligible
        assert answer.clock_anomaly


def test_a_clock_that_went_on_meanwhile_is_still_the_one_agreed_to(vault: Vault) -> None:
    """Two people agreed to one jump, not to the next."""
    on(vault, 200)
    act = propose(vault, "confirm_clock", clock_day(vault).isoformat(), "closed")
    for days in (199, 291):
        on(vault, days)
        with acting_as(vault, "archivist"):
            assert code_of(lambda: confirm(vault, act.id)) == "ACT_CHANGED"
    on(vault, 290)
    with acting_as(vault, "archivist"):
        confirm(vault, act.id)
    with vault.catalogue.read() as tx:
        assert today(vault, tx) == START + timedelta(days=290)
        assert waiting(vault, tx) == ()


def test_holds_and_flags_go_on(vault: Vault) -> None:
    whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    on(vault, -5)
    event = add_event(vault, "accident_reported", customer=whose.id, document=None, day=None)
    assert (event.day, event.recorded_on) == (START, START)
    with vault.catalogue.read() as tx:
        assert events.some(tx, [event.id])
