"""No clock makes anything due by being set back or ahead, until two people believe it."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as play

from archiver.catalogue import acts, batches, documents, events, holds, keepings, ledger
from archiver.core.errors import Refused, UsageError
from archiver.core.model import Document, DocumentId
from archiver.custody import party
from archiver.custody.act import confirm, propose, waiting
from archiver.custody.clock import clock_day, read_clock
from archiver.custody.fact import add_event
from archiver.custody.stamp import stamp, today
from archiver.custody.standing import answers
from archiver.judge.evaluate import Block
from archiver.vault.vault import Vault
from tests.custody.drops import code_of, dropped, sound
from tests.custody.test_fact import NAME, ORDER, recorded, told
from tests.worlds import NOW, a_vault, acting_as, drop, ingest

MOST = 90
START = NOW.date()


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as made:
        cautious(made)
        yield made


def cautious(vault: Vault) -> None:
    """As shipped: a jump of more than 90 days is not believed."""
    clock = vault.settings.clock.model_copy(update={"max_unattended_days": MOST})
    vault.settings = vault.settings.model_copy(update={"clock": clock})


def on(vault: Vault, days: int) -> None:
    """The clock shows so many days after the start."""
    vault.clock = lambda: NOW + timedelta(days=days)


def two(vault: Vault, kind: str, day: date) -> acts.Act:
    """Propose and confirm at once."""
    act = propose(vault, kind, day.isoformat(), "the battery")
    with acting_as(vault, "archivist"):
        return confirm(vault, act.id)


def paper(vault: Vault, document: DocumentId) -> Document:
    with vault.catalogue.read() as tx:
        (found,) = documents.some(tx, [document])
    return found


def days_of(vault: Vault) -> dict[DocumentId, tuple[date, date]]:
    """Document → its days of receipt and inspection."""
    with vault.catalogue.read() as tx:
        kept = keepings.kept(tx)
        return {DocumentId(one.id): (one.received_on, one.checked_on) for one in kept}


@dataclass
class Came:
    """A paper of the model: the clock when it came, the days it counts from."""

    shown: date
    received: date


@dataclass
class Said:
    """A proposal of the model."""

    kind: str
    to: date
    trusted: date
    by: str
    on: date


class Clock(RuleBasedStateMachine):
    """A clock with hands, two people, and a model that knows what must be believed."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._open = a_vault(Path(self._folder.name) / "vault")
        self.vault: Vault = self._open.__enter__()
        cautious(self.vault)
        self.trusted = self.shown = START
        self.papers: dict[DocumentId, Came] = {}
        self.jump: set[DocumentId] = set()
        self.acts: dict[str, Said] = {}

    # ---- the model

    def _believed(self, trusted: date) -> bool:
        return timedelta(0) <= self.shown - trusted <= timedelta(days=MOST)

    @property
    def day(self) -> date:
        return self.shown if self._believed(self.trusted) else self.trusted

    def _written(self) -> None:
        """An entry was written: the trusted day is raised, what came in a jump is settled."""
        if self._believed(self.trusted):
            self.jump.clear()
        self.trusted = self.day

    # ---- what happens

    @rule(days=st.sampled_from([-200, -91, -1, 1, 30, 89, 90, 91, 200]))
    def turn(self, days: int) -> None:
        self.shown += timedelta(days=days)
        on(self.vault, (self.shown - START).days)

    @rule()
    def act(self) -> None:
        with self.vault.catalogue.write() as tx:
            when = stamp(self.vault, tx)
            ledger.append(tx, when, "access", {})
        self._written()
        assert when.day == self.trusted

    @precondition(lambda self: len(self.papers) < 4)
    @rule()
    def take_in(self) -> None:
        name = f"{len(self.papers)}.txt"
        drop(self.vault, name, name)
        document = ingest(self.vault)[name].document
        assert document
        self._written()
        self.papers[document.id] = Came(self.shown, self.trusted)
        if not self._believed(self.trusted):
            self.jump.add(document.id)

    @rule(
        kind=st.sampled_from(["confirm_clock", "clock_reset"]),
        by=st.sampled_from(["alice", "bob"]),
        days=st.sampled_from([-100, -1, 0, 1]),
    )
    def propose(self, kind: str, by: str, days: int) -> None:
        ahead = self.shown > self.day
        to = self.shown if kind == "confirm_clock" else self.day + timedelta(days=days)
        waits = any(
            (one.kind, one.to) == (kind, to) and self.day <= one.on + timedelta(days=90)
            for one in self.acts.values()
        )
        with acting_as(self.vault, by) as vault:
            if waits or (kind == "confirm_clock" and not ahead):
                with pytest.raises(UsageError):
                    propose(vault, kind, to.isoformat(), "why")
            elif kind == "clock_reset" and days > 0:
                refused = code_of(lambda: propose(vault, kind, to.isoformat(), "why"))
                assert refused == "NOT_LOWER"
            else:
                act = propose(vault, kind, to.isoformat(), "why")
                self._written()
                self.acts[act.id] = Said(kind, to, self.trusted, by, self.trusted)

    def _forbids(self, said: Said, by: str) -> str | None:
        if by == said.by:
            return "SAME_PERSON"
        if self.day > said.on + timedelta(days=90):
            return "ACT_EXPIRED"
        if self.day != said.trusted:
            return "ACT_CHANGED"
        if said.kind == "confirm_clock":
            if self.shown <= self.day:
                return "UsageError"
            if not self._believed(said.to):
                return "ACT_CHANGED"
        return None

    @precondition(lambda self: self.acts)
    @rule(which=st.integers(0, 5), by=st.sampled_from(["alice", "bob"]))
    def confirm(self, which: int, by: str) -> None:
        number = sorted(self.acts)[which % len(self.acts)]
        said = self.acts[number]
        wanted = self._forbids(said, by)
        answer = None
        with acting_as(self.vault, by) as vault:
            try:
                confirm(vault, number)
            except Refused as refused:
                answer = refused.code
            except UsageError:
                answer = "UsageError"
        assert answer == wanted
        if wanted is None:
            del self.acts[number]
            self._confirmed() if said.kind == "confirm_clock" else self._reset(said.to)

    def _confirmed(self) -> None:
        for one in self.jump:
            if self.papers[one].shown > self.papers[one].received:
                self.papers[one].received = self.shown
        self.jump.clear()
        self.trusted = self.shown

    def _reset(self, to: date) -> None:
        if self._believed(self.trusted):
            self.jump.clear()
        self.trusted = to
        self._written()
        for came in self.papers.values():
            came.received = min(came.received, self.trusted)
        for said in self.acts.values():
            said.on = min(said.on, self.trusted)

    @invariant()
    def the_archive_believes_what_the_model_believes(self) -> None:
        with self.vault.catalogue.read() as tx:
            reading = read_clock(self.vault, tx)
            assert today(self.vault, tx) == reading.trusted == self.day
        wrong = None if self._believed(self.trusted) else self.shown > self.day
        assert reading.anomaly == {None: None, True: "ahead", False: "behind"}[wrong]
        came = {one: (paper.received, paper.received) for one, paper in self.papers.items()}
        assert days_of(self.vault) == came

    def teardown(self) -> None:
        try:
            sound(self.vault)
            with self.vault.catalogue.read() as tx:
                assert ledger.fault(tx) is None
        finally:
            self._open.__exit__(None, None, None)
            self._folder.cleanup()


def test_whatever_the_clock_says_two_people_decide() -> None:
    share = settings(max_examples=settings().max_examples // 5, stateful_step_count=30)
    play(Clock, settings=share)


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
