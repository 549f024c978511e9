"""The query language: from what a person typed to a query tree.

What stands side by side must all be found; `NOT` binds closest, then `AND`, then `OR`.
"""

from collections.abc import Iterator, Mapping

from archiver.core.errors import N_
from archiver.declarations.findable import FIELDS, called
from archiver.declarations.words import listing
from archiver.search.query import All, AnyOf, Everything, Not, Query, Wildcard
from archiver.search.tokens import Kind, QueryError, Token, tokens
from archiver.search.values import value

MAX_DEPTH = 20
"""Brackets within brackets, and NOTs in a row."""
MAX_VALUES = 64
MAX_WILDCARDS = 8
_STOPS = {Kind.END, Kind.CLOSE, Kind.OR}


def parse(text: str, aliases: Mapping[str, str]) -> Query:
    """The tree of a query.

    Args:
        text: as a person typed it; nothing at all means everything.
        aliases: every word for a field → the field.

    Raises:
        QueryError: with the position of what is wrong.
    """
    parser = _Parser(aliases, tokens(text))
    if parser.token.kind is Kind.END:
        return Everything()
    query = parser.either(None, 0)
    if parser.token.kind is Kind.CLOSE:
        message = N_("character {at}: there is no bracket to close")
        raise QueryError(message, parser.token.at)
    return query


def in_names(text: str, aliases: Mapping[str, str]) -> str:
    """The same query with every field by its own name: no change of `aliases` alters its meaning.

    Args:
        text: a query that can be parsed.
        aliases: every word for a field → the field.
    """
    said = text
    fields = [token for token in tokens(text) if token.kind is Kind.FIELD]
    for token in reversed(fields):
        start, end = token.at - 1, token.at - 1 + len(token.text)
        said = said[:start] + aliases[token.text.casefold()] + said[end:]
    return said


class _Parser:
    """Recursive descent with one token of look-ahead: either → both → one."""

    def __init__(self, aliases: Mapping[str, str], rest: Iterator[Token]) -> None:
        self._aliases = aliases
        self._rest = rest
        self._values = 0
        self._wildcards = 0
        self.token = next(rest)

    def _take(self) -> Token:
        token = self.token
        if token.kind is not Kind.END:
            self.token = next(self._rest)
        return token

    def either(self, field: str | None, depth: int) -> Query:
        """Queries joined by OR, asked of `field`."""
        found = [self._both(field, depth)]
        while self.token.kind is Kind.OR:
            self._take()
            found.append(self._both(field, depth))
        return found[0] if len(found) == 1 else AnyOf(tuple(found))

    def _both(self, field: str | None, depth: int) -> Query:
        """Queries joined by AND or by nothing."""
        found = [self._one(field, depth)]
        while self.token.kind not in _STOPS:
            if self.token.kind is Kind.AND:
                self._take()
            found.append(self._one(field, depth))
        return found[0] if len(found) == 1 else All(tuple(found))

    def _one(self, field: str | None, depth: int) -> Query:
        """A negation, a bracket, a field with its value, or a value of `field`."""
        token = self._take()
        if depth > MAX_DEPTH:
            message = N_("character {at}: more than {most} brackets or NOTs within one another")
            raise QueryError(message, token.at, most=MAX_DEPTH)
        if token.kind is Kind.NOT:
            return Not(self._one(field, depth + 1))
        if token.kind is Kind.OPEN:
            return self._bracket(token, field, depth + 1)
        if token.kind is Kind.FIELD:
            return self._field(token, field, depth)
        return self._value(token, field)

    def _bracket(self, opening: Token, field: str | None, depth: int) -> Query:
        query = self.either(field, depth)
        if self._take().kind is not Kind.CLOSE:
            raise QueryError(
                N_("character {at}: {sign} is never closed"),
                opening.at,
                hint=N_("close it, or leave it out"),
                sign=opening.text,
            )
        return query

    def _field(self, token: Token, outer: str | None, depth: int) -> Query:
        field = self._aliases.get(token.text.casefold())
        if field is None:
            raise QueryError(
                N_("character {at}: no field {field}; the fields are {known}"),
                token.at,
                hint=N_("if the colon belongs to what you look for, put it in quotes"),
                field=token.text,
                known=listing(called(one, self._aliases) for one in FIELDS),
            )
        if outer is not None:
            message = N_("character {at}: the field {field} stands within the field {outer}")
            raise QueryError(message, token.at, field=token.text, outer=outer)
        if self.token.kind is Kind.OPEN:
            return self._bracket(self._take(), field, depth + 1)
        return self._value(self._take(), field)

    def _value(self, token: Token, field: str | None) -> Query:
        """A single value, counted, because each costs an engine time."""
        query = value(token, field)
        self._values += 1
        self._wildcards += isinstance(query, Wildcard)
        if self._values > MAX_VALUES or self._wildcards > MAX_WILDCARDS:
            raise QueryError(
                N_("character {at}: too much at once: at most {most} words, {wild} of them with *"),
                token.at,
                hint=N_("ask for less; what belongs together goes in quotes"),
                most=MAX_VALUES,
                wild=MAX_WILDCARDS,
            )
        return query
