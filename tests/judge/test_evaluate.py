"""The evaluation, one idea a test, under the company's own rules."""

from dataclasses import replace
from datetime import date, timedelta

from archiver.core.model import DocumentId
from archiver.core.periods import Start
from archiver.declarations.retention import Calendar, RuleSet, read_rule_sets
from archiver.declarations.shipped import shipped
from archiver.judge.clock import trusted
from archiver.judge.evaluate import Block, State, evaluate, locked
from archiver.judge.facts import Dated, Hold, Stage, Step
from archiver.judge.given import Given, Terms
from archiver.judge.tally import tally
from tests.judge.asking import (
    CONTEXT,
    OTHER,
    PAPER,
    RECORD,
    RULES,
    SERVED,
    SERVICE,
    TODAY,
    WHO,
    an_event,
    asked,
    told,
)


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
    assert told(blocked)[1].startswith("Notice runs since 2026-05-10,")
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
