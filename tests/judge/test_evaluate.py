"""The evaluation, one idea a test, under the company's own rules."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest

from archiver.core.model import CustomerId, DocumentId
from archiver.core.periods import Start
from archiver.declarations.retention import Calendar, RuleSet, read_rule_sets
from archiver.declarations.rule import Trigger
from archiver.declarations.sentences import sentence
from archiver.declarations.shipped import shipped
from archiver.judge.clock import trusted
from archiver.judge.evaluate import Answer, Block, State, evaluate, locked
from archiver.judge.facts import ENDS, RAISES, Context, Dated, Event, Hold, Record, Stage, Step
from archiver.judge.given import Given, Terms
from archiver.judge.tally import tally
from tests.company import practice

RULES = practice()
WHO, OTHER = frozenset({CustomerId("C0001")}), frozenset({CustomerId("C0002")})
PAPER = DocumentId("D000001")
TODAY = date(2026, 5, 20)
CONTEXT = Context(RULES, WHO, "customer", "contract", None, None)
RECORD = Record(PAPER, date(2023, 5, 10), (CONTEXT,), customers=WHO, category="contract")
SERVED = date(2023, 5, 10)


def an_event(kind: str, day: date = SERVED, entry: int = 1) -> Event:
    name = f"E{entry:06d}"
    return Event(name, kind, WHO, None, None, (Dated(day, entry, day),), vouched=entry)


SERVICE = an_event("service_completed")
TRIGGER = Trigger.model_validate({"event": "doc_date"})
PAPER_DATE = RULES.rules[0].model_copy(update={"trigger": TRIGGER})


def asked(
    events: Iterable[Event] = (SERVICE,),
    record: Record = RECORD,
    on: date = TODAY,
    holds: Iterable[Hold] = (),
) -> Answer:
    return evaluate(record, Given(on, events, holds))


def told(answer: Answer) -> list[str]:
    return [sentence(one) for one in answer.because]


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
                "Its erasure was asked for. It is due: appraise it next.",
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


def shorter(rules: RuleSet, years: int, *, locked: bool = False) -> RuleSet:
    rules_ = tuple(
        rule.model_copy(update={"period": replace(rule.period, years=years)})
        if rule.period
        else rule
        for rule in rules.rules
    )
    return RuleSet(rules_, locked=locked)


def test_an_older_context_that_gives_more_still_counts() -> None:
    now = replace(CONTEXT, rules=shorter(RULES, 1))
    both = replace(RECORD, contexts=(CONTEXT, now))
    assert asked(record=replace(RECORD, contexts=(now,))).retain_through == date(2024, 5, 10)
    answer = asked(record=both)
    assert answer.retain_through == date(2026, 5, 10)
    assert answer.pending_shortening
    assert "(2024-05-10). That counts only when two people approve it." in told(answer)[1]
    back = asked(record=replace(RECORD, contexts=(now, CONTEXT)))
    assert not back.pending_shortening
    unruled = replace(CONTEXT, kind="supplier")
    moved = asked(record=replace(RECORD, contexts=(CONTEXT, unruled)))
    assert "(no rule would be for it)" in told(moved)[1]


def test_only_locked_rules_forbid_what_two_people_approve() -> None:
    given = Given(TODAY, [SERVICE])
    now = replace(CONTEXT, rules=shorter(RULES, 1))
    for held_fast in (True, False):
        before = replace(CONTEXT, rules=shorter(RULES, 3, locked=held_fast))
        assert locked(replace(RECORD, contexts=(before, now)), given) is held_fast
        assert not locked(replace(RECORD, contexts=(now, before)), given)


def listening(rules: RuleSet, event: str, *, locked: bool = False) -> RuleSet:
    """Only the rule R1 of `rules`, started by `event` alone."""
    rule = rules.rules[0]
    assert rule.trigger
    trigger = rule.trigger.model_copy(update={"events": frozenset({event})})
    return RuleSet((rule.model_copy(update={"trigger": trigger}),), locked=locked)


def test_locked_rules_are_asked_about_what_is_known_today() -> None:
    """A date corrected, or a category, is not what the lock forbids."""
    old, new = Dated(date(2024, 1, 1), 1, TODAY), Dated(date(2020, 1, 1), 3, TODAY)
    corrected = replace(SERVICE, dates=(old, new))
    given = Given(TODAY, [corrected, an_event("purchase_completed", date(2023, 1, 1), 2)])
    before = replace(CONTEXT, rules=listening(RULES, "service_completed", locked=True))
    now = replace(CONTEXT, rules=listening(RULES, "purchase_completed"))
    assert not locked(replace(RECORD, contexts=(before, now)), given)
    register = replace(CONTEXT, rules=RuleSet(RULES.rules, locked=True), category="register")
    long = replace(register, rules=listening(RULES, "service_completed"))
    short = replace(long, category="contract")
    assert not locked(replace(RECORD, contexts=(register, long, short)), Given(TODAY, [SERVICE]))


def test_a_record_knows_the_dates_since_its_first_context() -> None:
    old, new = Dated(date(2025, 1, 1), 1, TODAY), Dated(date(2024, 1, 1), 3, TODAY)
    corrected = [replace(SERVICE, dates=(old, new))]
    for since, last in ((2, date(2028, 1, 1)), (3, date(2027, 1, 1)), (4, date(2027, 1, 1))):
        answer = asked(corrected, replace(RECORD, since=since))
        assert answer.retain_through == last
        assert answer.pending_shortening == (since < 3)


def test_a_date_that_lay_ahead_until_it_was_corrected_never_counted() -> None:
    wrong, right = Dated(date(2026, 5, 10), 1, date(2026, 5, 1)), date(2024, 1, 1)
    for corrected_on, last in ((9, date(2027, 1, 1)), (10, date(2029, 5, 10))):
        dates = (wrong, Dated(right, 2, date(2026, 5, corrected_on)))
        assert asked([replace(SERVICE, dates=dates)]).retain_through == last


def test_people_may_lengthen_and_a_review_may_keep_for_ever() -> None:
    later = asked(record=replace(RECORD, extended=date(2030, 1, 1)))
    assert (later.retain_through, later.governing_rules) == (date(2030, 1, 1), ("OVERRIDE",))
    assert asked([], replace(RECORD, extended=date(2030, 1, 1))).state is State.AWAITING_TRIGGER
    kept = asked(record=replace(RECORD, for_ever=True))
    assert (kept.permanent, kept.governing_rules) == (True, ("REVIEW",))


def test_a_hold_stops_everything_until_it_is_released() -> None:
    by_name = Hold("H1", documents=frozenset({PAPER}))
    for hold in (
        by_name,
        Hold("H1", customers=WHO),
        Hold("H1", categories=frozenset({"contract"})),
    ):
        held = asked(holds=[hold])
        assert (held.state, held.held, held.block_reason) == (State.DUE, True, Block.HELD)
        assert "hold H1" in told(held)[1]
    assert not asked(holds=[Hold("H1", customers=OTHER)]).held
    of_a_case = Hold("H1", cases=frozenset({"W1"}))
    assert asked(record=replace(RECORD, case_no="W1"), holds=[of_a_case]).held
    assert not asked(holds=[of_a_case]).held
    assert Given(TODAY, holds=[by_name, of_a_case]).all_holds == (by_name, of_a_case)
    released = replace(by_name, released=date(2026, 5, 1))
    free = date(2026, 5, 31)
    assert asked(holds=[released], on=free - timedelta(days=1)).block_reason is Block.GRACE_PERIOD
    assert asked(holds=[released], on=free).eligible
    elsewhere = Hold("H1", customers=WHO, released=date(2026, 5, 1))
    assert asked(holds=[elsewhere]).eligible


def test_grace_ends_with_the_latest_reason_for_it() -> None:
    fresh = replace(RECORD, received=date(2026, 5, 1), notice=date(2026, 5, 10))
    blocked = asked(record=fresh, on=date(2026, 6, 8))
    assert blocked.block_reason is Block.GRACE_PERIOD
    assert told(blocked)[1].startswith("Its keeping was shortened on 2026-05-10;")
    assert asked(record=fresh, on=date(2026, 6, 9)).eligible
    short = Given(TODAY, [SERVICE], terms=Terms(ingest_grace=0, shortening_notice=0))
    assert evaluate(fresh, short).eligible


def test_damage_and_clock_block_in_their_order() -> None:
    damaged = replace(RECORD, incident=True)
    given = Given(TODAY, [SERVICE], clock_anomaly=True)
    assert evaluate(damaged, given).block_reason is Block.INTEGRITY_INCIDENT
    assert evaluate(RECORD, given).block_reason is Block.CLOCK_ANOMALY
    assert evaluate(RECORD, given).clock_anomaly


def test_a_record_in_disposal_shows_its_stage_while_it_is_due() -> None:
    for stage in (Stage.IN_REVIEW, Stage.APPROVED):
        on_its_way = replace(RECORD, step=Step(stage, 9))
        assert asked(record=on_its_way).state == State(stage)
        assert asked(record=on_its_way).eligible
        assert asked(record=on_its_way, on=date(2026, 5, 10)).state is State.RETAINED


def test_what_is_gone_stays_gone_and_shows_a_late_flag() -> None:
    for stage in (Stage.DESTROYED, Stage.WITHDRAWN):
        gone = replace(RECORD, step=Step(stage, 9), for_ever=True, incident=True, restricted=True)
        for entry in (8, 9, 10):
            answer = asked([SERVICE, an_event("dispute_opened", entry=entry)], gone)
            assert (answer.state, answer.block_reason) == (State(stage), Block.ALREADY_DESTROYED)
            assert answer.late_event == (entry > 9)
            assert (answer.retain_through, answer.permanent) == (None, False)
            assert not any((answer.held, answer.pending_shortening, answer.incident))
            assert not any((answer.restricted, answer.legal_review, answer.inspection_overdue))
            assert not answer.clock_anomaly


def test_a_late_flag_of_any_customer_it_ever_had_is_shown() -> None:
    gone = replace(RECORD, step=Step(Stage.DESTROYED, 9))
    late, service = an_event("dispute_opened", entry=10), an_event("service_completed", entry=10)
    for record in (gone, replace(gone, customers=OTHER), replace(gone, contexts=())):
        assert asked([late], record).late_event
        assert not asked([service], record).late_event
    assert not asked([late], replace(gone, customers=OTHER, contexts=())).late_event
    known = an_event("dispute_opened", entry=8)
    corrected = replace(known, dates=(*known.dates, Dated(TODAY, 10, TODAY)))
    assert not asked([corrected], gone).late_event
    assert evaluate(gone, Given(TODAY, clock_anomaly=True)).clock_anomaly


def test_an_inspection_is_due_every_half_year() -> None:
    seen = replace(RECORD, checked=TODAY - timedelta(days=180))
    assert not asked(record=seen).inspection_overdue
    assert asked(record=seen, on=TODAY + timedelta(days=1)).inspection_overdue
    assert asked(record=RECORD).inspection_overdue


def test_erasure_meets_only_a_law_or_a_lawyer() -> None:
    wanted = replace(RECORD, restricted=True)
    early = date(2024, 1, 1)
    assert asked(record=wanted, on=early).legal_review
    assert asked(record=wanted, on=early).because[-1].code == "erasure_legal_review"
    assert asked(record=wanted).because[-1].code == "erasure_due"
    assert not asked(record=wanted).legal_review
    assert not asked(record=RECORD, on=early).legal_review
    law = RuleSet(tuple(r.model_copy(update={"basis": "statutory"}) for r in RULES.rules))
    under_law = replace(CONTEXT, rules=law)
    for contexts in ((under_law,), (CONTEXT, under_law), (under_law, CONTEXT)):
        answer = asked(record=replace(wanted, contexts=contexts), on=early)
        assert (answer.restricted, answer.legal_review) == (True, False)
        assert answer.because[-1].code == "erasure_statutory"


def test_the_other_starts_are_told_too() -> None:
    rule = RULES.rules[0]
    for start, last, words in (
        (Start.NEXT_JAN_1, date(2026, 12, 31), "counted from 1 January of the year after it"),
        (Start.NEXT_MONTH_1, date(2026, 5, 31), "counted from the first day of the month after it"),
    ):
        rules = RuleSet((rule.model_copy(update={"start": start}),))
        answer = asked(record=replace(RECORD, contexts=(replace(CONTEXT, rules=rules),)))
        assert answer.retain_through == last
        assert words in told(answer)[0]
        assert f"of {rules.content_hash[:12]};" in told(answer)[0]


CONTRACTS = next(
    rule for rule in read_rule_sets(shipped("rules") / "retention").rules if rule.id == "C1"
)


def test_a_contract_ends_by_itself_or_with_the_relationship() -> None:
    """The end of one contract says nothing of another; the end of the relationship, of all."""
    context = replace(CONTEXT, rules=RuleSet((CONTRACTS,)))
    record = replace(RECORD, contexts=(context,))
    own = replace(an_event("contract_ended", date(2020, 6, 30), 2), document=PAPER)
    other = replace(own, id="E000003", document=DocumentId("D000002"))
    nobodys = replace(own, id="E000004", document=None)
    parted = an_event("relationship_ended", date(2022, 3, 31), 5)
    stranger = replace(parted, customers=OTHER)
    for unheard in ([], [other], [nobodys], [stranger], [other, nobodys, stranger]):
        waiting = asked(unheard, record)
        assert waiting.state is State.AWAITING_TRIGGER
        assert "end of the contract, end of the relationship" in told(waiting)[0]
    assert asked([own, other], record).retain_through == date(2030, 6, 30)
    assert asked([parted, other], record).retain_through == date(2032, 3, 31)
    assert asked([own, parted], record).retain_through == date(2032, 3, 31)
    planned = replace(own, dates=(Dated(date(2027, 12, 31), 2, SERVED),))
    assert asked([planned, parted], record).retain_through == date(2037, 12, 31)


def test_a_day_off_moves_the_last_day_only_where_the_calendar_is_known() -> None:
    """10 May 2026 is a Sunday; 2027 is a year whose days nobody has published."""
    calendar = Calendar(holidays=frozenset({date(2026, 5, 11)}), years=frozenset({2026}))
    rolling = replace(RULES, calendar=calendar)
    record = replace(RECORD, contexts=(replace(CONTEXT, rules=rolling),))
    moved = asked(record=record, on=date(2026, 5, 12))
    assert (moved.state, moved.retain_through) == (State.RETAINED, date(2026, 5, 12))
    assert told(moved)[1] == "2026-05-10 is a day off: the last day moves to 2026-05-12."
    later = asked([an_event("service_completed", date(2024, 5, 9))], record)
    assert later.retain_through == date(2027, 5, 9)
    assert told(later)[1] == (
        "The calendar of 2027 is not there: should 2027-05-09 be a day off, the last day moves once"
        " rules/calendar/2027.toml is added."
    )
    assert rolling != RULES
    assert replace(RULES, calendar=None) == RULES


def test_the_clock_is_believed_within_reason() -> None:
    last = date(2026, 5, 20)
    for clock, most, day, anomaly in (
        (last, 90, last, False),
        (last + timedelta(days=90), 90, last + timedelta(days=90), False),
        (last + timedelta(days=91), 90, last, True),
        (last + timedelta(days=9999), None, last + timedelta(days=9999), False),
        (last - timedelta(days=1), None, last, True),
    ):
        trust = trusted(last, clock, most)
        assert (trust.day, trust.anomaly) == (day, anomaly)
    assert trusted(None, last, 90).day == last


def test_the_plan_counts_states_and_years() -> None:
    counted = tally([asked(), asked(), asked([]), asked(on=date(2024, 1, 1))])
    assert counted == {
        (State.DUE, 2026): 2,
        (State.RETAINED, 2026): 1,
        (State.AWAITING_TRIGGER, None): 1,
    }
