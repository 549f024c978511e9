"""Other engines on the same documents and queries, as well as they can: pairs of Han neighbours.

SQLite's FTS5 comes with Python; tantivy is measured where it is installed (the extra `bench`).
Neither verifies anything: a single character is asked for as the beginning of a pair, a longer
string as a phrase of its pairs.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from operator import add
from pathlib import Path
from typing import Any, Protocol

from archiver.core.normalise import HAN, searchable
from archiver.search.base import Entry
from archiver.search.forms import beside_text
from archiver.search.query import All, AnyOf, Not, Query, Text

_PIECES = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_HAN = re.compile(rf"[{HAN}]+")
_SHOWN = 20


class Rival(Protocol):
    """An engine that is measured beside ours."""

    name: str

    def fill(self, entries: Iterable[Entry]) -> None:
        """Index all of them and commit."""
        ...

    def ask(self, query: Query) -> int:
        """How many documents it finds; the best 20 are looked up too."""
        ...


def pairs(text: str) -> str:
    """Searchable text as terms with blanks between: pairs, the last of a run, Latin words."""
    terms: list[str] = []
    for piece in _PIECES.findall(text):
        if _HAN.match(piece):
            terms += map(add, piece, piece[1:])
            terms.append(piece[-1])
        else:
            terms.append(piece)
    return " ".join(terms)


def body(entry: Entry) -> str:
    """All that a word without a field is looked for in."""
    beside = (form for _, form in beside_text(entry))
    return pairs(" , ".join([searchable(entry.title), searchable(entry.text), *beside]))


def can_be_asked(query: Query) -> bool:
    """Whether both rivals can be asked: Han words, joined by AND, OR, and NOT beside something."""
    match query:
        case Text(needle, None):
            return bool(_HAN.fullmatch(needle))
        case AnyOf(parts):
            return all(not isinstance(one, Not) and can_be_asked(one) for one in parts)
        case All(parts):
            bare = [one.query if isinstance(one, Not) else one for one in parts]
            return all(map(can_be_asked, bare)) and not all(isinstance(o, Not) for o in parts)
    return False


def rivals(folder: Path) -> Iterator[Rival]:
    """Those that are there, their files below `folder`."""
    yield Fts5(folder / "fts5.db")
    if find_spec("tantivy"):
        yield Tantivy(folder / "tantivy")


class Fts5:
    """SQLite's own full-text index; single characters by its index of prefixes."""

    name = "SQLite FTS5"

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.execute(
            "CREATE VIRTUAL TABLE papers USING fts5(body, tokenize='unicode61', prefix='1')"
        )

    def fill(self, entries: Iterable[Entry]) -> None:
        """One transaction."""
        with self._connection:
            rows = ((body(one),) for one in entries)
            self._connection.executemany("INSERT INTO papers VALUES (?)", rows)

    def ask(self, query: Query) -> int:
        """Two statements: the best, and how many."""
        text = self._expression(query)
        best = "SELECT rowid FROM papers WHERE papers MATCH ? ORDER BY rank LIMIT ?"
        self._connection.execute(best, (text, _SHOWN)).fetchall()
        number = "SELECT count(*) FROM papers WHERE papers MATCH ?"
        found: int = self._connection.execute(number, (text,)).fetchone()[0]
        return found

    def _expression(self, query: Query) -> str:
        match query:
            case Text(needle):
                return f'"{needle}" *' if len(needle) == 1 else f'"{_phrase(needle)}"'
            case AnyOf(parts):
                return f"({' OR '.join(map(self._expression, parts))})"
            case All(parts):
                wanted = [self._expression(one) for one in parts if not isinstance(one, Not)]
                refused = [self._expression(one.query) for one in parts if isinstance(one, Not)]
                both = f"({' AND '.join(wanted)})"
                return f"({both} NOT ({' OR '.join(refused)}))" if refused else both
        raise TypeError(query)


def _phrase(needle: str) -> str:
    return " ".join(map(add, needle, needle[1:]))


class Tantivy:
    """A library written in Rust. It has no types for us to check, hence `Any`."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._library: Any = import_module("tantivy")
        builder = self._library.SchemaBuilder()
        builder.add_text_field("body", stored=False, tokenizer_name="whitespace")
        self._schema = builder.build()
        self._index: Any = self._library.Index(self._schema, path=str(folder))
        self._searcher: Any = None

    def fill(self, entries: Iterable[Entry]) -> None:
        """One thread, one commit."""
        writer = self._index.writer(256 << 20, 1)
        for one in entries:
            writer.add_document(self._library.Document(body=body(one)))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def ask(self, query: Query) -> int:
        """Count and the best at once."""
        found: int = self._searcher.search(self._expression(query), limit=_SHOWN).count
        return found

    def _expression(self, query: Query) -> Any:  # noqa: ANN401 - a foreign value
        kinds, make = self._library.Occur, self._library.Query
        match query:
            case Text(needle) if len(needle) == 1:
                return make.regex_query(self._schema, "body", f"{needle}.?")
            case Text(needle) if len(needle) == 2:
                return make.term_query(self._schema, "body", needle)
            case Text(needle):
                return make.phrase_query(self._schema, "body", _phrase(needle).split())
            case AnyOf(parts):
                return make.boolean_query([(kinds.Should, self._expression(p)) for p in parts])
            case All(parts):
                refused = [one.query for one in parts if isinstance(one, Not)]
                wanted = [one for one in parts if not isinstance(one, Not)]
                return make.boolean_query(
                    [(kinds.Must, self._expression(one)) for one in wanted]
                    + [(kinds.MustNot, self._expression(one)) for one in refused]
                )
        raise TypeError(query)


Asking = Callable[[Query], int]
"""How many documents an engine finds."""
