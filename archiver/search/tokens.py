"""Cuts a query into tokens, each with the place where it stands."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from archiver.core.errors import N_, UsageError
from archiver.core.normalise import HAN

MAX_LENGTH = 1000
"""Characters of a query."""


class QueryError(UsageError):
    """A query that cannot be understood; `at` counts characters from 1.

    There is always something that the one who typed it can do, so the hint is not left out.
    """

    def __init__(self, message: str, at: int, *, hint: str, **facts: object) -> None:
        super().__init__(message, hint=hint, at=at, **facts)
        self.at = at

    def moved(self, at: int) -> "QueryError":
        """The same at another place."""
        facts = {key: fact for key, fact in self.facts.items() if key != "at"}
        return QueryError(self.message, at, hint=self.hint, **facts)


class Kind(StrEnum):
    """What a token is."""

    WORD = "word"
    QUOTED = "quoted"
    FIELD = "field"
    RANGE = "range"
    OPEN = "open"
    CLOSE = "close"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query.

    Attributes:
        text: what stands inside quotes or brackets, or before the colon of a field.
        at: where it stands, from 1.
    """

    kind: Kind
    text: str
    at: int

    @property
    def length(self) -> int:
        """Characters of it in the query; of a field without its colon."""
        return len(self.text) + (2 if self.kind in {Kind.QUOTED, Kind.RANGE} else 0)


_MARKS = "，、；。！？《》〈〉【】"
_BETWEEN = ",;‘’"
"""Marks too, but not between Latin letters or digits: `35,000.00`, `driver’s`."""
_LATIN = rf"[^\W_{HAN}]"
_TOKEN = re.compile(
    rf"""
    (?P<range>  [\[［] [^\]］]* [\]］]
              | (?<=[:：]) 【 [^【】]* (?: 至|到|[Tt][Oo]|[~～] ) [^【】]* 】)
  | (?P<open>   [(（])
  | (?P<close>  [)）])
  | (?P<quoted> ["“”＂] [^"“”＂]* ["“”＂] | [「『] [^「」『』]* [」』])
  | (?P<field>  [^\W\d_]+ [:：])
  | (?P<stray>  ["“”＂「」『』\[［])
  | (?P<word>   (?: [^\s\x00-\x1f{_MARKS}{_BETWEEN}()（）"“”＂「」『』]
                  | (?<={_LATIN}) [{_BETWEEN}] (?={_LATIN}) )+)
  | (?P<gap>    [\s\x00-\x1f{_MARKS}{_BETWEEN}])
    """,
    re.VERBOSE,
)
"""Marks end a word as a blank does, so a sentence may be pasted as it is. A field name has letters
only, so that 12:30 is a word. In 【 】 behind a field a range may stand."""
_OPERATORS = {kind.value: kind for kind in (Kind.AND, Kind.OR, Kind.NOT)}


def tokens(text: str) -> Iterator[Token]:
    """The tokens of `text`, END last.

    Raises:
        QueryError: it is too long, or a quote or bracket is not closed.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(
            N_("character {at}: the query is longer than {most} characters"),
            MAX_LENGTH + 1,
            hint=N_("ask for less; a few words find a paper"),
            most=MAX_LENGTH,
        )
    for found in _TOKEN.finditer(text):
        kind, piece, at = found.lastgroup, found.group(), found.start() + 1
        if kind == "stray":
            raise QueryError(
                N_("character {at}: {sign} is never closed"),
                at,
                hint=N_("close it, or leave it out"),
                sign=piece,
            )
        if kind == "word":
            wide = unicodedata.normalize("NFKC", piece)
            yield Token(_OPERATORS.get(wide, Kind.WORD), piece, at)
        elif kind == "field":
            yield Token(Kind.FIELD, piece[:-1], at)
        elif kind != "gap":
            bare = piece[1:-1] if kind in {"quoted", "range"} else piece
            yield Token(Kind(str(kind)), bare, at)
    yield Token(Kind.END, "", len(text) + 1)
