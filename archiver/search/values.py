"""The single values of a query: words, phrases, days, amounts, states."""

from dataclasses import dataclass
from datetime import date

from archiver.core.errors import N_, Phrase
from archiver.core.normalise import searchable
from archiver.declarations.states import GONE, paper_state
from archiver.search.query import (
    Everything,
    InState,
    Present,
    Query,
    Text,
    Wildcard,
    Within,
)
from archiver.search.ranges import within
from archiver.search.tokens import Kind, QueryError, Token

_EXAMPLES = {
    "date": N_("write 2024, 2024-03-05, >=2024-03, [2020 TO 2023] or last-month"),
    "added": N_("write 2024, 2024-03-05, >=2024-03, [2020 TO 2023] or last-month"),
    "amount": N_("write 1200, 1200.50, >=1200 or [100 TO 500]"),
}
_VALUES = {
    **{"date": "2024", "added": "2024", "amount": "1200"},
    "state": Phrase.of(N_("due")),
}
"""What may stand behind a field."""
_QUOTE = N_("AND, OR and NOT stand before a word; to look for one of them, put it in quotes")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a value is asked of.

    Attributes:
        field: by its own name.
        called: what the one who reads an error calls it.
    """

    field: str
    called: str


def value(token: Token, scope: Scope | None, today: date | None) -> Query:
    """What `token` asks of `scope`, or of everything when None.

    Args:
        token: what was typed.
        scope: the field.
        today: from which `last-month` is counted; None where no such words are known.

    Raises:
        QueryError: it is no value, or none of this field.
    """
    if token.kind not in {Kind.WORD, Kind.QUOTED, Kind.RANGE}:
        raise QueryError(
            N_("character {at}: something to look for is missing"), token.at, hint=_QUOTE
        )
    text, field = searchable(token.text), scope.field if scope else None
    if token.kind is Kind.WORD and text.strip("*") == "" != text:
        return Present(field) if field else Everything()
    if scope and field in _EXAMPLES:
        return _number(token, scope, today)
    if token.kind is Kind.RANGE:
        raise QueryError(
            N_("character {at}: a range needs a date or an amount"),
            token.at,
            hint=N_("like date:[2020 TO 2023] or amount:[100 TO 500]"),
        )
    return _state(token, text) if field == "state" else _words(token, text, field)


def _words(token: Token, text: str, field: str | None) -> Query:
    if not text:
        raise QueryError(
            N_("character {at}: there is nothing to look for"),
            token.at,
            hint=N_("write a word, or leave it out"),
        )
    if token.kind is Kind.QUOTED or not ("*" in text or "?" in text):
        return Text(token.text, field)
    if not text.strip("*?"):
        raise QueryError(
            N_("character {at}: * and ? need a letter or digit beside them"),
            token.at,
            hint=N_("like HT-2024-0* or HT-202?-01; a * alone means any value"),
        )
    return Wildcard(token.text, field)


def _state(token: Token, text: str) -> Query:
    state = paper_state(text)
    if state == GONE:
        raise QueryError(
            N_("character {at}: what is {text} is in no search any more"),
            token.at,
            hint=N_(
                "a list of what was destroyed: archiver retain register; of one: archiver show ID"
            ),
            text=token.text,
        )
    if state is None:
        raise QueryError(
            N_("character {at}: no state {text}; the states are {known}"),
            token.at,
            hint=N_("write one of them, like state:due"),
            text=token.text,
            known=Phrase.of(N_("retained, due, permanent, undetermined")),
        )
    return InState(state)


def of_the_day(token: Token, field: str) -> bool:
    """Whether a value of days or amounts says another thing tomorrow."""
    return _within(token, field, None) is None


def _within(token: Token, field: str, today: date | None) -> Within | None:
    bracketed = token.kind is Kind.RANGE
    return within(field, searchable(token.text), bracketed=bracketed, today=today)


def _number(token: Token, scope: Scope, today: date | None) -> Within:
    found = _within(token, scope.field, today)
    if found is None:
        raise QueryError(
            N_("character {at}: {text} is no value of the field {field}"),
            token.at,
            hint=_EXAMPLES[scope.field],
            text=token.text,
            field=scope.called,
        )
    if found.low is not None and found.high is not None and found.high < found.low:
        raise QueryError(
            N_("character {at}: {text} ends before it begins"),
            token.at,
            hint=N_("the earlier day or the smaller amount comes first"),
            text=token.text,
        )
    return found


def missing(scope: Scope, at: int) -> QueryError:
    """Nothing stands behind a field.

    Args:
        scope: the field.
        at: where a value should stand.
    """
    if scope.field in _VALUES:
        hint = N_("write it as {field}:{example}; {field}:* finds any value")
    else:
        hint = N_("write it behind the colon; {field}:* finds any value")
    return QueryError(
        N_("character {at}: no value stands behind the field {field}"),
        at,
        hint=hint,
        field=scope.called,
        example=_VALUES.get(scope.field),
    )
