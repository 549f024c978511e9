"""What a version would change is what it changes: held against the plain meaning of each word."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.model import Because
from archiver.declarations.retention import Calendar, RuleSet
from archiver.declarations.rule import Rule
from archiver.judge.contexts import remember
from archiver.judge.evaluate import Answer, State, evaluate, locked
from archiver.judge.facts import Record, Stage, Step
from archiver.judge.given import Given
from archiver.judge.preview import Effect, Preview
from tests.judge.asking import CONTEXT, RECORD, SERVICE
from tests.judge.test_properties import (
    MINUTES,
    RULES,
    Steps,
    acts,
    grown,
    listening,
    rule,
    strength,
)

rule_sets = st.builds(
    lambda rules, locks: RuleSet(tuple(rules), locked=locks),
    st.lists(st.sampled_from(RULES), unique=True, max_size=4),
    st.booleans(),
)
DUE = {State.DUE, State.IN_REVIEW, State.APPROVED}


@given(acts, st.lists(rule_sets, min_size=1, max_size=3))
def test_each_effect_means_what_it_says(steps: Steps, versions: list[RuleSet]) -> None:
    timeline = grown(steps)
    facts = timeline.given()
    for record in timeline.records.values():
        for rules in versions:
            found = Preview(rules, facts).change(record)
            then = _living_under(record, rules)
            if found is None:
                both = (evaluate(one, facts)._replace(reasons=()) for one in (record, then))
                assert len(set(both)) == 1
                assert _expected(record, then, facts, timeline.entry) == set()
                continue
            assert found.before == evaluate(record, facts)
            assert _in_any_order(found.after) == _in_any_order(evaluate(then, facts))
            assert found.effects == _expected(record, then, facts, timeline.entry)
            assert (found.instead is None) == (Effect.WAITING not in found.effects)
            record = then


def _in_any_order(answer: Answer) -> tuple[Answer, frozenset[Because]]:
    """A version that comes back moves its reasons to the end."""
    return answer._replace(reasons=()), frozenset(answer.because)


def _living_under(record: Record, rules: RuleSet) -> Record:
    if not record.contexts:
        return record
    newest = replace(record.contexts[-1], rules=rules)
    return replace(record, contexts=remember(record.contexts, newest))


def _expected(record: Record, then: Record, facts: Given, entry: int) -> set[Effect]:
    def forgetful(one: Record) -> Answer:
        return evaluate(replace(one, contexts=one.contexts[-1:], since=entry), facts)

    before, after = evaluate(record, facts), evaluate(then, facts)
    was, now = forgetful(record), forgetful(then)
    waits = strength(now) < strength(was)
    meant = {
        Effect.LENGTHENED: strength(after) > strength(before),
        Effect.DUE: after.state in DUE and before.state not in DUE,
        Effect.PERMANENT: after.permanent and not before.permanent,
        Effect.WAITING: waits,
        Effect.LOCKED: waits and locked(then, facts),
        Effect.UNSCHEDULED: {now.state} - {was.state} == {State.UNSCHEDULED},
    }
    return {effect for effect, true in meant.items() if true}


def lasting(period: str, **said: object) -> Rule:
    return rule("S", "*", trigger=listening("service_completed"), period=period, **said)


DATED: dict[str, object] = {"trigger": {"event": "doc_date"}, "period": "3y"}
NONE, ONE, TWO, FIVE = (RuleSet(()), *(RuleSet((lasting(f"{n}y"),)) for n in (1, 2, 5)))
FOR_EVER = RuleSet((rule("S", "*"),))
FAST = replace(TWO, locked=True)
FACTS = Given(date(2026, 5, 20), [SERVICE])
"""The service of 2023-05-10: two years after it are over, five are not."""
UNHEARD = Given(date(2026, 5, 20))


def living(*versions: RuleSet) -> Record:
    """A paper that has lived under some versions, the newest last."""
    return replace(RECORD, contexts=tuple(replace(CONTEXT, rules=one) for one in versions))


@pytest.mark.parametrize(
    ("record", "rules", "facts", "effects", "instead"),
    [
        (living(TWO), FIVE, FACTS, "lengthened", None),
        (living(TWO), FIVE, UNHEARD, "", None),
        (living(NONE), TWO, FACTS, "lengthened due", None),
        (living(NONE), FIVE, FACTS, "lengthened", None),
        (living(NONE), TWO, UNHEARD, "lengthened", None),
        (living(TWO), FOR_EVER, FACTS, "lengthened permanent", None),
        (living(TWO), FOR_EVER, UNHEARD, "lengthened permanent", None),
        (living(TWO), ONE, FACTS, "waiting", "2024-05-10"),
        (living(TWO), NONE, FACTS, "waiting unscheduled", "UNSCHEDULED"),
        (living(TWO), NONE, UNHEARD, "waiting unscheduled", "UNSCHEDULED"),
        (living(FOR_EVER), TWO, FACTS, "waiting", "2025-05-10"),
        (living(FAST), ONE, FACTS, "waiting locked", "2024-05-10"),
        (living(FAST), NONE, FACTS, "waiting locked unscheduled", "UNSCHEDULED"),
        (living(FAST), FIVE, FACTS, "lengthened", None),
        (living(FIVE, ONE), TWO, FACTS, "", None),
        (living(FIVE, TWO), ONE, FACTS, "waiting", "2024-05-10"),
        (living(TWO, ONE), FIVE, FACTS, "lengthened", None),
        (living(FIVE, NONE), RuleSet((MINUTES,)), FACTS, None, None),
    ],
)
def test_what_a_version_does_to_a_paper(
    record: Record, rules: RuleSet, facts: Given, effects: str | None, instead: str | None
) -> None:
    found = Preview(rules, facts).change(record)
    if effects is None:
        assert found is None
        return
    assert found
    assert (found.record, found.instead) == (record, instead)
    assert found.effects == {Effect(one) for one in effects.split()}
    assert found.before == evaluate(record, facts)
    assert found.after == evaluate(_living_under(record, rules), facts)
    for stage in (Stage.IN_REVIEW, Stage.APPROVED):
        begun = replace(record, step=Step(stage, 9))
        again = Preview(rules, facts).change(begun)
        assert again
        assert again.effects == found.effects


def test_a_paper_that_is_gone_or_undecided_does_not_change() -> None:
    for record in (
        replace(RECORD, contexts=()),
        replace(living(TWO), step=Step(Stage.DESTROYED, 9)),
    ):
        assert Preview(FIVE, FACTS).change(record) is None


def test_only_what_a_version_says_of_such_papers_is_compared() -> None:
    """Proofs say nothing of a paper, nor does the order of rules; the days that are worked do."""
    proof = {"given": {"category": "order"}, "expect": {"state": "AWAITING_TRIGGER"}}
    proved, other = lasting("2y", proof=[proof]), rule("T", "tax", **DATED)
    preview = Preview(RuleSet((other, proved)), FACTS)
    assert preview.change(living(TWO)) is None
    tax = replace(living(TWO).contexts[0], category="tax")
    assert preview.change(replace(RECORD, contexts=(tax,))) is not None
    both = RuleSet((lasting("2y"), rule("R", "*")))
    assert Preview(RuleSet(both.rules[::-1]), FACTS).change(living(both)) is None
    assert Preview(replace(TWO, calendar=Calendar()), FACTS).change(living(TWO)) is not None
    staff = RuleSet((lasting("2y", match={"categories": ["*"], "kinds": ["staff"]}),))
    assert Preview(staff, FACTS).change(living(NONE)) is None


def test_a_preview_of_many_papers_is_that_of_each() -> None:
    versions = (NONE, ONE, TWO, FIVE, FOR_EVER)
    preview = Preview(TWO, FACTS)
    many = [preview.change(living(one)) for one in versions for _ in range(2)]
    assert many == [Preview(TWO, FACTS).change(living(one)) for one in versions for _ in range(2)]
