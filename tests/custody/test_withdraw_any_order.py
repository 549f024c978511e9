"""Whatever people do in whatever order: no paper goes that two of them did not agree on."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from archiver.catalogue import acts, documents, ledger, tombstones
from archiver.core.errors import Refused, UsageError
from archiver.core.model import DocumentId
from archiver.custody import party
from archiver.custody.act import confirm, propose, reject
from archiver.custody.fact import add_event
from archiver.intake.publish import publish
from archiver.repair.check import check
from archiver.report.account import account
from archiver.review.decide import assign, queue
from archiver.vault.vault import Vault
from tests.worlds import CONTRACT, NOW, a_vault, acting_as, drop, ingest, papers

SHOPS = ("甲店", "乙店")
PERSON = st.sampled_from(["alice", "bob"])
WHICH = st.integers(min_value=0, max_value=5)


@dataclass
class Proposal:
    """What the model knows of an act."""

    by: str
    paper: DocumentId
    since: date


class Office(RuleBasedStateMachine):
    """Two people, two shops, and a model that knows what must be answered."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._open = a_vault(Path(self._folder.name) / "vault")
        self.vault: Vault = self._open.__enter__()
        self.now, self.latest = NOW, NOW.date()
        self.received: dict[DocumentId, date] = {}
        self.shop: dict[DocumentId, str] = {}
        self.accepted: set[DocumentId] = set()
        self.flagged: set[str] = set()
        self.acts: dict[str, Proposal] = {}
        self.gone: set[DocumentId] = set()
        for shop in SHOPS:
            party.add(self.vault, shop, kind="customer", aliases=[], codes=[])
        self.drop(SHOPS[0], known=True)
        self.drop(SHOPS[1], known=False)

    @contextmanager
    def _by(self, person: str) -> Iterator[Vault]:
        with acting_as(self.vault, person, self.now) as vault:
            yield vault

    @property
    def today(self) -> date:
        return max(self.now.date(), self.latest)

    def _answer(self, run: Callable[[], object]) -> str | None:
        """What an act is refused with; one that is carried out raises the trusted day."""
        try:
            run()
        except Refused as refused:
            return refused.code
        self.latest = self.today
        return None

    def _forbids(self, paper: DocumentId) -> str | None:
        """The model's own answer, in the published order."""
        if self.shop[paper] in self.flagged:
            return "PERMANENT"
        if paper in self.accepted:
            return "ALREADY_ACCEPTED"
        if self.today > self.received[paper] + timedelta(days=30):
            return "TOO_LATE"
        return "CLOCK_ANOMALY" if self.now.date() < self.latest else None

    @precondition(lambda self: len(self.received) < 3)
    @rule(shop=st.sampled_from(SHOPS), known=st.booleans())
    def drop(self, shop: str, known: bool) -> None:
        number = len(self.received) + 1
        text = CONTRACT.format(name=shop) if known else "一只猫"
        with self._by("scanner") as vault:
            drop(vault, f"{shop}/{number}.txt", f"{text}\n第 {number} 份")
            (taken,) = ingest(vault).values()
        self.latest = self.today
        assert taken.document
        self.received[taken.document.id] = self.latest
        self.shop[taken.document.id] = shop

    @rule(person=PERSON, which=WHICH)
    def propose(self, person: str, which: int) -> None:
        paper = sorted(self.received)[which % len(self.received)]
        waiting = [
            one
            for one in self.acts.values()
            if one.paper == paper
            and self.today <= one.since + timedelta(days=90)
            and self.today <= self.received[paper] + timedelta(days=30)
        ]
        with self._by(person) as vault:
            wanted = "ALREADY_DESTROYED" if paper in self.gone else self._forbids(paper)
            if waiting and not wanted:
                with pytest.raises(UsageError):
                    propose(vault, "withdraw", paper, "why")
                return
            made: list[acts.Act] = []
            assert wanted == self._answer(
                lambda: made.append(propose(vault, "withdraw", paper, "why"))
            )
        for act in made:
            self.acts[act.id] = Proposal(person, paper, self.latest)

    @precondition(lambda self: self.acts)
    @rule(person=PERSON, which=WHICH)
    def confirm(self, person: str, which: int) -> None:
        number = sorted(self.acts)[which % len(self.acts)]
        act = self.acts[number]
        wanted = self._forbids(act.paper)
        if self.today > act.since + timedelta(days=90):
            wanted = "ACT_EXPIRED"
        if person == act.by:
            wanted = "SAME_PERSON"
        if act.paper in self.gone:
            wanted = "ALREADY_DESTROYED"
        with self._by(person) as vault:
            assert self._answer(lambda: confirm(vault, number)) == wanted
        if wanted is None:
            self.gone.add(act.paper)
            del self.acts[number]

    @precondition(lambda self: self.acts)
    @rule(person=PERSON, which=WHICH)
    def reject(self, person: str, which: int) -> None:
        number = sorted(self.acts)[which % len(self.acts)]
        with self._by(person) as vault:
            assert self._answer(lambda: reject(vault, number, "no")) is None
        del self.acts[number]

    @rule(person=PERSON)
    def accept(self, person: str) -> None:
        with self._by(person) as vault:
            for document in queue(vault)[:1]:
                assign(vault, document, document.customer, "other")
                self.latest = self.today
                self.accepted.add(document.id)

    @rule(person=PERSON, shop=st.sampled_from(SHOPS), really=st.sampled_from([False] * 5 + [True]))
    def flag(self, person: str, shop: str, really: bool) -> None:
        """Something happens to a customer, now and then a thing that is never forgotten."""
        kind = "accident_reported" if really else "service_completed"
        with self._by(person) as vault:
            whose = party.directory(vault).resolve(shop)
            assert whose
            add_event(vault, kind, customer=whose.id, document=None, day=None)
        self.latest = self.today
        self.flagged |= {shop} if really else set()

    @rule(days=st.sampled_from([-1, 1, 10, 21, 91]))
    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    @invariant()
    def only_what_two_agreed_on_is_gone(self) -> None:
        with self.vault.catalogue.read() as tx:
            living = {one.id for one in documents.all_documents(tx)}
            for paper in self.gone:
                told = tombstones.find(tx, paper)
                assert told
                assert told.act
                act = acts.get(tx, told.act)
                assert act
                assert act.settled
                assert act.settled.by != act.by
        assert living == self.received.keys() - self.gone
        assert len(papers(self.vault)) == len(living)

    def teardown(self) -> None:
        try:
            publish(self.vault)
            assert not check(self.vault, deep=True, progress=lambda done, of: None)
            assert account(self.vault, None).received == len(self.received)
            assert not account(self.vault, None).differs
            with self.vault.catalogue.read() as tx:
                assert ledger.fault(tx) is None
        finally:
            self._open.__exit__(None, None, None)
            self._folder.cleanup()


@pytest.mark.usefixtures("unmeasured")
def test_only_what_two_people_agreed_on_goes() -> None:
    share = settings(max_examples=settings().max_examples // 4, stateful_step_count=25)
    run_state_machine_as_test(Office, settings=share)
