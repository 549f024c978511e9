"""Whatever becomes of papers in whatever order: what a hold caught it keeps, what fits is caught.

The model asks the query of each document by brute force after every step.
"""

import tempfile
from contextlib import suppress
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

from archiver.catalogue import documents, series
from archiver.core.errors import ArchiverError, UsageError
from archiver.core.model import Document, DocumentId
from archiver.custody import party
from archiver.custody.entry import words_of
from archiver.custody.fact import add_event
from archiver.custody.hold import place, release
from archiver.custody.standing import answers
from archiver.custody.tag import tag
from archiver.declarations.findable import FIELDS
from archiver.intake.publish import publish
from archiver.repair.check import check
from archiver.review import series as joining
from archiver.review.correct import Correction, correct
from archiver.review.decide import assign
from archiver.search.parse import parse
from archiver.vault.vault import Vault
from tests.search.oracle import means
from tests.worlds import CONTRACT, NOW, a_vault, drop, ingest

SHOPS = ("甲样本店", "乙样本店")
QUERIES = (
    "甲案",
    "NOT 甲案",
    "customer:甲样本",
    "category:contract",
    "amount:>=500",
    "别名样本",
    "tag:急",
)
WHICH = st.integers(min_value=0, max_value=3)
NAMES = {name: name for name in FIELDS}


class Office(RuleBasedStateMachine):
    """Papers that come, are decided, corrected, joined and parted while holds come and go."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._open = a_vault(Path(self._folder.name) / "vault")
        self.vault: Vault = self._open.__enter__()
        self.shops = [
            party.add(self.vault, name, kind="customer", aliases=[], codes=[]).id for name in SHOPS
        ]
        self.caught: dict[str, set[DocumentId]] = {}
        self.asked: dict[str, tuple[str, str]] = {}
        self.dropped = 0
        self.drop(shop=0, said="甲案")
        self.drop(shop=None, said="")

    def _papers(self) -> list[Document]:
        with self.vault.catalogue.read() as tx:
            return list(documents.own_documents(tx))

    def _one(self, which: int) -> Document:
        found = self._papers()
        return found[which % len(found)]

    @precondition(lambda self: self.dropped < 4)
    @rule(shop=st.none() | st.sampled_from([0, 1]), said=st.sampled_from(["甲案", ""]))
    def drop(self, shop: int | None, said: str) -> None:
        self.dropped += 1
        text = "便条" if shop is None else CONTRACT.format(name=SHOPS[shop])
        drop(self.vault, f"IMG_{self.dropped}.txt", f"{text}\n{said}\n第{self.dropped}份")
        ingest(self.vault)

    @precondition(lambda self: len(self.caught) < 3)
    @rule(aimed=st.sampled_from(QUERIES) | st.sampled_from([0, 1]))
    def place(self, aimed: str | int) -> None:
        scope = "query" if isinstance(aimed, str) else "customer"
        aim = aimed if isinstance(aimed, str) else self.shops[aimed]
        hold = place(self.vault, scope, aim, reason="x")
        self.asked[hold.id], self.caught[hold.id] = (scope, aim), set()

    @precondition(lambda self: self.asked)
    @rule(which=WHICH)
    def release(self, which: int) -> None:
        hold = sorted(self.asked)[which % len(self.asked)]
        release(self.vault, hold, "over")
        del self.asked[hold], self.caught[hold]

    @rule(which=WHICH, shop=st.sampled_from([0, 1]), category=st.sampled_from(["other", "invoice"]))
    def decide(self, which: int, shop: int, category: str) -> None:
        paper = self._one(which)
        with suppress(ArchiverError):
            if paper.open:
                assign(self.vault, paper, self.shops[shop], category)
            else:
                said = Correction({}, customer=self.shops[shop], category=category)
                correct(self.vault, paper, said)

    @rule(which=WHICH, amount=st.sampled_from(["100", "600"]))
    def correct(self, which: int, amount: str) -> None:
        with suppress(UsageError):
            correct(self.vault, self._one(which), Correction({"amount": amount}))

    @rule(one=WHICH, other=WHICH)
    def join(self, one: int, other: int) -> None:
        with suppress(UsageError):
            joining.join(self.vault, [self._one(one), self._one(other)])

    @rule(which=WHICH)
    def part(self, which: int) -> None:
        with suppress(UsageError):
            joining.part(self.vault, self._one(which))

    @rule(which=WHICH, urgent=st.booleans())
    def tag(self, which: int, urgent: bool) -> None:
        add, remove = ([], ["急"])[:: -1 if urgent else 1]
        tag(self.vault, [self._one(which).id], add=add, remove=remove)

    @rule(shop=st.sampled_from([0, 1]))
    def alias(self, shop: int) -> None:
        with suppress(UsageError):
            party.learn(self.vault, self.shops[shop], aliases=["别名样本店"], codes=[])

    @rule(shop=st.sampled_from([0, 1]))
    def event(self, shop: int) -> None:
        whose = self.shops[shop]
        add_event(self.vault, "service_completed", customer=whose, document=None, day=None)

    @invariant()
    def what_fits_is_caught_and_what_is_caught_stays(self) -> None:
        papers = self._papers()
        with self.vault.catalogue.read() as tx:
            entries = {DocumentId(one.document): one for one in words_of(self.vault, tx, papers)}
            files = series.family(tx)
            judged = answers(self.vault, tx, papers, NOW.date())
        for hold, (scope, aim) in self.asked.items():
            members = self.caught[hold]
            for paper in papers:
                wholes = {paper.id, *(one for one, head in files.items() if head == paper.id)}
                fits = (
                    means(parse(aim, NAMES), entries[paper.id], NOW.date())
                    if scope == "query"
                    else paper.customer == aim
                )
                if fits or wholes & members:
                    members |= wholes
        for paper in papers:
            expected = any(paper.id in members for members in self.caught.values())
            assert judged[paper.id].held == expected, (paper.id, self.asked, self.caught)

    def teardown(self) -> None:
        publish(self.vault)
        assert not check(self.vault, deep=True, progress=lambda done, of: None)
        self._open.__exit__(None, None, None)
        self._folder.cleanup()


@pytest.mark.usefixtures("unmeasured")
def test_nothing_escapes_a_hold() -> None:
    run_state_machine_as_test(
        Office, settings=settings(max_examples=12, stateful_step_count=15, deadline=None)
    )
