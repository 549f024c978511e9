"""Whatever people do in whatever order: no paper goes that two of them did not agree on."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from archiver.catalogue import acts, documents, ledger, tombstones
from archiver.core.errors import Refused, UsageError
from archiver.core.model import DocumentId
from archiver.custody import party
from archiver.custody.act import confirm, propose, reject
from archiver.custody.fact import add_event
from archiver.intake.publish import publish
from archiver.repair.check import check
from archiver.report.account import account
from archiver.review.decide import assign
from archiver.vault.vault import Vault
from tests.worlds import CONTRACT, NOW, a_vault, acting_as, drop, ingest, papers

SHOPS = ("甲店", "乙店")
PERSON = st.sampled_from(["alice", "bob", "carol"])
PAPER = st.integers(min_value=1, max_value=4).map(lambda number: DocumentId(f"D{number:06d}"))
ACT = st.integers(min_value=1, max_value=4).map(lambda number: f"A{number:06d}")
REFUSED = (Refused, UsageError, StopIteration)


class Office(RuleBasedStateMachine):
    """Three people, two shops, and a model that remembers what forbids a withdrawal."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._open = a_vault(Path(self._folder.name) / "vault")
        self.vault: Vault = self._open.__enter__()
        self.now = self.latest = NOW
        self.received: dict[str, datetime] = {}
        self.shop: dict[str, str] = {}
        self.accepted: set[str] = set()
        self.flagged: set[str] = set()
        self.proposers: dict[str, tuple[str, str, datetime]] = {}
        self.gone: set[str] = set()
        for shop in SHOPS:
            party.add(self.vault, shop, kind="customer", aliases=[], codes=[])

    @contextmanager
    def _by(self, person: str) -> Iterator[Vault]:
        with acting_as(self.vault, person, self.now) as vault:
            yield vault

    def _did(self) -> None:
        """An act that was carried out raises the trusted day."""
        self.latest = max(self.latest, self.now)

    @rule(shop=st.sampled_from(SHOPS), known=st.booleans())
    def drop(self, shop: str, known: bool) -> None:
        number = len(self.received) + 1
        if number > 4:
            return
        text = CONTRACT.format(name=shop) if known else "一只猫"
        with self._by("scanner") as vault:
            drop(vault, f"{shop}/{number}.txt", f"{text}\n第 {number} 份")
            (taken,) = ingest(vault).values()
        self._did()
        assert taken.document
        self.received[taken.document.id] = self.latest
        self.shop[taken.document.id] = shop

    @rule(person=PERSON, paper=PAPER)
    def propose(self, person: str, paper: DocumentId) -> None:
        with suppress(*REFUSED), self._by(person) as vault:
            act = propose(vault, "withdraw", paper, "why")
            self._did()
            self.proposers[act.id] = (person, paper, self.latest)

    @rule(person=PERSON, act=ACT)
    def confirm(self, person: str, act: str) -> None:
        with suppress(*REFUSED), self._by(person) as vault:
            done = confirm(vault, act)
            proposer, paper, since = self.proposers[act]
            assert done.subject == paper
            assert person != proposer
            assert self.now.date() >= self.latest.date(), "the clock was behind"
            assert (self.now.date() - self.received[paper].date()).days <= 30
            assert (self.now.date() - since.date()).days <= 90
            assert paper not in self.accepted
            assert self.shop[paper] not in self.flagged
            assert paper not in self.gone
            self.gone.add(paper)
            self._did()

    @rule(person=PERSON, act=ACT)
    def reject(self, person: str, act: str) -> None:
        with suppress(*REFUSED), self._by(person) as vault:
            reject(vault, act, "no")
            self._did()
            self.proposers.pop(act)

    @rule(person=PERSON, paper=PAPER)
    def accept(self, person: str, paper: DocumentId) -> None:
        with suppress(*REFUSED), self._by(person) as vault:
            with vault.catalogue.read() as tx:
                document = next(iter(documents.some(tx, [paper])))
            assign(vault, document, document.customer, "other")
            self._did()
            self.accepted.add(paper)

    @rule(person=PERSON, shop=st.sampled_from(SHOPS))
    def flag(self, person: str, shop: str) -> None:
        with self._by(person) as vault:
            whose = party.directory(vault).resolve(shop)
            assert whose
            add_event(vault, "accident_reported", customer=whose.id, document=None, day=None)
        self._did()
        self.flagged.add(shop)

    @rule(days=st.sampled_from([-2, -1, 1, 15, 29, 30, 31]))
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


def test_only_what_two_people_agreed_on_goes() -> None:
    share = settings(max_examples=settings().max_examples // 2, stateful_step_count=25)
    run_state_machine_as_test(Office, settings=share)
