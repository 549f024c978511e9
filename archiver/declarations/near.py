"""Events in a rule that are probably a misspelt one of ours.

A company's own events are those that its rules name, so nothing else tells a slip of the pen: the
rule would wait for ever for what nobody records.
"""

from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from archiver.core.errors import N_
from archiver.declarations.codes import EVENTS
from archiver.declarations.rule import DOC_DATE, Rule
from archiver.declarations.words import translate

_SLIP = 1
"""Letters more, less, different or swapped."""


def misspelt(rule: Rule, rules: Iterable[Rule]) -> Iterator[str]:
    """What is wrong with the events that start a rule: near to one of ours, and in no other rule.

    Args:
        rule: one of the set.
        rules: all of them.
    """
    started = rule.trigger.started_by - EVENTS.keys() - {DOC_DATE} if rule.trigger else frozenset()
    others = [one.trigger.started_by for one in rules if one.trigger and one is not rule]
    for event in sorted(started):
        near = min(EVENTS, key=lambda ours: OSA.distance(event, ours))
        if OSA.distance(event, near) <= _SLIP and not any(event in one for one in others):
            told = translate(N_("there is no event {event}; did you mean {near}?"))
            yield told.format(event=event, near=near)
