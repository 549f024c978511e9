"""A query with some of its words exchanged, as it would be typed."""

from collections.abc import Mapping

from archiver.core.normalise import searchable
from archiver.search.tokens import Kind, tokens


def corrected(text: str, meant: Mapping[str, str]) -> str:
    """The query `text` with every word that `meant` knows exchanged.

    Args:
        text: a query that can be parsed.
        meant: searchable word → what takes its place; no quotes are in it.
    """
    said = text
    for token in reversed([one for one in tokens(text) if one.kind in {Kind.WORD, Kind.QUOTED}]):
        new = meant.get(searchable(token.text))
        if new is not None:
            new = new.upper() if token.text.isupper() else new
            start = token.at - 1 + (token.kind is Kind.QUOTED)
            written = new if token.kind is Kind.QUOTED else _typed(new)
            said = said[:start] + written + said[start + len(token.text) :]
    return said


def _typed(word: str) -> str:
    """A word as one types it: in quotes where it would be taken for something else."""
    first, *others = tokens(word)
    plain = first.kind is Kind.WORD and first.text == word and len(others) == 1
    return word if plain and not set("*?") & set(word) else f'"{word}"'
