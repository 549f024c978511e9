"""A paper under the company's own rules, and questions about it."""

from collections.abc import Iterable
from datetime import date

from archiver.core.model import CustomerId, DocumentId
from archiver.declarations.rule import Trigger
from archiver.declarations.sentences import sentence
from archiver.judge.evaluate import Answer, evaluate
from archiver.judge.facts import Context, Dated, Event, Hold, Record
from archiver.judge.given import Given
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
