"""Whether the events that papers raise are events at all: the categories held against the rules."""

import difflib
from collections.abc import Iterator
from pathlib import Path

from archiver.core.errors import N_, DeclarationError
from archiver.declarations.categories import Categories
from archiver.declarations.codes import EVENTS
from archiver.declarations.retention import RuleSet
from archiver.declarations.rule import DOC_DATE
from archiver.declarations.toml import ONE_EACH
from archiver.declarations.words import listing, translate

_OF_ANOTHER = {"licence_replaced"}
"""Events of a paper that another paper tells of: its own date says nothing about itself."""


def refuse_unknown(path: Path, categories: Categories, rules: RuleSet) -> None:
    """See that whatever a category raises is a known event, or one that a rule counts from.

    Args:
        path: of the categories, for the message.
        categories: with what they raise.
        rules: those in force; a company's own events are the ones they name.

    Raises:
        DeclarationError: nothing would ever come of an event, which is surely not meant.
    """
    own = {event for rule in rules.rules if rule.trigger for event in rule.trigger.started_by}
    faults = list(_faults(categories, ({*EVENTS} | own) - {DOC_DATE} - _OF_ANOTHER))
    if faults:
        raise DeclarationError(
            N_("{file}: {problems}"),
            hint=N_(
                "mend the file, or first put rules that know it in force: archiver rules activate"
            ),
            file=path,
            problems=ONE_EACH.join(faults),
        )


def _faults(categories: Categories, known: set[str]) -> Iterator[str]:
    for at, one in enumerate(categories.category):
        if one.raises and one.raises not in known:
            near = difflib.get_close_matches(one.raises, sorted(known), n=1)
            told = translate(N_("no paper tells of {event}; expected {known}"))
            expected = listing(near or sorted(known))
            said = told.format(event=one.raises, known=expected)
            yield f"{one.code}: category.{at}.raises: {said}"
