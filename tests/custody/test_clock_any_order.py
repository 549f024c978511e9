"""Whatever the clock shows in whatever order: a model says which day must be believed."""

import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as play

from archiver.catalogue import ledger
from archiver.core.errors import Refused, UsageError
from archiver.core.model import DocumentId
from archiver.custody.act import confirm, propose
from archiver.custody.clock import read_clock
from archiver.custody.stamp import stamp, today
from archiver.vault.vault import Vault
from tests.custody.clocks import MOST, START, cautious, days_of, on
from tests.custody.drops import code_of, sound
from tests.worlds import a_vault, acting_as, drop, ingest


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


@pytest.mark.usefixtures("unmeasured")
def test_whatever_the_clock_says_two_people_decide() -> None:
    share = settings(max_examples=settings().max_examples // 5, stateful_step_count=30)
    play(Clock, settings=share)
