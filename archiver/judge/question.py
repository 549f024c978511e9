"""One rule asked about one record in one context."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from archiver.core.periods import due_date, retain_through
from archiver.declarations.rule import Counting, Rule, Trigger
from archiver.judge.facts import RAISES, Context, Event, Record
from archiver.judge.findings import Doubt, Finding, Rank, Reason
from archiver.judge.given import Follows, Given

_NAMED = 3
"""Events that a sentence names; a customer may have thousands that wait."""


def findings(record: Record, context: Context, given: Given, *, now: bool) -> Iterator[Finding]:
    """What every rule that matches says.

    Args:
        record: the paper.
        context: one of its contexts.
        given: everything else.
        now: ask what events say today, as if the record had never known them otherwise.
    """
    customer = given.customer(context.customers)
    corrections = customer.corrections
    known = len(corrections) if now else bisect_right(corrections, record.since)
    whose = (context.customers, known)
    for candidate in given.fitting(context, customer.flagged).candidates:
        match candidate.follows:
            case Follows.PAPER:
                key: object = (context.doc_date,)
            case Follows.CUSTOMER:
                key = whose
            case Follows.UNTOUCHED:
                key = None if given.document(record.id) else whose
            case _:
                key = None
        found = candidate.said.get(key) if key else None
        if found is None:
            found = Question(candidate.rule, record, context, given, now).answer()
            if key:
                candidate.remember(key, found)
        yield found


def remembers(record: Record, given: Given) -> bool:
    """Whether a record knows anything that its newest context does not: then less may come out.

    Most have one context and customers whose events were never corrected, so that asking once does.
    """
    if len(record.contexts) != 1:
        return bool(record.contexts)
    (context,) = record.contexts
    customer = given.customer(context.customers)
    if customer.corrections:
        return True
    follows = given.fitting(context, customer.flagged).follows
    return Follows.MORE in follows or (
        Follows.UNTOUCHED in follows and bool(given.document(record.id))
    )


@dataclass(frozen=True, slots=True)
class Question:
    """A rule that matches, and whom it is asked about; see `findings`."""

    rule: Rule
    record: Record
    context: Context
    given: Given
    now: bool

    def answer(self) -> Finding:
        """For ever, a date, or why there is none."""
        counting = self.rule.counting
        if counting is None:
            return self._permanent()
        if counting.trigger.on_paper:
            return self._from_paper(counting)
        return self._from_events(counting)

    def _permanent(self) -> Finding:
        flags = self.given.customer(self.context.customers).flags
        raised = [event for flag, event in flags.items() if flag in self.rule.match.flags]
        if not raised:
            return self._finding(Rank.PERMANENT, self._reason("permanent_by_rule"))
        reasons = [
            self._reason(
                "permanent_by_flag",
                flag=RAISES[event.type],
                event=event.id,
                recorded=event.dates[0].recorded,
            )
            for event in raised
        ]
        return self._finding(Rank.PERMANENT, *reasons)

    def _from_paper(self, counting: Counting) -> Finding:
        day = self.context.doc_date
        if day is None:
            return self._doubted(Doubt.MISSING_TRIGGER_DATE, "missing_date")
        if day > self.given.day and not counting.trigger.allow_future:
            return self._doubted(Doubt.FUTURE_TRIGGER_DATE, "future_paper", date=day)
        return self._ending(counting, day, "counted_from_paper", date=day)

    def _from_events(self, counting: Counting) -> Finding:
        heard = self._heard(counting.trigger)
        vouched = [event for event in heard if event.vouched is not None]
        if not vouched:
            return self._waiting(counting, heard)
        found = self._picked(counting, vouched)
        if len(vouched) == len(heard):
            return found
        # What was only read may lengthen beside what a person stands for; it never shortens.
        return max(found, self._picked(counting, heard), key=lambda one: one.strength)

    def _heard(self, trigger: Trigger) -> list[Event]:
        """All that start the period; what happened to the customer as a whole stands beside."""
        whole = (
            self.given.customer(self.context.customers).events if trigger.customer_events else ()
        )
        return [
            *(event for event in self._in_scope(trigger) if event.type in trigger.events),
            *(event for event in whole if event.type in trigger.customer_events),
        ]

    def _in_scope(self, trigger: Trigger) -> Iterable[Event]:
        match trigger.scope:
            case "customer":
                return self.given.customer(self.context.customers).events
            case "case":
                return self.given.case(self.context.case_no)
            case "document":
                return self.given.document(self.record.id)

    def _waiting(self, counting: Counting, read: list[Event]) -> Finding:
        facts = {
            "period": counting.period,
            "pick": counting.trigger.pick,
            "triggers": ", ".join(sorted(counting.trigger.started_by)),
        }
        if not read:
            return self._finding(Rank.AWAITING_TRIGGER, self._reason("awaiting_trigger", **facts))
        named = sorted(event.id for event in read)
        facts["events"] = ", ".join([*named[:_NAMED], *(["…"] if named[_NAMED:] else [])])
        return self._finding(Rank.AWAITING_TRIGGER, self._reason("awaiting_person", **facts))

    def _picked(self, counting: Counting, events: list[Event]) -> Finding:
        """The period from the event that the rule picks, unless one of them cannot be."""
        trigger = counting.trigger
        ahead = [event for event in events if event.date > self.given.day]
        if ahead and not trigger.allow_future:
            worst = max(ahead, key=lambda event: (event.date, event.id))
            facts = {"date": worst.date, "event": worst.id, "trigger": worst.type}
            return self._doubted(Doubt.FUTURE_TRIGGER_DATE, "future_event", **facts)
        choose = max if trigger.pick == "latest" else min
        day, event, kind = choose(
            (self._counts(event, trigger), event.id, event.type)
            for event in self._heard_in_time(events, trigger)
        )
        facts = {"date": day, "event": event, "trigger": kind, "pick": trigger.pick}
        return self._ending(counting, day, "counted_from_event", **facts)

    def _heard_in_time(self, events: list[Event], trigger: Trigger) -> list[Event]:
        """Where the earliest counts, one entered later would shorten: it waits for two people."""
        if self.now or trigger.pick == "latest":
            return events
        entries = [event.vouched for event in events if event.vouched is not None]
        moment = max(self.record.since, min(entries))
        return [e for e in events if e.vouched is not None and e.vouched <= moment]

    def _counts(self, event: Event, trigger: Trigger) -> date:
        """The latest date of the event that the record has known and that ever counted."""
        if self.now or len(event.dates) == 1:
            return event.date
        known = [
            old.date
            for old, new in pairwise(event.dates)
            if new.entry > self.record.since and (trigger.allow_future or old.date <= new.recorded)
        ]
        return max(event.date, *known) if known else event.date

    def _ending(self, counting: Counting, day: date, code: str, **facts: object) -> Finding:
        counted = retain_through(day, counting.period, counting.start)
        workdays = self.context.rules.workdays
        last = workdays.roll_forward(counted) if workdays else counted
        reasons = [
            self._reason(
                code,
                period=counting.period,
                start=counting.start,
                retain_through=last,
                due_date=due_date(last),
                **facts,
            )
        ]
        if last != counted:
            reasons.append(Reason.of("rolled_forward", counted=counted, last=last))
        if workdays and (year := workdays.missing(counted)):
            reasons.append(Reason.of("calendar_missing", counted=counted, year=year))
        return self._finding(Rank.DATE, *reasons, last=last)

    def _doubted(self, doubt: Doubt, code: str, **facts: object) -> Finding:
        return self._finding(Rank.EXCEPTION, self._reason(code, **facts), doubt=doubt)

    def _reason(self, code: str, **facts: object) -> Reason:
        rules = self.context.rules
        rule, version = self.rule.id, rules.content_hash[:12]
        return Reason.of(code, rule=rule, file=rules.source(rule), version=version, **facts)

    def _finding(
        self, rank: Rank, *reasons: Reason, last: date = date.min, doubt: Doubt | None = None
    ) -> Finding:
        statutory = self.rule.basis == "statutory"
        return Finding(rank, self.rule.id, reasons, last, doubt, statutory)
