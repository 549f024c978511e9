"""Two archives live through the same random acts: the real one, and books kept by other means.

After every act they must say the same of every record and refuse with the same code, and the
properties of retention must hold in the real one (P1-P11, P16; the others are those of the judge in
`tests.judge.test_properties`). By day some 5,000 steps are played, by night 100,000. A story that
fails is not made shorter: every step costs a whole archive.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import cast

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from archiver.judge.evaluate import Answer, State
from tests.judge.books import Settings
from tests.judge.steps import Refusal, Step
from tests.judge.test_properties import BEGIN, SETS, ZONE
from tests.judge.timeline import Timeline
from tests.nightly import often
from tests.oracle.archive import Archive
from tests.oracle.scratch import scratch_vault

SHOWN = (
    *("state", "retain_through", "due_date", "permanent", "exception", "governing_rules"),
    *("eligible", "block_reason", "held", "pending_shortening", "incident", "restricted"),
    *("legal_review", "clock_anomaly", "inspection_overdue", "late_event"),
)
"""What an answer says; the sentences may differ."""
FINAL = {State.DESTROYED, State.WITHDRAWN}

docs = st.sampled_from(["D1", "D2", "D3", "D4"])
customers = st.sampled_from(["K1", "K2", "K3"])
people = st.sampled_from(["u1", "u2", "u3"])
pairs = st.lists(people, min_size=1, max_size=2)
days = st.integers(-1500, 60).map(lambda n: (BEGIN + timedelta(n)).isoformat())
cases = st.sampled_from([None, "W1", "W2"])
reasons = st.sampled_from(["because", "because", "because", ""])
kinds = st.sampled_from(
    [
        *("service_completed", "service_completed", "purchase_completed", "licence_replaced"),
        *("dispute_opened", "dispute_settled", "authority_instruction", "authority_released"),
        *("accident_reported", "marked_doubtful", "doubt_cleared"),
    ]
)
numbers = st.sampled_from(["E1", "E2", "E3", "E4"])
flags = st.sampled_from(["dispute", "accident", "doubtful", "authority_instruction"])
one_doc = docs.map(lambda doc: [doc])
scopes = st.one_of(
    st.fixed_dictionaries({"doc": docs}),
    st.fixed_dictionaries({"customer": customers}),
    st.sampled_from(["order", "tax"]).map(lambda code: {"query": {"doc_type": code}}),
)
Keys = st.SearchStrategy[object]


def an(act: str, **keys: Keys) -> st.SearchStrategy[Step]:
    return st.fixed_dictionaries({"type": st.just(act), **keys}).map(lambda one: cast(Step, one))


FACTS = (
    an("event", event=kinds, customer=customers, date=days),
    an("event", event=kinds, customer=customers, date=days, source=st.just("read")),
    an("event", event=kinds, customer=customers, date=days, case=cases, doc=docs),
    an("event", event=kinds, customer=customers),
    an("confirm_event", event_id=numbers),
    an("correct_event", event_id=numbers, date=days),
    an("void_event", event_id=numbers, by=pairs),
)
PAPERS = (
    an("accept", doc=docs),
    an("assign", doc=docs, customer=customers),
    an("move_doc", doc=docs, to=customers),
    an("set_doc_type", doc=docs, value=st.sampled_from(["order", "tax", "minutes", "photo"])),
    an("set_case", doc=docs, value=cases),
    an("set_doc_date", doc=docs, value=days),
    an("withdraw", doc=docs, by=pairs, reason=reasons),
    an("fixity", doc=docs, result=st.sampled_from(["OK", "OK", "ALTERED", "MISSING"])),
    an("incident_close", doc=docs, by=pairs, resolution=st.just("mended")),
)
PERIODS = (
    an("rule_set", rule_set=st.sampled_from(sorted(SETS))),
    an("approve_shortening", docs=one_doc, by=pairs),
    an(
        "reappraise",
        customer=customers,
        flag=flags,
        keep_years_after_end=st.integers(0, 4),
        by=pairs,
    ),
    an("extend", doc=docs, until=days),
    an("hold_place", hold=st.sampled_from(["H1", "H2"]), reason=reasons, scope=scopes),
    an("hold_release", hold=st.sampled_from(["H1", "H2"]), reason=reasons),
    an("merge_customers", **{"from": customers, "into": customers}),
    an("split_customer", customer=customers, new=st.just("K4"), docs=one_doc, by=pairs),
    an("erasure_request", customer=customers),
)
witnesses = st.one_of(st.just(["u1", "u2"]), st.lists(people, max_size=2))
DISPOSAL = (
    an("review_start", doc=docs),
    an("approve", doc=docs),
    an("review_extend", doc=docs, years=st.integers(1, 3)),
    an("review_permanent", doc=docs),
    an("destroy", doc=docs, witnesses=witnesses),
    an("user_delete", doc=docs),
)
ON_THE_WAY = (DISPOSAL[0], DISPOSAL[1], DISPOSAL[4])
acts = st.one_of(*FACTS, *PAPERS, *PERIODS, *DISPOSAL, *ON_THE_WAY, *ON_THE_WAY, *ON_THE_WAY)
waits = st.one_of(st.integers(0, 12), st.integers(0, 12), st.integers(-40, 500))
stories = st.lists(st.tuples(waits, acts, people), min_size=10, max_size=24)

BEGINNING: tuple[dict[str, object], ...] = (
    {"type": "ingest", "doc": "D1", "customer": "K1", "doc_type": "order", "case": "W1"},
    {"type": "ingest", "doc": "D2", "customer": "K2", "doc_type": "tax", "doc_date": "2016-03-01"},
    {"type": "ingest", "doc": "D3", "customer": None, "doc_type": "order"},
    {"type": "ingest", "doc": "D4", "customer": "K1", "doc_type": "photo"},
    {"type": "event", "event": "service_completed", "customer": "K1", "date": "2018-01-05"},
    {"type": "event", "event": "service_completed", "customer": "K2", "source": "read"},
    {"type": "event", "event": "licence_replaced", "customer": "K2", "date": "2017-01-05"},
    {"type": "event", "event": "purchase_completed", "customer": "K3", "date": "2018-06-01"},
)


class Both:
    """The two archives, and what a story must not do to them because no command could."""

    def __init__(self, real: Archive, books: Timeline) -> None:
        self.real, self.books = real, books
        self.void: set[str] = set()

    def possible(self, step: Step) -> bool:
        """Whether a person could try it at all: the thing named must be there."""
        match step["type"]:
            case "confirm_event" | "correct_event" | "void_event":
                return step["event_id"] not in self.void
            case "hold_place":
                return step["hold"] not in self.books.holds
            case "hold_release":
                hold = self.books.holds.get(step["hold"])
                return hold is not None and hold.released is None
            case "incident_close":
                return self.books.records[step["doc"]].incident
            case "split_customer":
                whose = self.books._whose(step["customer"])
                named = self.books.papers[step["docs"][0]].customers
                return "K4" not in self.real.customers and whose == named and bool(whose)
            case _:
                return True

    def act(self, step: Step) -> str | None:
        """Take a step in both; gives the code of the refusal, which must be the same."""
        codes = [_taken(one, step) for one in (self.real, self.books)]
        assert codes[0] == codes[1], f"{step}: {codes[0]}, the books say {codes[1]}"
        if step["type"] == "void_event" and codes[0] is None:
            self.void.add(step["event_id"])
        return codes[0]

    def expected(self, at: str) -> dict[str, Answer]:
        """What the books say of every record, which was what both said when they last met."""
        self.books.look(at)
        return {doc: self.books.answer(doc) for doc in self.real.papers}

    def answers(self, at: str) -> dict[str, Answer]:
        """What the real one says of every record; the books must say the same."""
        self.real.look(at)
        found, expected = self.real.answers(), self.expected(at)
        for doc, answer in found.items():
            wanted = expected[doc]
            for name in SHOWN:
                said, meant = getattr(answer, name), getattr(wanted, name)
                assert said == meant, f"{doc}: {name} is {said!r}, the books say {meant!r}"
        return found


def _taken(archive: Archive | Timeline, step: Step) -> str | None:
    try:
        archive.act(step)
    except Refusal as refusal:
        return refusal.code
    return None


@contextmanager
def both() -> Iterator[Both]:
    """Two archives with the same four papers and four events."""
    vault_settings = Settings(ZONE)
    with scratch_vault(SETS["all"], vault_settings) as vault:
        one = Both(
            Archive(vault, SETS.__getitem__),
            Timeline(SETS["all"], SETS.__getitem__, vault_settings),
        )
        for number, step in enumerate(BEGINNING):
            named = {"event_id": f"E{number - 3}"} if step["type"] == "event" else {}
            one.act(cast(Step, {"at": BEGIN.isoformat(), **named, **step}))
        yield one


@pytest.mark.usefixtures("unmeasured")
@given(stories)
@settings(max_examples=often(290), phases=[Phase.explicit, Phase.generate])
def test_two_archives_say_the_same(story: list[tuple[int, Step, str]]) -> None:
    with both() as pair:
        day = BEGIN
        for number, (wait, act, person) in enumerate(story):
            day += timedelta(days=wait)
            given = {"at": day.isoformat(), "by": person, "event_id": f"X{number}", **act}
            step = cast(Step, given)
            if not pair.possible(step):
                continue
            before = pair.expected(step["at"])
            code = pair.act(step)
            after = pair.answers(step["at"])
            if code:
                assert _plain(after) == _plain(before), "a refused act changed something"
            _holds_good(step, before, after, pair)


def _plain(answers: dict[str, Answer]) -> dict[str, tuple[object, ...]]:
    return {doc: tuple(getattr(one, name) for name in SHOWN) for doc, one in answers.items()}


def _holds_good(
    step: Step, before: dict[str, Answer], after: dict[str, Answer], pair: Both
) -> None:
    """P1-P8, P10, P11."""
    for doc, now in after.items():
        was = before[doc]
        gone = now.state in FINAL
        assert pair.real.gone(doc) == gone
        assert pair.real.there(doc) != gone
        assert not (now.permanent and (now.due_date or now.eligible))
        assert not (now.clock_anomaly and now.eligible)
        if now.state in {State.EXCEPTION, State.AWAITING_TRIGGER, State.UNSCHEDULED}:
            assert not now.eligible
        if was.state in FINAL:
            assert now.state is was.state
        elif now.state is State.DESTROYED:
            assert step["type"] == "destroy"
            assert was.state is State.APPROVED
            assert was.eligible
            assert not was.held
            assert was.due_date
            assert was.due_date <= date.fromisoformat(step["at"])
            assert {*step["witnesses"]} - {step["by"]}
