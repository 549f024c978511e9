"""A query that finds nothing because something was said in words that queries do not know."""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from archiver.cli.narrowed import Filters
from archiver.core.errors import UsageError
from archiver.core.normalise import searchable
from archiver.declarations.findable import called
from archiver.search.base import Asked, SearchEngine
from archiver.search.parse import parse
from archiver.search.query import All, Query
from archiver.search.ranges import amount, days

_OPERATORS = {
    **dict.fromkeys(("and", "和", "与", "及", "并且", "以及"), "AND"),
    **dict.fromkeys(("or", "或", "或者"), "OR"),
    **dict.fromkeys(("not", "非", "不含", "没有"), "NOT"),
}
_WORD = re.compile(r"\S+")
_DOCUMENT = re.compile(r"[Dd]\d{6,}")


class Typed(NamedTuple):
    """What was asked for in words.

    Attributes:
        said: the query as typed.
        tree: what it was understood to be.
        filters: options beside it.
        aliases: every word for a field → the field.
    """

    said: str
    tree: Query
    filters: Filters
    aliases: Mapping[str, str]


def otherwise(engine: SearchEngine, asked: Asked, typed: Typed) -> Iterator[str]:
    """Commands that find what was perhaps meant, ready to be typed.

    Operators in small letters or in Chinese, an amount or a day without its field, the id of a
    document.

    Args:
        engine: the index.
        asked: what found nothing exactly.
        typed: its words.
    """
    said = typed.said.strip()
    if _DOCUMENT.fullmatch(said):
        yield shlex.join(["archiver", "show", said.upper()])
    options = [word for pair in typed.filters.typed() for word in pair]
    for query in dict.fromkeys(_queries(said, asked.today, typed.aliases)):
        if _finds(engine, asked, typed._replace(said=query)):
            yield shlex.join(["archiver", "search", query, *options])


def _queries(said: str, today: date, aliases: Mapping[str, str]) -> Iterator[str]:
    """The same query said in other words."""
    if not set('"“”＂') & set(said):
        put = _WORD.sub(lambda one: _OPERATORS.get(one[0].casefold(), one[0]), said)
        if put != said:
            yield put
    word = searchable(said)
    if amount(word):
        yield f"{called('amount', aliases)}:{word}"
    if days(word, today):
        yield f"{called('date', aliases)}:{word}"


def _finds(engine: SearchEngine, asked: Asked, typed: Typed) -> bool:
    try:
        tree = parse(typed.said, typed.aliases, asked.today)
    except UsageError:
        return False
    query = All((tree, *typed.filters.queries(asked.today)))
    return engine.search(replace(asked, query=query, limit=0, facets=False)).total > 0
