"""The single values of a query: words, phrases, days, amounts, states."""

from datetime import date

from archiver.core.errors import N_, Phrase
from archiver.core.normalise import searchable
from archiver.search.query import (
    STATES,
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

_STATE_WORDS = {"保管": "retained", "到期": "due", "永久": "permanent", "未定": "undetermined"}
_EXAMPLES = {
    "date": N_("write 2024, 2024-03-05, >=2024-03, [2020 TO 2023] or last-month"),
    "added": N_("write 2024, 2024-03-05, >=2024-03, [2020 TO 2023] or last-month"),
    "amount": N_("write 1200, 1200.50, >=1200 or [100 TO 500]"),
}
_QUOTE = N_("AND, OR and NOT stand before a word; to look for one of them, put it in quotes")


def value(token: Token, field: str | None, today: date | None) -> Query:
    """What `token` asks of `field`, or of everything when None.

    Args:
        token: what was typed.
        field: by its own name.
        today: from which `last-month` is counted; None where no such words are known.

    Raises:
        QueryError: it is no value, or none of this field.
    """
    if token.kind not in {Kind.WORD, Kind.QUOTED, Kind.RANGE}:
        raise QueryError(
            N_("character {at}: something to look for is missing"), token.at, hint=_QUOTE
        )
    text = searchable(token.text)
    if token.kind is Kind.WORD and text.strip("*") == "" != text:
        return Present(field) if field else Everything()
    if field in _EXAMPLES:
        return _number(token, field, today)
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
    state = _STATE_WORDS.get(text, text)
    if state not in STATES:
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


def _number(token: Token, field: str, today: date | None) -> Within:
    found = _within(token, field, today)
    if found is None:
        raise QueryError(
            N_("character {at}: {text} is no value of the field {field}"),
            token.at,
            hint=_EXAMPLES[field],
            text=token.text,
            field=field,
        )
    return found
