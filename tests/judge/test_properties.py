"""Properties of the evaluation over invented archives that grow by random acts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from archiver.declarations.retention import RuleSet
from archiver.declarations.rule import Rule
from archiver.declarations.sentences import SENTENCES, sentence
from archiver.judge.clock import Trusted
from archiver.judge.evaluate import Answer, Block, State, evaluate
from tests.judge.books import Settings
from tests.judge.steps import NEEDS_TWO, Refusal, Step
from tests.judge.timeline import Timeline

ZONE = ZoneInfo("Asia/Shanghai")
BEGIN = date(2021, 1, 1)
DOCS = ("D1", "D2", "D3")
ORDER = {State.UNSCHEDULED: 0, State.AWAITING_TRIGGER: 2, State.EXCEPTION: 3, State.PERMANENT: 4}


def rule(id_: str, categories: str, **said: object) -> Rule:
    """A rule; without a trigger it keeps for ever."""
    outcome = {"outcome": "period", "start": "next_day"} if said else {"outcome": "permanent"}
    match = {"categories": categories.split()}
    written = {"id": id_, "title": {"zh": id_, "en": id_}, "match": match, "basis": "internal"}
    return Rule.model_validate({**written, **outcome, **said})


def listening(*events: str, scope: str = "customer", pick: str = "latest") -> dict[str, object]:
    return {"events": events, "scope": scope, "pick": pick}


DISPUTED = rule("F", "*").model_copy(
    update={"match": rule("F", "*").match.model_copy(update={"flags": frozenset({"dispute"})})}
)
SERVED = rule("S", "*", trigger=listening("service_completed"), period="2y")
SOLD = rule("B", "*", trigger=listening("service_completed", "purchase_completed"), period="8m")
FIRST = rule(
    "L",
    "order tax",
    trigger=listening("service_completed", "licence_replaced", pick="earliest"),
    period="5y",
)
CASED = rule("W", "order", trigger=listening("service_completed", scope="case"), period="40d")
ENDED = rule(
    "C",
    "order photo",
    trigger={
        **listening("licence_replaced", scope="document"),
        "customer_events": ["purchase_completed"],
        "allow_future": True,
    },
    period="30d",
)
PAPER = rule("T", "tax", trigger={"event": "doc_date"}, period="3y", start="next_jan_1")
MINUTES = rule("P", "minutes")
RULES = (SERVED, SOLD, FIRST, CASED, ENDED, PAPER, MINUTES, DISPUTED)
SETS = {
    "served": RuleSet((DISPUTED, SERVED)),
    "sold": RuleSet((SOLD, DISPUTED)),
    "first": RuleSet((FIRST, PAPER)),
    "cased": RuleSet((CASED, DISPUTED, MINUTES)),
    "ended": RuleSet((ENDED, PAPER)),
    "all": RuleSet((SERVED, PAPER, MINUTES, DISPUTED)),
}

days = st.integers(-900, 200).map(lambda n: (BEGIN + timedelta(n)).isoformat())
docs = st.sampled_from(DOCS)
customers = st.sampled_from(["K1", "K2", "K3"])
kinds = st.sampled_from(
    ["service_completed", "purchase_completed", "licence_replaced", "dispute_opened"]
)
cases = st.sampled_from([None, "W1", "W2"])


def an(act: str, **keys: st.SearchStrategy[object]) -> st.SearchStrategy[Step]:
    return st.fixed_dictionaries({"type": st.just(act), **keys}).map(lambda one: cast(Step, one))


events = an(
    "event",
    event=kinds,
    customer=customers,
    date=days,
    case=cases,
    source=st.sampled_from(["person", "person", "read"]),
)
about_a_paper = an(
    "event", event=st.just("licence_replaced"), customer=customers, doc=docs, date=days
)
numbers = st.sampled_from(["#5", "#6", "#7", "#8"])
one_person = st.one_of(
    events,
    events,
    about_a_paper,
    an("assign", doc=docs, customer=customers),
    an("move_doc", doc=docs, to=customers),
    an("set_doc_type", doc=docs, value=st.sampled_from(["order", "tax", "minutes", "photo"])),
    an("set_doc_date", doc=docs, value=days),
    an("set_case", doc=docs, value=cases),
    an("extend", doc=docs, until=days),
    an("confirm_event", event_id=numbers),
    an("correct_event", event_id=numbers, date=days),
    an("rule_set", rule_set=st.sampled_from(sorted(SETS))),
    an("merge_customers", **{"from": customers, "into": customers}),
    an("hold_place", hold=st.sampled_from(["H1", "H2"]), scope=st.builds(dict, customer=customers)),
    an("fixity", doc=docs, result=st.sampled_from(["OK", "ALTERED"])),
    an("erasure_request", customer=customers),
)
two_people = st.one_of(
    an("approve_shortening", docs=docs.map(lambda doc: [doc])),
    an("void_event", event_id=numbers),
    an(
        "split_customer",
        customer=customers,
        new=st.just("K4"),
        docs=docs.map(lambda doc: [doc]),
    ),
)
waits = st.integers(0, 300)
Steps = list[tuple[int, Step]]
Answers = dict[str, Answer]
acts: st.SearchStrategy[Steps] = st.lists(
    st.tuples(waits, st.one_of(one_person, one_person, two_people)), max_size=12
)


def archive() -> Timeline:
    """Three papers, and four events numbered from 5 on: a step each."""
    timeline = Timeline(SETS["all"], SETS.__getitem__, Settings(ZONE))
    begin: list[dict[str, object]] = [
        {"type": "ingest", "doc": "D1", "customer": "K1", "doc_type": "order", "case": "W1"},
        {
            "type": "ingest",
            "doc": "D2",
            "customer": "K2",
            "doc_type": "tax",
            "doc_date": "2020-03-01",
        },
        {"type": "ingest", "doc": "D3", "customer": None, "doc_type": "order"},
        {"type": "accept", "doc": "D1"},
        {"type": "event", "event": "service_completed", "customer": "K1", "case": "W1"},
        {"type": "event", "event": "service_completed", "customer": "K2", "source": "read"},
        {"type": "event", "event": "licence_replaced", "customer": "K2"},
        {"type": "event", "event": "purchase_completed", "customer": "K3"},
    ]
    for one in begin:
        timeline.act(cast(Step, {"at": BEGIN.isoformat(), **one}))
    return timeline


def replayed(timeline: Timeline, steps: Steps) -> Iterator[tuple[Step, Answers, Answers]]:
    """Play `steps`: each that is taken, with the answers before and after it on the same day."""
    day = BEGIN
    for wait, one in steps:
        day += timedelta(days=wait)
        step = cast(Step, {**one, "at": day.isoformat(), "by": ["a", "b"], "reason": "because"})
        timeline.look(step["at"])
        before = answers(timeline)
        try:
            timeline.act(step)
        except Refusal:
            assert answers(timeline) == before
            continue
        yield step, before, answers(timeline)


def grown(steps: Steps) -> Timeline:
    """An archive after `steps`."""
    timeline = archive()
    for _ in replayed(timeline, steps):
        pass
    return timeline


def answers(timeline: Timeline) -> Answers:
    given = timeline.given()
    return {doc: evaluate(record, given) for doc, record in timeline.records.items()}


def strength(answer: Answer) -> tuple[int, date]:
    return ORDER.get(answer.state, 1), answer.retain_through or date.min


@given(acts)
def test_what_one_person_does_never_shortens(steps: Steps) -> None:
    """P9, P13, P16: only what was awaited, or an exception put right, may lead to a date."""
    for step, before, after in replayed(archive(), steps):
        if step["type"] in NEEDS_TWO:
            continue
        for doc, was in before.items():
            now = after[doc]
            if was.state is State.AWAITING_TRIGGER:
                assert now.state is not State.UNSCHEDULED
            elif was.state is not State.EXCEPTION:
                assert strength(now) >= strength(was)


@given(acts)
def test_two_people_shorten_exactly_what_is_pending(steps: Steps) -> None:
    timeline = grown(steps)
    for doc, record in timeline.records.items():
        answer = timeline.answer(doc)
        forgetful = replace(record, contexts=record.contexts[-1:], since=timeline.entry)
        after = evaluate(forgetful, timeline.given())
        assert answer.pending_shortening == (strength(after) < strength(answer))
        assert strength(after) <= strength(answer)
        assert not after.pending_shortening


@given(acts)
def test_only_what_is_due_and_free_may_go(steps: Steps) -> None:
    """P7, P8, and the order of the reasons."""
    timeline = grown(steps)
    for trust in (timeline.trust, Trusted(timeline.trust.day, anomaly=True)):
        timeline.trust = trust
        for answer in answers(timeline).values():
            dated = answer.state in {State.RETAINED, State.DUE}
            assert (answer.due_date is not None) == dated
            assert answer.permanent == (answer.state is State.PERMANENT)
            if answer.eligible:
                assert answer.state is State.DUE
                assert not any((answer.held, answer.incident, answer.clock_anomaly))
            if answer.held:
                assert answer.block_reason is Block.HELD
            elif answer.state is not State.DUE:
                expected = "NOT_DUE" if answer.state is State.RETAINED else answer.state
                assert answer.block_reason == expected


@given(acts)
def test_every_answer_can_be_told(steps: Steps) -> None:
    """P20: each reason has a sentence, and its facts fill it."""
    for answer in answers(grown(steps)).values():
        assert answer.because
        told = " ".join(sentence(one) for one in answer.because)
        assert {one.code for one in answer.because} <= set(SENTENCES)
        assert "{" not in told
        for rule_id in set(answer.governing_rules) - {"OVERRIDE", "REVIEW"}:
            assert f"rule {rule_id} of" in told
        if answer.retain_through:
            assert str(answer.retain_through) in told
            assert str(answer.due_date) in told


@given(acts)
def test_asking_again_or_in_bulk_changes_nothing(steps: Steps) -> None:
    """P12: nothing an earlier question left behind colours a later answer."""
    timeline = grown(steps)
    shared = timeline.given()
    records = [*timeline.records.values(), *reversed(timeline.records.values())]
    alone = [evaluate(record, timeline.given()) for record in records]
    assert [evaluate(record, shared) for record in records] == alone
    assert answers(grown(steps)) == answers(timeline)


@given(acts, st.sampled_from(RULES))
def test_one_rule_more_never_shortens(steps: Steps, more: Rule) -> None:
    """P13."""
    timeline = grown(steps)
    for doc, record in timeline.records.items():
        contexts = tuple(
            replace(one, rules=RuleSet((*(r for r in one.rules.rules if r is not more), more)))
            for one in record.contexts
        )
        richer = evaluate(replace(record, contexts=contexts), timeline.given())
        assert strength(richer) >= strength(timeline.answer(doc))


@given(acts, st.lists(events, min_size=2, max_size=4), st.data())
def test_the_order_of_independent_events_does_not_matter(
    steps: Steps, more: list[Step], data: st.DataObject
) -> None:
    """P14. Where the earliest counts, order matters on purpose: see the invented timelines."""
    calm = [(wait, step) for wait, step in steps if step.get("rule_set") != "first"]
    shuffled = data.draw(st.permutations(more))
    one = answers(grown([*calm, *((0, step) for step in more)]))
    other = answers(grown([*calm, *((0, step) for step in shuffled)]))
    for doc, answer in one.items():
        assert strength(answer) == strength(other[doc])
        assert answer.governing_rules == other[doc].governing_rules
        assert answer.pending_shortening == other[doc].pending_shortening


@given(acts, st.integers(1, 60))
def test_day_by_day_or_after_a_long_gap_is_the_same(steps: Steps, gap: int) -> None:
    """P15."""
    daily, late = grown(steps), grown(steps)
    day = daily.trust.day
    for _ in range(gap):
        day += timedelta(days=1)
        daily.look(day.isoformat())
        answers(daily)
    late.look(day.isoformat())
    assert answers(daily) == answers(late)


@given(acts)
def test_time_alone_only_makes_due(steps: Steps) -> None:
    timeline = grown(steps)
    before = answers(timeline)
    timeline.look(date(2199, 1, 1).isoformat())
    for doc, later in answers(timeline).items():
        was = before[doc]
        if was.state is not State.EXCEPTION:
            assert strength(later) == strength(was)
            assert (later.state is State.DUE) == (was.due_date is not None)
