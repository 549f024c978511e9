"""What is told with an answer, one idea a test, under the company's own rules."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest

from archiver.declarations.retention import RuleSet
from archiver.judge.evaluate import Block, State, evaluate
from archiver.judge.facts import ENDS, RAISES, Dated, Hold, Stage, Step
from archiver.judge.given import Given
from tests.judge.asking import (
    CONTEXT,
    OTHER,
    PAPER,
    PAPER_DATE,
    RECORD,
    RULES,
    SERVICE,
    TODAY,
    TRIGGER,
    WHO,
    an_event,
    asked,
    told,
)


def test_the_event_day_is_not_counted_and_the_last_day_is_kept() -> None:
    kept, due = asked(on=date(2026, 5, 10)), asked(on=date(2026, 5, 11))
    assert (kept.state, kept.block_reason) == (State.RETAINED, Block.NOT_DUE)
    assert (due.state, due.block_reason, due.eligible) == (State.DUE, None, True)
    for answer in (kept, due):
        assert answer.retain_through == date(2026, 5, 10)
        assert answer.due_date == date(2026, 5, 11)
        assert answer.governing_rules == ("R1",)


def test_the_arithmetic_is_told() -> None:
    assert told(asked()) == [
        "Kept through 2026-05-10: 3 years from the latest service (2023-05-10, event E000001), that"
        " day not counted; rule R1 of company.toml; due for review from 2026-05-11."
    ]
    assert ("version", RULES.content_hash[:12]) in asked().because[0].facts


def test_what_is_not_known_is_kept_and_says_why() -> None:
    waiting = asked([])
    assert waiting.state is State.AWAITING_TRIGGER
    assert (
        "purchase, end of the relationship, service; then 3 years from the latest"
        in told(waiting)[0]
    )
    read = asked([replace(SERVICE, vouched=None)])
    assert read.state is State.AWAITING_TRIGGER
    assert "event E000001 was only read off a paper" in told(read)[0]
    ahead = asked([an_event("service_completed", TODAY + timedelta(days=1))])
    assert (ahead.state, ahead.exception) == (State.EXCEPTION, "FUTURE_TRIGGER_DATE")
    assert "E000001 (service) bears the date 2026-05-21" in told(ahead)[0]
    further = an_event("purchase_completed", TODAY + timedelta(days=2), 2)
    nearer = an_event("service_completed", TODAY + timedelta(days=1), 3)
    all_ahead = [nearer, further, replace(further, id="E0")]
    assert "E000002 (purchase)" in told(asked([SERVICE, *all_ahead]))[0]
    undecided = asked(record=replace(RECORD, contexts=()))
    assert (undecided.state, undecided.exception) == (State.EXCEPTION, "IN_DECISION")
    assert undecided.governing_rules == ()
    assert asked([replace(SERVICE, customers=OTHER)]).state is State.AWAITING_TRIGGER
    supplier = asked(record=replace(RECORD, contexts=(replace(CONTEXT, kind="supplier"),)))
    assert supplier.state is State.UNSCHEDULED
    assert told(supplier)[0].startswith("Kept: no rule is for it.")


@pytest.mark.parametrize("kind", RAISES)
def test_a_flag_makes_the_whole_archive_permanent(kind: str) -> None:
    flagged = asked([SERVICE, an_event(kind, date(2009, 1, 1), 2)])
    assert flagged.permanent
    assert (flagged.retain_through, flagged.due_date) == (None, None)
    assert flagged.block_reason is Block.PERMANENT
    assert "event E000002, recorded 2009-01-01" in told(flagged)[0]
    for gone in (
        replace(an_event(kind, entry=2), void=True),
        replace(an_event(kind, entry=2), lifted=True),
    ):
        assert asked([SERVICE, gone]).state is State.DUE


def test_of_a_flag_set_twice_the_first_is_told_however_they_are_given() -> None:
    again = replace(an_event("dispute_opened", entry=3), id="E1")
    first = replace(an_event("dispute_opened", entry=2), id="E8")
    beside = replace(first, id="E9")
    for events in permutations([again, first, beside]):
        assert "event E8, recorded" in told(asked(events))[0]


def test_each_permanent_rule_tells_its_own_reason() -> None:
    """The day told of a flag is that of its entry, whatever its date was corrected to since."""
    disputed, hit = an_event("dispute_opened", entry=2), an_event("accident_reported", entry=3)
    corrected = replace(disputed, dates=(*disputed.dates, Dated(TODAY, 4, TODAY)))
    register = replace(CONTEXT, kind="own", category="register")
    answer = asked([SERVICE, corrected, hit], replace(RECORD, contexts=(register,)))
    assert answer.governing_rules == ("R2", "R3", "R6")
    assert told(answer) == [
        "Kept for ever: an objection or a dispute (event E000002, recorded 2023-05-10); rule R2 of"
        " company.toml.",
        "Kept for ever: a traffic accident (event E000003, recorded 2023-05-10); rule R3 of"
        " company.toml.",
        "Kept for ever: rule R6 of company.toml.",
    ]


def test_three_events_that_wait_are_named_and_the_rest_hinted_at() -> None:
    read = [
        replace(an_event("service_completed", entry=9 - n), id=f"E{n}", vouched=None)
        for n in range(1, 5)
    ]
    for waiting, named in (
        (read[:2], "E1, E2 "),
        (read[:3], "E1, E2, E3 "),
        (read, "E1, E2, E3, … "),
    ):
        assert f"event {named}was only read off a paper" in told(asked(waiting))[0]


WHY = (
    "Kept through 2026-05-10: 3 years from the latest service (2023-05-10, event E000001), that day"
    " not counted; rule R1 of company.toml; due for review from 2026-05-11."
)


def test_each_reason_is_told_with_its_facts() -> None:
    day = date(2026, 5, 1)
    for record, reasons in (
        (replace(RECORD, for_ever=True), ["Kept for ever: a review decided so."]),
        (
            replace(RECORD, extended=date(2030, 1, 1)),
            [
                "Kept through 2030-01-01: people want it kept that long; due for review from"
                " 2030-01-02."
            ],
        ),
        (
            replace(RECORD, received=day),
            [WHY, "It came in on 2026-05-01; nothing may be done about it before 2026-05-31."],
        ),
        (
            replace(RECORD, incident=True, restricted=True),
            [
                WHY,
                "Its file has a damage nobody has settled yet. See: archiver check.",
                "Its erasure was asked for. It is due: appraise it next, unless something else"
                " stops that.",
            ],
        ),
        (
            replace(RECORD, step=Step(Stage.DESTROYED, 9)),
            ["It is gone; what is known of it is kept for ever."],
        ),
        (
            replace(RECORD, contexts=()),
            ["Kept: whose it is, or what it is, is not decided yet. See: archiver review list."],
        ),
    ):
        assert told(asked(record=record)) == reasons
    released = Hold("H1", documents=frozenset({PAPER}), released=day)
    assert told(asked(holds=[released]))[1:] == [
        "Its hold was released on 2026-05-01; nothing may be done about it before 2026-05-31."
    ]
    anomaly = told(evaluate(RECORD, Given(TODAY, [SERVICE], clock_anomaly=True)))
    assert "everything is worked out for 2026-05-20" in anomaly[1]


def test_what_two_versions_say_alike_is_told_once_as_the_newer_says_it() -> None:
    newer = replace(RULES, locked=True)
    assert newer.content_hash != RULES.content_hash
    for versions in ((RULES, newer), (newer, RULES)):
        lived = tuple(replace(CONTEXT, rules=rules) for rules in versions)
        (reason,) = asked(record=replace(RECORD, contexts=lived)).because
        assert dict(reason.facts)["version"] == versions[-1].content_hash[:12]


def test_holds_are_told_in_order_and_who_ordered_them_once() -> None:
    ordered = (("H3", "court"), ("H1", "tax"), ("H2", "court"), ("H4", "tax"))
    for holds in permutations([Hold(name, customers=WHO, authority=who) for name, who in ordered]):
        words = dict(asked(holds=holds).because[1].facts)
        assert (words["holds"], words["authorities"]) == ("H1, H2, H3, H4", "tax, court")
    nobody = dict(asked(holds=[Hold("H1", customers=WHO)]).because[1].facts)
    assert (nobody["holds"], nobody["authorities"]) == ("H1", "")


def test_the_date_of_the_paper_starts_a_period_unless_it_cannot_be() -> None:
    planned = PAPER_DATE.model_copy(
        update={"trigger": TRIGGER.model_copy(update={"allow_future": True})}
    )
    for rule, day, state, words in (
        (PAPER_DATE, None, "EXCEPTION", "counts from the date of the paper, and there is none"),
        (PAPER_DATE, date(2026, 5, 21), "EXCEPTION", "the paper bears the date 2026-05-21"),
        (PAPER_DATE, TODAY, "RETAINED", "3 years from the date of the paper (2026-05-20)"),
        (planned, date(2026, 5, 21), "RETAINED", "3 years from the date of the paper (2026-05-21)"),
    ):
        dated = replace(CONTEXT, rules=RuleSet((rule,)), category="tax", doc_date=day)
        answer = asked([], replace(RECORD, contexts=(dated,)))
        assert answer.state == state
        assert words in told(answer)[0]


def test_an_end_alone_takes_no_flag_off() -> None:
    for begun, flag in RAISES.items():
        ended = [kind for kind, ends in ENDS.items() if ends is flag]
        events = [an_event(begun), *(an_event(kind, entry=2) for kind in ended)]
        assert asked(events).permanent


def test_registers_are_kept_for_ever() -> None:
    register = replace(CONTEXT, kind="own", category="register")
    answer = asked([], replace(RECORD, contexts=(register,)))
    assert answer.permanent
    assert told(answer) == ["Kept for ever: rule R6 of company.toml."]
