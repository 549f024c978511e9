"""Retention to the day: the rules of the company, periods, and properties of the evaluation."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.model import CustomerId, DocumentId
from archiver.core.periods import Period, Start, add, retain_through
from archiver.declarations.retention import RuleSet, read_rule_sets
from archiver.declarations.sentences import sentence
from archiver.declarations.shipped import shipped
from archiver.judge.evaluate import Answer, evaluate
from archiver.judge.facts import RAISES, Context, Event, Record, State
from archiver.judge.proofs import failures

RULES = read_rule_sets(shipped("rules") / "retention")
WHO, PAPER = CustomerId("C0001"), DocumentId("D000001")
TODAY = date(2026, 5, 20)
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def an_event(kind: str, day: date, *, number: int = 1, confirmed: bool = True) -> Event:
    return Event(f"E{number:06d}", kind, WHO, None, None, day, confirmed)


def asked(*events: Event, on: date = TODAY, category: str = "contract") -> Answer:
    context = Context(RULES, WHO, "customer", category, None, None)
    return evaluate(Record(PAPER, (context,)), events, on)


def test_every_shipped_rule_bears_out_its_proofs() -> None:
    assert list(failures(RULES)) == []


def test_a_false_proof_is_found() -> None:
    rule = RULES.rules[0]
    wrong = rule.proof[0].model_copy(update={"expect": {"retain_through": date(2026, 5, 9)}})
    broken = RuleSet((rule.model_copy(update={"proof": (wrong,)}),))
    assert list(failures(broken)) == [
        "R1, proof 1: retain_through is 2026-05-10, expected 2026-05-09"
    ]


def test_the_event_day_is_not_counted_and_the_last_day_is_kept() -> None:
    done = an_event("service_completed", date(2023, 5, 10))
    kept, due = asked(done, on=date(2026, 5, 10)), asked(done, on=date(2026, 5, 11))
    assert (kept.state, due.state) == (State.RETAINED, State.DUE)
    assert due.retain_through == date(2026, 5, 10)
    assert due.due_date == date(2026, 5, 11)
    assert due.governing_rules == ("R1",)
    told = sentence(due.because[0])
    for part in ("2026-05-10", "3y", "2023-05-10", "E000001", "R1", "2026-05-11"):
        assert part in told


def test_what_is_not_known_is_kept() -> None:
    assert asked().state is State.AWAITING_TRIGGER
    read = an_event("service_completed", date(2020, 1, 1), confirmed=False)
    assert asked(read).state is State.AWAITING_TRIGGER
    ahead = an_event("service_completed", TODAY + timedelta(days=1))
    assert asked(ahead).exception == "FUTURE_TRIGGER_DATE"
    undecided = evaluate(Record(PAPER, ()), [], TODAY)
    assert undecided.exception == "IN_DECISION"
    other = Event("E9", "service_completed", CustomerId("C0002"), None, None, date(2020, 1, 1))
    assert asked(other).state is State.AWAITING_TRIGGER


@pytest.mark.parametrize("kind", RAISES)
def test_a_flag_makes_the_whole_archive_permanent(kind: str) -> None:
    old = an_event("service_completed", date(2010, 1, 1))
    flagged = asked(old, an_event(kind, date(2009, 1, 1), number=2))
    assert flagged.permanent
    assert flagged.due_date is None
    assert asked(old, Event("E2", kind, WHO, None, None, TODAY, void=True)).state is State.DUE


def test_an_older_context_that_gives_more_still_counts() -> None:
    short = RULES.rules[0].model_copy(update={"period": "1y"})
    now = Context(RuleSet((short,)), WHO, "customer", "contract", None, None)
    before = Context(RULES, WHO, "customer", "contract", None, None)
    done = an_event("service_completed", date(2025, 1, 1))
    assert evaluate(Record(PAPER, (now,)), [done], TODAY).state is State.DUE
    assert evaluate(Record(PAPER, (before, now)), [done], TODAY).retain_through == date(2028, 1, 1)


kinds = st.sampled_from(["service_completed", "purchase_completed", *RAISES, "dispute_settled"])
events = st.lists(st.tuples(kinds, days), max_size=5).map(
    lambda found: [an_event(kind, day, number=n) for n, (kind, day) in enumerate(found)]
)


def strength(answer: Answer) -> tuple[int, date]:
    order = {State.AWAITING_TRIGGER: 1, State.EXCEPTION: 2, State.PERMANENT: 3}
    return order.get(answer.state, 0), answer.due_date or date.min


@given(events, days)
def test_the_order_of_entry_does_not_change_the_answer(found: list[Event], on: date) -> None:
    expected = strength(asked(*found, on=on))
    for order in list(permutations(found))[:24]:
        assert strength(asked(*order, on=on)) == expected


@given(events, kinds, days, days)
def test_one_more_event_of_a_known_kind_never_makes_anything_due_earlier(
    found: list[Event], kind: str, day: date, on: date
) -> None:
    if kind in RAISES or any(event.type == kind and event.date <= on for event in found):
        more = asked(*found, an_event(kind, day, number=99), on=on)
        before = asked(*found, on=on)
        if before.state is not State.AWAITING_TRIGGER:
            assert strength(more) >= strength(before)


@given(days, st.integers(0, 40), st.integers(0, 30), st.integers(0, 400))
def test_adding_a_period_agrees_with_walking_the_calendar(
    day: date, years: int, months: int, extra: int
) -> None:
    year, month, number = day.year, day.month, day.day
    for _ in range(years * 12 + months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    while True:
        try:
            expected = date(year, month, number) + timedelta(days=extra)
        except ValueError:
            number -= 1
        else:
            break
    assert add(day, Period(years, months, extra)) == expected


@given(days, st.sampled_from(list(Start)))
def test_nothing_is_due_before_its_period_is_over(day: date, start: Start) -> None:
    last = retain_through(day, Period(years=3), start)
    assert last >= add(day, Period(years=3)) - timedelta(days=1)
    if start is Start.NEXT_JAN_1:
        assert (last.month, last.day) == (12, 31)
        assert last.year == day.year + 3


@pytest.mark.parametrize(
    ("day", "period", "last"),
    [
        (date(2020, 2, 29), "3y", date(2023, 2, 28)),
        (date(2020, 2, 29), "4y", date(2024, 2, 29)),
        (date(2023, 2, 28), "1y", date(2024, 2, 28)),
        (date(2024, 8, 31), "6m", date(2025, 2, 28)),
    ],
)
def test_month_ends(day: date, period: str, last: date) -> None:
    assert retain_through(day, Period.parse(period), Start.NEXT_DAY) == last


@pytest.mark.parametrize("text", ["", "0y", "y", "3", "-3y", "3y 6m", "3 years"])
def test_what_is_not_a_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        Period.parse(text)


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 999))
def test_a_period_reads_what_it_writes(years: int, months: int, extra: int) -> None:
    period = Period(years, months, extra)
    if years or months or extra:
        assert Period.parse(str(period)) == period
