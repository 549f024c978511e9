"""A scratch vault that is played step by step, through the acts that the commands call.

It has the same face as `tests.judge.timeline.Timeline`, which keeps its books by other means: the
two check one another.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from archiver.catalogue import customers, documents, events, numbers
from archiver.catalogue.events import Spot, StoredEvent
from archiver.core.errors import Refused
from archiver.core.model import (
    UNASSIGNED,
    CustomerId,
    DocumentId,
)
from archiver.custody import act, clock, destruction, disposal, erasure, fact, hold
from archiver.custody.activate import activate
from archiver.custody.split import parting
from archiver.custody.witness import inspected
from archiver.intake.publish import publish
from tests.judge.steps import Refusal, Scope, Step, day_of
from tests.oracle.papers import Papers

LEAVES = {"destroy", "withdraw"}
"""After these what derives from the papers follows, as at the end of every command."""


class Archive(Papers):
    """An archive that grows step by step."""

    def act(self, step: Step) -> None:
        """Take one step.

        Raises:
            Refusal: with the published code.
        """
        self.look(step["at"])
        play = ACTS.get(step["type"])
        if play is None:
            raise NotImplementedError(step["type"])
        by = step.get("by")
        self.vault.login = by[0] if isinstance(by, list) and by else str(by or "system")
        try:
            play(self, step)
        except Refused as error:
            raise Refusal(error.code) from error
        if step["type"] in LEAVES:
            publish(self.vault)

    def split_customer(self, step: Step) -> None:
        whose = self._customer(str(step["customer"]))
        terms = parting([self.papers[doc] for doc in step["docs"]], step["new"])
        self._two(step, "split_customer", whose, terms)
        with self.vault.catalogue.read() as tx:
            found = [one.id for one in customers.all_customers(tx) if one.name == step["new"]]
        self.customers[step["new"]] = found[0]

    # ---- events

    def event(self, step: Step) -> None:
        doc, whose = step.get("doc"), step.get("customer")
        document = self.papers.get(doc) if doc else None
        customer = self._customer(whose) if whose else self._whose(document)
        day = day_of(step["date"], self.vault.zone) if step.get("date") else None
        spot = Spot(None, None, "") if step.get("source") == "read" else None
        made = fact.add_event(
            self.vault,
            step["event"],
            customer=customer,
            document=document,
            day=day,
            case_no=step.get("case"),
            spot=spot,
        )
        self.events[step.get("event_id", f"#{made.id}")] = made.id

    def _whose(self, document: DocumentId | None) -> CustomerId | None:
        with self.vault.catalogue.read() as tx:
            found = documents.some(tx, [document] if document else [])
        return next((one.customer for one in found if one.customer != UNASSIGNED), None)

    def confirm_event(self, step: Step) -> None:
        fact.confirm_events(self.vault, self._event(step))

    def correct_event(self, step: Step) -> None:
        fact.correct_event(
            self.vault, self.events[step["event_id"]], date.fromisoformat(step["date"])
        )

    def _event(self, step: Step) -> tuple[StoredEvent, ...]:
        with self.vault.catalogue.read() as tx:
            return events.some(tx, [self.events[step["event_id"]]])

    def void_event(self, step: Step) -> None:
        self._two(step, "void_event", self.events[step["event_id"]])

    def reappraise(self, step: Step) -> None:
        terms = {"flag": step["flag"], "years": step["keep_years_after_end"]}
        self._two(step, "reappraise", self._customer(str(step["customer"])), terms)

    def rule_set(self, step: Step) -> None:
        activate(self.vault, self.load(step["rule_set"]))

    # ---- disposal

    def approve_shortening(self, step: Step) -> None:
        named = " ".join(sorted(self.papers[doc] for doc in step["docs"]))
        self._two(step, "approve_shortening", named)

    def withdraw(self, step: Step) -> None:
        self._two(step, "withdraw", self.papers[step["doc"]], needs_reason=True)

    def extend(self, step: Step) -> None:
        until = date.fromisoformat(step["until"])
        disposal.extend(self.vault, self.papers[step["doc"]], until)

    def review_start(self, step: Step) -> None:
        disposal.appraise(self.vault, [self.papers[step["doc"]]], step.get("reason"))

    def review_extend(self, step: Step) -> None:
        document = self.papers[step["doc"]]
        disposal.keep_longer(self.vault, document, step["years"], step.get("reason"))

    def review_permanent(self, step: Step) -> None:
        disposal.keep_for_ever(self.vault, self.papers[step["doc"]], step.get("reason"))

    def approve(self, step: Step) -> None:
        disposal.approve(self.vault, self._batch(step, "NOT_IN_REVIEW"))

    def _batch(self, step: Step, otherwise: str) -> str:
        return disposal.batch_of(self.vault, self.papers[step["doc"]], otherwise)

    def destroy(self, step: Step) -> None:
        batch = self._batch(step, "NOT_APPROVED")
        seen = [self._person(one) for one in step.get("witnesses", ())]
        destruction.destroy(self.vault, batch, seen)

    def user_delete(self, step: Step) -> None:
        disposal.delete(self.vault, self.papers[step["doc"]])

    def _person(self, login: str) -> str:
        with self.vault.catalogue.write() as tx:
            return numbers.person(tx, [login])

    # ---- holds, damage, erasure

    def hold_place(self, step: Step) -> None:
        made = hold.place(
            self.vault,
            *self._scope(step["scope"]),
            reason=step.get("reason"),
            authority=step.get("authority"),
        )
        self.holds[step["hold"]] = made.id

    def _scope(self, scope: Scope) -> tuple[str, str]:
        if "doc" in scope:
            return "document", self.papers[scope["doc"]]
        if "customer" in scope:
            return "customer", self._customer(scope["customer"])
        return "query", f"category:{scope['query']['doc_type']}"

    def hold_release(self, step: Step) -> None:
        hold.release(self.vault, self.holds[step["hold"]], step.get("reason"))

    def fixity(self, step: Step) -> None:
        document, result = self.papers[step["doc"]], step["result"].lower()
        with self.vault.catalogue.read() as tx:
            if not documents.some(tx, [document]):
                raise Refusal("ALREADY_DESTROYED")
        sound = [document] if result == "ok" else []
        faults = () if result == "ok" else ((result, document),)
        inspected(self.vault, sound, faults, deep=True)

    def incident_close(self, step: Step) -> None:
        self._two(step, "close_incident", self.papers[step["doc"]])

    def erasure_request(self, step: Step) -> None:
        erasure.request(self.vault, self._customer(str(step["customer"])))

    # ---- the clock

    def confirm_clock(self, step: Step) -> None:
        self._two(step, "confirm_clock", clock.clock_day(self.vault).isoformat())

    def clock_reset(self, step: Step) -> None:
        self._two(step, "clock_reset", step["to"], needs_reason=True)

    def _two(
        self,
        step: Step,
        kind: str,
        subject: str,
        terms: Mapping[str, object] | None = None,
        *,
        needs_reason: bool = False,
    ) -> None:
        """One proposes, another confirms; what is asked of the people comes before all else.

        In the commands one person proposes alone, and hears of what forbids the act then; the
        cases ask for the two people first.
        """
        by = step.get("by")
        people = [by] if isinstance(by, str) else list(by or ())
        reason = step.get("reason") if needs_reason else step.get("reason") or "because"
        early = {"ALREADY_DESTROYED", "REASON_REQUIRED"}
        try:
            proposed = act.propose(self.vault, kind, subject, reason, terms=terms or {})
        except Refused as error:
            if error.code in early:
                raise
            if len(people) < 2:
                raise Refusal("SECOND_PERSON_REQUIRED") from error
            if people[0] == people[1]:
                raise Refusal("SAME_PERSON") from error
            raise
        if len(people) < 2:
            act.reject(self.vault, proposed.id, "alone")
            raise Refusal("SECOND_PERSON_REQUIRED")
        with self._as(people[1]):
            try:
                act.confirm(self.vault, proposed.id)
            except Refused:
                act.reject(self.vault, proposed.id, "refused")
                raise

    @contextmanager
    def _as(self, login: str) -> Iterator[None]:
        before, self.vault.login = self.vault.login, login
        try:
            yield
        finally:
            self.vault.login = before


ACTS: Mapping[str, Callable[[Archive, Step], None]] = {
    name: getattr(Archive, name)
    for name in (
        "ingest",
        "event",
        "confirm_event",
        "correct_event",
        "void_event",
        "reappraise",
        "approve_shortening",
        "withdraw",
        "extend",
        "review_start",
        "review_extend",
        "review_permanent",
        "approve",
        "destroy",
        "user_delete",
        "accept",
        "assign",
        "move_doc",
        "set_doc_type",
        "set_case",
        "set_doc_date",
        "merge_customers",
        "split_customer",
        "rule_set",
        "hold_place",
        "hold_release",
        "fixity",
        "incident_close",
        "erasure_request",
        "confirm_clock",
        "clock_reset",
    )
}
"""The acts that are played."""
