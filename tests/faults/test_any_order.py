"""Drops, decisions, power cuts and refusals in any order; in the end nothing is lost or twice."""

import gc
import random
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from archiver.core.errors import ArchiverError
from archiver.custody import fact, party
from archiver.intake.publish import publish
from archiver.repair.reindex import index_all
from archiver.review.decide import assign, queue
from archiver.vault.vault import Vault
from tests.faults.disk import REFUSALS, Gate, Refusing, behind
from tests.faults.harness import restarted
from tests.faults.invariants import sound
from tests.faults.kills import KINDS, NAME, Office, opened
from tests.faults.mains import MODES, Cutting, PowerCut, room
from tests.worlds import NOW, ingest, reopened


def decide(vault: Vault) -> None:
    """Answer the first question."""
    whose = party.directory(vault).resolve(NAME)
    for document in queue(vault)[:1]:
        assign(vault, document, whose.id if whose else None, None)
    publish(vault)


def report(vault: Vault) -> None:
    """Something happened to the customer."""
    whose = party.directory(vault).resolve(NAME)
    assert whose
    fact.add_event(vault, "relationship_ended", customer=whose.id, document=None, day=NOW.date())


Act = Callable[[Vault], object]
ACTS: tuple[Act, ...] = (ingest, ingest, ingest, ingest, decide, report, index_all, publish)
ACT = st.sampled_from(ACTS)
DROPS = st.lists(st.tuples(st.sampled_from(sorted(set(KINDS))), st.integers(0, 9)), max_size=2)
AT = st.sampled_from(range(90))  # not integers(), which would try the first acts most
CUT = st.tuples(AT, st.sampled_from(MODES))
REFUSAL = st.tuples(st.sampled_from(list(REFUSALS)), AT, st.booleans())
Drops = list[tuple[str, int]]


class Days(RuleBasedStateMachine):
    """One vault and whatever happens to it."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(dir=room())
        self._office: Office = opened(Path(self._folder.name) / "vault", 0)

    def _drop(self, drops: Drops) -> None:
        office = self._office
        for kind, seed in drops:
            office.dice = random.Random(seed)  # noqa: S311 - which bytes come again
            dropped = office.made(kind, office.received)
            office.note(dropped, known=True)
            (office.layout.inbox / dropped.name).write_bytes(dropped.data)

    @rule(drops=DROPS, act=ACT, cut=CUT)
    def cut(self, drops: Drops, act: Act, cut: tuple[int, str]) -> None:
        self._drop(drops)
        with suppress(PowerCut):
            self._under(act, Cutting(self._office.root, *cut))

    @rule(drops=DROPS, act=ACT, refusal=REFUSAL)
    def refuse(self, drops: Drops, act: Act, refusal: tuple[int, int, bool]) -> None:
        self._drop(drops)
        code, at, lasting = refusal
        with suppress(ArchiverError, OSError):
            self._under(act, Refusing(code, at, lasting=lasting))

    def _under(self, act: Act, gate: Gate) -> None:
        with reopened(self._office.root) as vault, behind(gate, self._office.root):
            act(vault)

    def teardown(self) -> None:
        office = self._office
        try:
            with reopened(office.root) as vault:
                restarted(vault)
                sound(vault, received=office.received, archived=office.archived, aside=office.aside)
        finally:
            self._folder.cleanup()
            gc.collect()


# Whoosh leaves its files to the garbage collector when it cannot go on.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.usefixtures("unmeasured")
def test_whatever_happens_in_whatever_order() -> None:
    share = settings(max_examples=settings().max_examples // 4, stateful_step_count=8)
    run_state_machine_as_test(Days, settings=share)
