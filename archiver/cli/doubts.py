"""What whoever entered an event may not have meant; it is recorded all the same."""

from collections.abc import Iterator, Sequence
from datetime import date

from archiver.catalogue import customers
from archiver.catalogue.store import Connection
from archiver.core.errors import N_
from archiver.core.model import CustomerId, DocumentId
from archiver.core.periods import Period, add
from archiver.custody.rules import in_force
from archiver.custody.stamp import today
from archiver.declarations.codes import EVENTS, PARTIES, called
from archiver.declarations.rule import Rule, Trigger
from archiver.declarations.words import translate
from archiver.judge.facts import ENDS, HAPPENS_ONLY_TO, RAISES
from archiver.vault.vault import Vault

_OLD = Period(years=60)
"""What happened longer ago is rather a misread or mistyped year."""


class Doubts:
    """Asks about one event after the other, under the rules in force today."""

    def __init__(self, vault: Vault, tx: Connection) -> None:
        self._tx = tx
        self._today = today(vault, tx)
        self._rules = in_force(vault, tx).rules

    def about(
        self, kind: str, day: date, *, customer: CustomerId | None, document: DocumentId | None
    ) -> Iterator[str]:
        """Sentences in the reader's language; none where nothing is odd.

        Args:
            kind: what happened.
            day: when.
            customer: to whom.
            document: the paper it is about.
        """
        whose = customers.get(self._tx, customer) if customer else None
        heard = _heard(self._rules, kind, whose.kind if whose else None)
        if day > self._today and not (heard and all(one.allow_future for one in heard)):
            told = N_("Note: {day} is still to come; papers that count from it wait.")
            yield translate(told).format(day=day)
        if add(day, _OLD) < self._today:
            yield translate(N_("Note: {day} is long ago: is the year right?")).format(day=day)
        if whose and _strange(kind, whose.kind, heard):
            told = N_("Note: no period begins by it: {kind} does not count for: {party}.")
            party = called(PARTIES, whose.kind)
            yield translate(told).format(kind=called(EVENTS, kind), party=party)
        elif document is None and _of_one(kind, heard):
            yield translate(
                N_("Note: no period begins by it: name the paper it is about with --doc.")
            )


def _heard(rules: Sequence[Rule], kind: str, party: str | None) -> list[Trigger]:
    """What counts from it, of the rules for that kind of party."""
    return [
        rule.trigger
        for rule in rules
        if rule.trigger
        and kind in rule.trigger.started_by
        and (party is None or not rule.match.kinds or party in rule.match.kinds)
    ]


def _strange(kind: str, party: str, heard: Sequence[Trigger]) -> bool:
    """Whether it sets no flag, ends none, and can begin nothing for such a party."""
    if kind in RAISES or kind in ENDS:
        return False
    return not heard or party not in HAPPENS_ONLY_TO.get(kind, {party})


def _of_one(kind: str, heard: Sequence[Trigger]) -> bool:
    """Whether it only counts for the paper that it is about."""
    return bool(heard) and all(
        kind in trigger.events and trigger.scope == "document" for trigger in heard
    )
