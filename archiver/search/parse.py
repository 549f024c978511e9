"""The query language: from what a person typed to a query tree.

What stands side by side must all be found; `NOT` binds closest, then `AND`, then `OR`.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from archiver.core.errors import N_
from archiver.search.fields import known_field
from archiver.search.query import All, AnyOf, Everything, Not, Query, Wildcard, Within
from archiver.search.tokens import Kind, QueryError, Token, tokens
from archiver.search.values import Scope, missing, of_the_day, value

MAX_DEPTH = 20
"""Brackets within brackets, and NOTs in a row."""
MAX_VALUES = 64
MAX_WILDCARDS = 8
MAX_SIGNS = 24
"""Signs `*` and `?` in all: each costs a look at every place where the rest of its word fits."""
_MOST = (MAX_VALUES, MAX_WILDCARDS, MAX_SIGNS)
_STOPS = {Kind.END, Kind.CLOSE, Kind.OR}
_SAID = {Kind.WORD, Kind.QUOTED, Kind.RANGE}


def parse(text: str, aliases: Mapping[str, str], today: date | None = None) -> Query:
    """The tree of a query.

    Args:
        text: as a person typed it; nothing at all means everything.
        aliases: every word for a field → the field.
        today: from which `last-month` is counted; None for a query as `in_names` wrote it, which
            holds no such words.

    Raises:
        QueryError: with the position of what is wrong.
    """
    return _parsed(text, aliases, today).query


def in_names(text: str, aliases: Mapping[str, str], today: date) -> str:
    """The same query in words that mean the same on every day and in every vault.

    Fields have their own names, and days that were counted from `today` are written out: neither a
    change of `aliases` nor tomorrow alters its meaning.

    Args:
        text: as a person typed it.
        aliases: every word for a field → the field.
        today: the day on which it is typed.

    Raises:
        QueryError: with the position of what is wrong.
    """
    said = text
    for token, name in reversed(_parsed(text, aliases, today).lasting):
        start = token.at - 1
        said = said[:start] + name + said[start + token.length :]
    return said


def _parsed(text: str, aliases: Mapping[str, str], today: date | None) -> "_Parser":
    parser = _Parser(aliases, tokens(text), today)
    if parser.token.kind is not Kind.END:
        parser.query = parser.either(None, 0)
    if parser.token.kind is Kind.CLOSE:
        raise QueryError(
            N_("character {at}: there is no bracket to close"),
            parser.token.at,
            hint=N_("leave it out, or put it in quotes"),
        )
    return parser


class _Parser:
    """Recursive descent with one token of look-ahead: either → both → one.

    Attributes:
        query: the tree; everything until something was read.
        lasting: tokens that may mean something else elsewhere or tomorrow, and what says the same
            for good, in their order.
    """

    def __init__(
        self, aliases: Mapping[str, str], rest: Iterator[Token], today: date | None
    ) -> None:
        self.query: Query = Everything()
        self.lasting: list[tuple[Token, str]] = []
        self._aliases = aliases
        self._rest = rest
        self._today = today
        self._values = 0
        self._wildcards = 0
        self._signs = 0
        self.token = next(rest)

    def _take(self) -> Token:
        token = self.token
        if token.kind is not Kind.END:
            self.token = next(self._rest)
        return token

    def either(self, scope: Scope | None, depth: int) -> Query:
        """Queries joined by OR, asked of `scope`."""
        found = [self._both(scope, depth)]
        while self.token.kind is Kind.OR:
            self._take()
            found.append(self._both(scope, depth))
        return found[0] if len(found) == 1 else AnyOf(tuple(found))

    def _both(self, scope: Scope | None, depth: int) -> Query:
        """Queries joined by AND or by nothing."""
        found = [self._one(scope, depth)]
        while self.token.kind not in _STOPS:
            if self.token.kind is Kind.AND:
                self._take()
            found.append(self._one(scope, depth))
        return found[0] if len(found) == 1 else All(tuple(found))

    def _one(self, scope: Scope | None, depth: int) -> Query:
        """A negation, a bracket, a field with its value, or a value of `scope`."""
        token = self._take()
        if depth > MAX_DEPTH:
            raise QueryError(
                N_("character {at}: more than {most} brackets or NOTs within one another"),
                token.at,
                hint=N_("leave out the brackets that change nothing"),
                most=MAX_DEPTH,
            )
        if token.kind is Kind.NOT:
            return Not(self._one(scope, depth + 1))
        if token.kind is Kind.OPEN:
            return self._bracket(token, scope, depth + 1)
        if token.kind is Kind.FIELD:
            return self._field(token, scope, depth)
        return self._value(token, scope)

    def _bracket(self, opening: Token, scope: Scope | None, depth: int) -> Query:
        query = self.either(scope, depth)
        if self._take().kind is not Kind.CLOSE:
            raise QueryError(
                N_("character {at}: {sign} is never closed"),
                opening.at,
                hint=N_("close it, or leave it out"),
                sign=opening.text,
            )
        return query

    def _field(self, token: Token, outer: Scope | None, depth: int) -> Query:
        scope = known_field(token, self._aliases)
        self.lasting.append((token, scope.field))
        if outer is not None:
            raise QueryError(
                N_("character {at}: the field {field} stands within the field {outer}"),
                token.at,
                hint=N_("close the bracket of {outer} before it"),
                field=token.text,
                outer=outer.called,
            )
        if self.token.kind is Kind.OPEN:
            return self._bracket(self._take(), scope, depth + 1)
        if self.token.kind not in _SAID:
            raise missing(scope, token.at + token.length + 1)
        return self._value(self._take(), scope)

    def _value(self, token: Token, scope: Scope | None) -> Query:
        """A single value, counted, because each costs an engine time."""
        query = value(token, scope, self._today)
        if isinstance(query, Within) and of_the_day(token, query.field):
            self.lasting.append((token, f"[{_day(query.low)} TO {_day(query.high)}]"))
        self._values += 1
        if isinstance(query, Wildcard):
            self._wildcards += 1
            self._signs += sum(query.pattern.count(sign) for sign in "*?")
        much = (self._values, self._wildcards, self._signs)
        if any(many > most for many, most in zip(much, _MOST, strict=True)):
            raise QueryError(
                N_(
                    "character {at}: too much at once: at most {most} words, {wild} of them with "
                    "* or ?, {signs} such signs in all"
                ),
                token.at,
                hint=N_("ask for less; what belongs together goes in quotes"),
                **dict(zip(("most", "wild", "signs"), _MOST, strict=True)),
            )
        return query


def _day(ordinal: int | None) -> str:
    return "*" if ordinal is None else date.fromordinal(ordinal).isoformat()
