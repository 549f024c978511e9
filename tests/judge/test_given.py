"""What a rule remembers saves work and changes nothing; it never grows beyond its bound."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given

from archiver.core.model import DocumentId
from archiver.declarations.retention import RuleSet
from archiver.declarations.rule import Rule
from archiver.judge import given as module
from archiver.judge.evaluate import Answer, evaluate
from archiver.judge.facts import Context, Dated, Event
from archiver.judge.findings import UNSCHEDULED
from archiver.judge.given import Candidate, Given
from tests.judge.asking import OTHER, RECORD, RULES, SERVICE, TODAY, WHO, an_event
from tests.judge.test_properties import (
    CASED,
    ENDED,
    FIRST,
    PAPER,
    Steps,
    acts,
    grown,
)


@given(acts)
def test_answers_are_the_same_whoever_was_asked_about_before(steps: Steps) -> None:
    timeline = grown(steps)
    together = timeline.given()

    def alone(doc: str) -> Answer:
        return evaluate(timeline.records[doc], timeline.given())

    for doc, record in [*timeline.records.items()] * 2:
        assert evaluate(record, together) == alone(doc)


@pytest.mark.parametrize("rule", [PAPER, ENDED, CASED, FIRST], ids=lambda one: one.id)
def test_papers_of_one_customer_are_told_apart(rule: Rule) -> None:
    """By their date, their case and what happened to them alone, whoever is asked about first."""
    rules = RuleSet((rule,))
    own = an_event("licence_replaced", date(2021, 1, 5), 2)
    of_one = replace(own, document=DocumentId("D2"))
    of_a_case = replace(an_event("service_completed", date(2022, 2, 3), 3), case_no="W1")
    sold = an_event("purchase_completed", date(2019, 3, 1), 4)
    happened = (SERVICE, of_one, of_a_case, sold)
    papers = [
        replace(
            RECORD,
            id=DocumentId(f"D{number}"),
            since=since,
            contexts=(Context(rules, WHO, "customer", category, case_no, day),),
        )
        for number, (category, case_no, day, since) in enumerate(
            product(("order", "tax"), (None, "W1"), (None, date(2020, 5, 1), TODAY), (0, 9)),
            start=1,
        )
    ]
    alone = [evaluate(one, Given(TODAY, happened)) for one in papers]
    assert len({(one.state, one.retain_through) for one in alone}) > 1
    for turn in range(len(papers)):
        together = Given(TODAY, happened)
        order = [*range(turn, len(papers)), *range(turn)]
        for at in (*order, *reversed(order)):
            assert evaluate(papers[at], together) == alone[at]


def test_a_paper_remembers_what_happened_to_it_alone() -> None:
    """A corrected event about it counts, whoever else it happened to."""
    dates = (Dated(date(2021, 6, 1), 2, TODAY), Dated(date(2021, 1, 5), 5, TODAY))
    event = Event("E1", "licence_replaced", OTHER, RECORD.id, None, dates, vouched=2)
    context = Context(RuleSet((ENDED,)), WHO, "customer", "order", None, None)
    answer = evaluate(replace(RECORD, since=1, contexts=(context,)), Given(TODAY, [event]))
    assert answer.pending_shortening
    assert answer.retain_through == date(2021, 7, 1)


def test_a_rule_remembers_so_many_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SAID", 2)
    one = Candidate.of(RULES.rules[0])
    held: list[list[object]] = []
    for number in range(5):
        one.remember(number, UNSCHEDULED)
        held.append([*one.said])
    assert held == [[0], [0, 1], [2], [2, 3], [4]]
