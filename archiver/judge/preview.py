"""What another version of the rules would change about one record; nothing is changed by asking."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from archiver.declarations.retention import RuleSet
from archiver.judge.contexts import remember
from archiver.judge.evaluate import Answer, State, alone, evaluate, locked
from archiver.judge.facts import Context, Record
from archiver.judge.findings import Rank
from archiver.judge.given import Given


class Effect(StrEnum):
    """What a version does to a record.

    Attributes:
        LENGTHENED: it is kept longer, at once.
        WAITING: the version gives it less than the one before; that waits for two people.
        LOCKED: of these, it never will: what locked rules gave cannot be shortened.
        DUE: it becomes due for review.
        UNSCHEDULED: no rule of the version is for it, one of the version before was.
        PERMANENT: it becomes permanent.
    """

    LENGTHENED = "lengthened"
    WAITING = "waiting"
    LOCKED = "locked"
    DUE = "due"
    UNSCHEDULED = "unscheduled"
    PERMANENT = "permanent"


@dataclass(frozen=True, slots=True)
class Change:
    """A record before and after; `effects` is empty where both come to the same."""

    record: Record
    before: Answer
    after: Answer
    effects: frozenset[Effect]

    @property
    def instead(self) -> str | None:
        """What waits for two people: a day, or a rank without one; None when nothing waits."""
        reasons = (one for one in self.after.because if one.code == "could_shorten")
        said = next((dict(one.facts)["instead"] for one in reasons), None)
        return said if Effect.WAITING in self.effects else None


def under(record: Record, rules: RuleSet) -> Record:
    """A decided record as it lives when `rules` come into force."""
    lived = record.contexts
    return replace(record, contexts=remember(lived, replace(lived[-1], rules=rules)))


class Preview:
    """What one version of the rules would change about many records.

    Args:
        rules: the version.
        given: the trusted day, events and holds.
    """

    def __init__(self, rules: RuleSet, given: Given) -> None:
        self._rules, self._given = rules, given
        self._alike: dict[tuple[RuleSet, str, str], bool] = {}

    def change(self, record: Record) -> Change | None:
        """What changes about a record; None where the version says the same of it as before."""
        if not record.contexts or (record.step and record.step.gone):
            return None
        if self._says_the_same(record.contexts[-1]):
            return None
        then, given = under(record, self._rules), self._given
        before, after = evaluate(record, given), evaluate(then, given)
        effects = frozenset(_effects(record, then, given, (before, after)))
        return Change(record, before, after, effects)

    def _says_the_same(self, newest: Context) -> bool:
        """Most versions differ in a few rules; no paper that these do not fit need be asked."""
        key = (newest.rules, newest.kind, newest.category)
        alike = self._alike.get(key)
        if alike is None:
            alike = self._alike[key] = _said(*key) == _said(self._rules, *key[1:])
        return alike


def _said(rules: RuleSet, kind: str, category: str) -> object:
    """All that a version says of such papers; proofs are no part of it."""
    fitting = (rule for rule in rules.rules if rule.match.fits(kind, category))
    return rules.calendar, sorted(
        (rule.model_copy(update={"proof": ()}) for rule in fitting), key=lambda rule: rule.id
    )


_DATED = {State.RETAINED, State.DUE, State.IN_REVIEW, State.APPROVED}
_REACHED = {State.DUE, State.IN_REVIEW, State.APPROVED}


def _effects(
    record: Record, then: Record, given: Given, answers: tuple[Answer, Answer]
) -> Iterator[Effect]:
    before, after = answers
    if _strength(after) > _strength(before):
        yield Effect.LENGTHENED
    if after.state in _REACHED and before.state not in _REACHED:
        yield Effect.DUE
    if after.permanent and not before.permanent:
        yield Effect.PERMANENT
    if not after.pending_shortening:
        return  # by itself the version gives all that the record has, so no less than before
    was, now = alone(record, given), alone(then, given)
    if now.strength < was.strength:
        yield Effect.WAITING
        if locked(then, given):
            yield Effect.LOCKED
        if now.rank is Rank.UNSCHEDULED:
            yield Effect.UNSCHEDULED


def _strength(answer: Answer) -> tuple[Rank, int]:
    """Orders answers as findings are ordered."""
    rank = Rank.DATE if answer.state in _DATED else Rank[answer.state.name]
    return rank, answer.retain_through.toordinal() if answer.retain_through else 0
