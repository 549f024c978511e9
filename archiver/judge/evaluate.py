"""Retention as a pure function: facts and a day → state, dates, governing rules, reasons.

The order of answers is UNSCHEDULED < a date (later wins) < AWAITING_TRIGGER < EXCEPTION <
PERMANENT; all rules that reach the highest are named. Every context a record has lived under
counts, and the longest wins, so nothing shortens silently.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from archiver.core.model import Because
from archiver.core.periods import Period, retain_through
from archiver.declarations.retention import Rule, Trigger
from archiver.judge.facts import RAISES, Context, Event, Record, State

_STRENGTH = {
    State.UNSCHEDULED: 0,
    State.RETAINED: 1,
    State.DUE: 1,
    State.AWAITING_TRIGGER: 2,
    State.EXCEPTION: 3,
    State.PERMANENT: 4,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """How long a record is kept, and why.

    Attributes:
        retain_through: the last day to be kept, itself included; None without one.
        due_date: the day after; a review may start then.
        exception: `IN_DECISION`, `MISSING_TRIGGER_DATE`, `FUTURE_TRIGGER_DATE` or None.
        governing_rules: ids of the rules that decide, sorted.
        because: the reasons, with the arithmetic.
    """

    state: State
    retain_through: date | None = None
    due_date: date | None = None
    exception: str | None = None
    governing_rules: tuple[str, ...] = ()
    because: tuple[Because, ...] = ()

    @property
    def permanent(self) -> bool:
        """Kept for ever."""
        return self.state is State.PERMANENT


def evaluate(record: Record, events: Sequence[Event], today: date) -> Answer:
    """The answer for one record on the trusted day `today`.

    Args:
        record: with every context it has lived under.
        events: those of its customers; others do no harm.
        today: the trusted civil day.
    """
    if not record.contexts:
        because = (Because.of("in_decision"),)
        return Answer(State.EXCEPTION, exception="IN_DECISION", because=because)
    answers = [
        answer
        for context in record.contexts
        for answer in _answers(record, context, [e for e in events if not e.void], today)
    ]
    return strongest(answers)


def strongest(answers: Iterable[Answer]) -> Answer:
    """The maximum, naming every rule that reaches it; unscheduled when no rule matches."""
    best = Answer(State.UNSCHEDULED, because=(Because.of("no_rule"),))
    for answer in answers:
        if _strength(answer) > _strength(best):
            best = answer
        elif _strength(answer) == _strength(best):
            best = _joined(best, answer)
    return best


def _strength(answer: Answer) -> tuple[int, date]:
    return _STRENGTH[answer.state], answer.retain_through or date.min


def _joined(one: Answer, other: Answer) -> Answer:
    rules = tuple(sorted({*one.governing_rules, *other.governing_rules}))
    because = tuple(dict.fromkeys((*one.because, *other.because)))
    return Answer(one.state, one.retain_through, one.due_date, one.exception, rules, because)


def _answers(
    record: Record, context: Context, events: Sequence[Event], today: date
) -> Iterator[Answer]:
    """What each matching rule of a context says."""
    flags = {
        RAISES[e.type]: e for e in events if e.customer == context.customer and e.type in RAISES
    }
    for rule in context.rules.rules:
        if not _matches(rule, context, set(flags)):
            continue
        if rule.outcome == "permanent":
            yield _permanent(rule, flags)
        else:
            yield _dated(rule, list(_triggers(rule, record, context, events)), context, today=today)


def _matches(rule: Rule, context: Context, flags: set[str]) -> bool:
    wanted = rule.match
    return (
        ("*" in wanted.categories or context.category in wanted.categories)
        and (not wanted.kinds or context.kind in wanted.kinds)
        and (not wanted.flags or bool(flags & set(wanted.flags)))
    )


def _permanent(rule: Rule, flags: dict[str, Event]) -> Answer:
    raised = [flags[flag] for flag in rule.match.flags if flag in flags]
    because = [
        Because.of("permanent_by_event", rule=rule.id, event=e.id, type=e.type, date=e.date)
        for e in raised
    ] or [Because.of("permanent_by_rule", rule=rule.id)]
    return Answer(State.PERMANENT, governing_rules=(rule.id,), because=tuple(because))


def _triggers(
    rule: Rule, record: Record, context: Context, events: Sequence[Event]
) -> Iterator[Event]:
    """The events that may start the rule's period for this record."""
    trigger = _trigger(rule)
    for event in events:
        mine = {
            "customer": event.customer == context.customer,
            "document": event.document == record.id,
            "case": event.case_no is not None and event.case_no == context.case_no,
        }
        if event.type in trigger.events and mine[trigger.scope]:
            yield event


def _trigger(rule: Rule) -> Trigger:
    if rule.trigger is None:
        raise LookupError(rule.id)
    return rule.trigger


def _dated(rule: Rule, events: list[Event], context: Context, *, today: date) -> Answer:
    """A period rule: waits for its trigger, refuses impossible dates, else counts."""
    trigger = _trigger(rule)
    if trigger.events == ("doc_date",):
        return _counted_from(rule, context.doc_date, None, today=today)
    if not any(event.confirmed for event in events):
        because = Because.of("awaiting_trigger", rule=rule.id, events=", ".join(trigger.events))
        return Answer(State.AWAITING_TRIGGER, governing_rules=(rule.id,), because=(because,))
    if not trigger.allow_future and any(event.date > today for event in events):
        because = Because.of("future_trigger", rule=rule.id)
        return _exception(rule, "FUTURE_TRIGGER_DATE", because)
    choose = max if trigger.pick == "latest" else min
    event = choose(events, key=lambda one: (one.date, one.id))
    return _counted_from(rule, event.date, event, today=today)


def _counted_from(rule: Rule, day: date | None, event: Event | None, *, today: date) -> Answer:
    if day is None:
        return _exception(rule, "MISSING_TRIGGER_DATE", Because.of("missing_date", rule=rule.id))
    if day > today and not _trigger(rule).allow_future:
        return _exception(rule, "FUTURE_TRIGGER_DATE", Because.of("future_trigger", rule=rule.id))
    if rule.period is None or rule.start is None:
        raise LookupError(rule.id)
    last = retain_through(day, Period.parse(rule.period), rule.start)
    due = last + timedelta(days=1)
    because = Because.of(
        "counted",
        rule=rule.id,
        event=event.id if event else "–",
        type=event.type if event else "doc_date",
        date=day,
        period=rule.period,
        last=last,
        due=due,
    )
    state = State.DUE if today >= due else State.RETAINED
    return Answer(state, last, due, None, (rule.id,), (because,))


def _exception(rule: Rule, code: str, because: Because) -> Answer:
    return Answer(State.EXCEPTION, exception=code, governing_rules=(rule.id,), because=(because,))
