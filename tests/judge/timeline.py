"""Keeps the books of an invented archive, so that the real judge can be asked about it.

Every act changes facts as the vocabulary of the retention cases says; nothing here decides how
long anything is kept. Acts of disposal (review, approval, destruction) are not played.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from archiver.core.model import DocumentId
from archiver.core.periods import Period, add
from archiver.judge.evaluate import State
from archiver.judge.facts import (
    ENDS,
    RAISES,
    Customers,
    Dated,
    Event,
    Hold,
    Stage,
)
from archiver.judge.facts import Step as Reached
from archiver.judge.withdrawal import Drop, may_withdraw
from tests.judge.books import Books
from tests.judge.steps import NEEDS_REASON, NEEDS_TWO, Refusal, Step, day_of, one_person, two_people


class Timeline(Books):
    """An archive that grows step by step: every act, and the front door."""

    def act(self, step: Step) -> None:
        """Take one step.

        Raises:
            Refusal: with the published code; nothing has changed but the day.
            NotImplementedError: nobody has built this act yet.
        """
        self.look(step["at"])
        play = ACTS.get(step["type"])
        if play is None:
            raise NotImplementedError(step["type"])
        if step["type"] != "hold_place":
            self._refuse_gone(step)
        if step["type"] in NEEDS_REASON and not step.get("reason"):
            raise Refusal("REASON_REQUIRED")
        if step["type"] in NEEDS_TWO:
            two_people(step.get("by"))
        self.entry += 1
        play(self, step)
        self._catch()
        self._void()

    # ---- wrong drops

    def withdraw(self, step: Step) -> None:
        doc, given = step["doc"], self.given()
        record = self.records[doc]
        whose = {record.customers, *(context.customers for context in record.contexts)}
        drop = Drop(
            received=record.received,
            held=self.answer(doc).held,
            flagged=any(given.customer(one).flags for one in whose),
            accepted=doc in self.accepted,
        )
        code = may_withdraw(drop, self.trust.day, days=30, clock_anomaly=self.trust.anomaly)
        if code:
            raise Refusal(code)
        self._keep(replace(record, step=Reached(Stage.WITHDRAWN, self.entry)))

    # ---- disposal

    def review_start(self, step: Step) -> None:
        self._refuse_blocked(step["doc"])
        if self.records[step["doc"]].step:
            raise Refusal("ALREADY_IN_REVIEW")
        self.reviewer[step["doc"]] = one_person(step)
        self._reach(step["doc"], Stage.IN_REVIEW)

    def approve(self, step: Step) -> None:
        self._refuse_unreviewed(step["doc"])
        if self.reviewer[step["doc"]] == one_person(step):
            raise Refusal("SAME_PERSON")
        self._refuse_blocked(step["doc"])
        self.approved[step["doc"]] = self.trust.day
        self._reach(step["doc"], Stage.APPROVED)

    def review_extend(self, step: Step) -> None:
        self._refuse_unreviewed(step["doc"])
        until = add(self.trust.day, Period(years=step["years"]))
        self._keep(replace(self.records[step["doc"]], extended=until, step=None))

    def review_permanent(self, step: Step) -> None:
        self._refuse_unreviewed(step["doc"])
        self._keep(replace(self.records[step["doc"]], for_ever=True, step=None))

    def destroy(self, step: Step) -> None:
        doc = step["doc"]
        self._refuse_blocked(doc)
        reached, terms = self.records[doc].step, self.settings.terms
        if reached is None or reached.stage is not Stage.APPROVED:
            raise Refusal("NOT_APPROVED")
        rested = (self.trust.day - self.approved[doc]).days
        if rested < terms.cooling_off:
            raise Refusal("COOLING_OFF")
        if rested > terms.approval_valid:
            raise Refusal("APPROVAL_EXPIRED")
        if not set(step.get("witnesses", ())) - {one_person(step)}:
            raise Refusal("WITNESS_REQUIRED")
        self._reach(doc, Stage.DESTROYED)

    def user_delete(self, step: Step) -> None:
        answer = self.answer(step["doc"])
        if answer.held:
            raise Refusal("HELD")
        due = answer.state in {State.DUE, State.IN_REVIEW, State.APPROVED}
        raise Refusal("USE_DISPOSITION_WORKFLOW" if due else "RETENTION_ACTIVE")

    def _refuse_blocked(self, doc: str) -> None:
        block = self.answer(doc).block_reason
        if block:
            raise Refusal(block)

    def _refuse_unreviewed(self, doc: str) -> None:
        reached = self.records[doc].step
        if reached is None or reached.stage is not Stage.IN_REVIEW:
            raise Refusal("NOT_IN_REVIEW")

    def _reach(self, doc: str, stage: Stage) -> None:
        self._keep(replace(self.records[doc], step=Reached(stage, self.entry)))

    def _void(self) -> None:
        """What may not go any more ends its review and approval; a wrong clock is no reason."""
        trust, self.trust = self.trust, replace(self.trust, anomaly=False)
        for doc, record in self.records.items():
            if record.step and not record.step.gone and not self.answer(doc).eligible:
                self._keep(replace(record, step=None))
        self.trust = trust

    def _refuse_gone(self, step: Step) -> None:
        """Whatever names a record that is no more is refused; events are not about records."""
        named = [step.get("doc"), step.get("scope", {}).get("doc"), *step.get("docs", ())]
        if step["type"] != "event" and any(self.gone(doc) for doc in named if doc):
            raise Refusal("ALREADY_DESTROYED")

    # ---- events

    def event(self, step: Step) -> None:
        doc, today = step.get("doc"), self.trust.day
        whose = self._whose(step.get("customer"))
        if not whose and doc in self.papers:
            whose = self.papers[doc].customers
        name = step.get("event_id", f"#{self.entry}")
        day = day_of(step["date"], self.settings.zone) if step.get("date") else today
        self.events[name] = Event(
            id=name,
            type=step["event"],
            customers=whose,
            document=DocumentId(doc) if doc else None,
            case_no=step.get("case"),
            dates=(Dated(day, self.entry, today),),
            vouched=None if step.get("source") == "read" else self.entry,
        )

    def confirm_event(self, step: Step) -> None:
        event = self.events[step["event_id"]]
        if event.vouched is None:
            self.events[event.id] = replace(event, vouched=self.entry)
        if step["type"] == "confirm_event" and event.document:
            self.accepted.add(event.document)

    def correct_event(self, step: Step) -> None:
        self.confirm_event(step)
        event = self.events[step["event_id"]]
        dated = Dated(date.fromisoformat(step["date"]), self.entry, self.trust.day)
        self.events[event.id] = replace(event, dates=(*event.dates, dated))

    def void_event(self, step: Step) -> None:
        event = self.events[step["event_id"]]
        self.events[event.id] = replace(event, void=True)
        for doc in self._papers_of(event.customers):
            self._keep(replace(self.records[doc], notice=self.trust.day))

    def reappraise(self, step: Step) -> None:
        whose, flag = self._whose(step["customer"]), step["flag"]
        docs = list(self._papers_of(whose))
        if any(self.answer(doc).held for doc in docs):
            raise Refusal("HOLD_ACTIVE")
        if flag in self.settings.never_reappraised:
            raise Refusal("FLAG_NOT_REAPPRAISABLE")
        end = self._end_of(flag, whose)
        for event in self._flagging(flag, whose):
            self.events[event.id] = replace(event, lifted=True)
        years = step["keep_years_after_end"]
        until = add(end, Period(years=years)) if years else end
        for doc in docs:
            later = max(until, self.records[doc].extended or until)
            self._keep(replace(self.records[doc], extended=later, notice=self.trust.day))

    def _flagging(self, flag: str, whose: Customers) -> list[Event]:
        return [
            event
            for event in self.events.values()
            if RAISES.get(event.type) == flag and event.customers & whose and not event.void
        ]

    def _end_of(self, flag: str, whose: Customers) -> date:
        """The end of the matter, if a person stands for it and it was recorded after the start."""
        begun = max((event.entry for event in self._flagging(flag, whose)), default=0)
        ends = [
            event.date
            for event in self.events.values()
            if ENDS.get(event.type) == flag
            and event.customers & whose
            and event.vouched is not None
            and event.entry > begun
            and not event.void
        ]
        if not ends or max(ends) > self.trust.day:
            authority = flag == "authority_instruction"
            raise Refusal("NOT_RELEASED_BY_AUTHORITY" if authority else "NOT_SETTLED")
        return max(ends)

    # ---- rules, holds, customers, clock

    def rule_set(self, step: Step) -> None:
        self.rules = self.load(step["rule_set"])
        for doc in self.records:
            self._decided(doc)

    def hold_place(self, step: Step) -> None:
        self._refuse_gone(step)
        scope = step["scope"]
        wanted = scope.get("query", {}).get("doc_type")
        self.holds[step["hold"]] = Hold(
            id=step["hold"],
            documents=frozenset({DocumentId(scope["doc"])}) if "doc" in scope else frozenset(),
            customers=self._whose(scope.get("customer")),
            categories=frozenset({wanted}) if wanted else frozenset(),
        )

    def hold_release(self, step: Step) -> None:
        name = step["hold"]
        self.holds[name] = replace(self.holds[name], released=self.trust.day)

    def _catch(self) -> None:
        """What a hold covers once it keeps until its release."""
        for hold in self.holds.values():
            if hold.released is None:
                caught = {record.id for record in self.records.values() if hold.covers(record)}
                self.holds[hold.id] = replace(hold, documents=hold.documents | caught)

    def merge_customers(self, step: Step) -> None:
        one, other = self._whose(step["from"]), self._whose(step["into"])
        if one == other:
            raise Refusal("SAME_CUSTOMER")
        merged = one | other
        self.joined.update(dict.fromkeys(merged, merged))
        for doc in self._papers_of(merged):
            self.papers[doc].customers = merged
            self._decided(doc)

    def split_customer(self, step: Step) -> None:
        old, new = self._whose(step["customer"]), self._whose(step["new"])
        for event in self.events.values():
            if event.customers & old:
                self.events[event.id] = replace(event, customers=event.customers | new)
        for hold in self.holds.values():
            if hold.customers & old:
                self.holds[hold.id] = replace(hold, customers=hold.customers | new)
        for doc in step["docs"]:
            self.papers[doc].customers = new
            self._decided(doc)

    def confirm_clock(self, step: Step) -> None:
        for doc in self.received_in_a_jump:
            self._keep(replace(self.records[doc], received=self.clock, checked=self.clock))
        self.last = None
        self.look(step["at"])

    def clock_reset(self, step: Step) -> None:
        to = date.fromisoformat(step["to"])
        if to > self.trust.day:
            raise Refusal("NOT_LOWER")
        self.last = to
        self.look(step["at"])
        today = self.trust.day
        for doc, record in self.records.items():
            self._keep(
                replace(
                    self.records[doc],
                    received=min(record.received, today),
                    step=record.step if record.step and record.step.gone else None,
                    checked=min(record.checked, today) if record.checked else None,
                    notice=min(record.notice, today) if record.notice else None,
                )
            )
        for hold in self.holds.values():
            if hold.released:
                self.holds[hold.id] = replace(hold, released=min(hold.released, today))


ACTS: Mapping[str, Callable[[Timeline, Step], None]] = {
    name: getattr(Timeline, name)
    for name in (
        "ingest",
        "withdraw",
        "accept",
        "assign",
        "move_doc",
        "set_doc_type",
        "set_case",
        "set_doc_date",
        "extend",
        "event",
        "confirm_event",
        "correct_event",
        "void_event",
        "reappraise",
        "rule_set",
        "approve_shortening",
        "hold_place",
        "hold_release",
        "merge_customers",
        "split_customer",
        "erasure_request",
        "fixity",
        "incident_close",
        "confirm_clock",
        "clock_reset",
        "review_start",
        "approve",
        "review_extend",
        "review_permanent",
        "destroy",
        "user_delete",
    )
}
"""The acts that are played."""
