"""What a rule remembers saves work and changes nothing; it never grows beyond its bound."""

import pytest
from hypothesis import given

from archiver.judge import given as module
from archiver.judge.evaluate import Answer, evaluate
from archiver.judge.findings import UNSCHEDULED
from archiver.judge.given import Candidate
from tests.judge.asking import RULES
from tests.judge.test_properties import Steps, acts, grown


@given(acts)
def test_answers_are_the_same_whoever_was_asked_about_before(steps: Steps) -> None:
    timeline = grown(steps)
    together = timeline.given()

    def alone(doc: str) -> Answer:
        return evaluate(timeline.records[doc], timeline.given())

    for doc, record in [*timeline.records.items()] * 2:
        assert evaluate(record, together) == alone(doc)


def test_a_rule_remembers_so_many_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SAID", 2)
    one = Candidate.of(RULES.rules[0])
    held: list[list[object]] = []
    for number in range(5):
        one.remember(number, UNSCHEDULED)
        held.append([*one.said])
    assert held == [[0], [0, 1], [2], [2, 3], [4]]
