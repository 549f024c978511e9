"""What a version would change is what it changes: held against the plain meaning of each word."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from archiver.core.model import Because
from archiver.declarations.retention import RuleSet
from archiver.judge.evaluate import Answer, State, evaluate, locked
from archiver.judge.facts import Record
from archiver.judge.given import Given
from archiver.judge.preview import Effect, Preview
from tests.judge.test_properties import RULES, Steps, acts, grown, strength

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
                both = (replace(evaluate(one, facts), because=()) for one in (record, then))
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
    return replace(answer, because=()), frozenset(answer.because)


def _living_under(record: Record, rules: RuleSet) -> Record:
    if not record.contexts:
        return record
    return replace(record, contexts=(*record.contexts, replace(record.contexts[-1], rules=rules)))


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
