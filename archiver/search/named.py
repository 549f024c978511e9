"""Saved queries in a query: `@NAME` wherever a word may stand, put there as if in brackets."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from archiver.core.errors import N_
from archiver.search.tokens import Kind, QueryError, Token, tokens

_NAME = re.compile(r"[@＠]([\w-]{1,40})")


@dataclass(frozen=True, slots=True)
class Expanded:
    """A query with saved ones in it, which remembers what was typed.

    Attributes:
        text: without names.
        placed: for each name, in their order: where it was typed and how long it is, and where
            in `text` that which stands for it begins and ends. Places count from 1.
    """

    text: str
    placed: tuple[tuple[Token, int, int], ...]

    def typed(self, at: int) -> int:
        """Where in what was typed stands what is at `at` in `text`."""
        moved = 0
        for token, begin, end in self.placed:
            if at < begin:
                break
            if at < end:
                return token.at
            moved = token.at + token.length - end
        return at + moved


def name_of(token: Token) -> str | None:
    """The name that a token asks for; None where it is no name."""
    found = _NAME.fullmatch(token.text) if token.kind is Kind.WORD else None
    return found[1] if found else None


def expanded(said: str, saved: Callable[[Token], str]) -> Expanded:
    """`said` with the saved query in place of each name.

    Args:
        said: a query as it was typed.
        saved: gives the query for a token that is a name, or raises.

    Raises:
        QueryError: what was typed cannot be cut into tokens, or what is saved holds a name.
    """
    names = [token for token in tokens(said) if name_of(token)]
    if len(names) == 1 and names[0].text == said.strip():
        query = _in_full(names[0], saved)  # nothing beside it: no brackets
        return Expanded(query, ((names[0], 1, len(query) + 2),))
    text, done, placed = "", 0, []
    for token in names:
        text += said[done : token.at - 1]
        begin = len(text) + 1
        text += f"({_in_full(token, saved)})"
        placed.append((token, begin, len(text) + 1))
        done = token.at - 1 + token.length
    return Expanded(text + said[done:], tuple(placed))


def _in_full(token: Token, saved: Callable[[Token], str]) -> str:
    """What is saved, which names no other: those were put in when it was saved."""
    query = saved(token)
    try:
        inner = next(filter(name_of, tokens(query)), None)
    except QueryError as error:
        raise error.moved(token.at) from error
    if inner:
        raise QueryError(
            N_("character {at}: what is saved as {name} holds the name {inner} itself"),
            token.at,
            hint=N_("write that out in index/saved.toml; in quotes it stands for these letters"),
            name=token.text,
            inner=inner.text,
        )
    return query
