"""The embedded engine: candidates from a Whoosh index, each verified against its own text.

The index holds what a text must contain (words, Han characters, pairs of neighbours, counted and
without positions); whether a document is really meant is asked of the query tree, so results equal
a brute-force scan by construction. Whoosh syncs nothing to disk: the index is disposable.
"""

import json
import zlib
from collections.abc import Generator, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from whoosh import fields, formats, index, query
from whoosh.index import EmptyIndexError, FileIndex, LockError
from whoosh.reading import SegmentReader
from whoosh.searching import Searcher
from whoosh.system import pack_uint
from whoosh.writing import SegmentWriter

from archiver.core.errors import N_, Busy, DamageFound
from archiver.search.base import Asked, Entry, Hit, Results
from archiver.search.query import All, AnyOf, Query, Searched, Text, Within, needles
from archiver.search.snippet import snippet
from archiver.search.text import WILD, haystack, required, tokens

_WAIT = 30.0
_MANY_SEGMENTS = 8


class Counted(fields.FieldType):  # type: ignore[misc] # the library's base class is untyped
    """A field that is given its tokens with their counts: no analyser, no positions."""

    def __init__(self) -> None:
        self.format = formats.Frequency()
        self.analyzer = None
        self.scorable = True
        self.stored = False
        self.unique = False
        self.vector = None
        self.multitoken_query = "default"
        self.spelling = False
        self.column_type = None

    def index(
        self, value: Mapping[str, int], **options: object
    ) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        """(token, count, weight, packed count) for each token."""
        for token, count in value.items():
            yield token.encode(), count, float(count), pack_uint(count)

    def self_parsing(self) -> bool:
        """Queries are built from the tree, never parsed here."""
        return False


_SCHEMA = fields.Schema(
    id=fields.ID(stored=True, unique=True),
    grams=Counted(),
    date=fields.NUMERIC(int, bits=32, signed=False),
    added=fields.NUMERIC(int, bits=32, signed=False),
    amount=fields.NUMERIC(int, bits=64),
    fingerprint=fields.STORED(),
    entry=fields.STORED(),
)


class WhooshIndex:
    """One index folder; opened when first asked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: FileIndex | None = None

    def _index(self) -> FileIndex:
        """The index, made when there is none yet."""
        if self._opened is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                self._opened = index.open_dir(str(self._folder), schema=_SCHEMA)
            except EmptyIndexError:
                self._opened = index.create_in(str(self._folder), _SCHEMA)
            except (OSError, ValueError, LookupError, EOFError) as error:
                raise damaged(error) from error
        return self._opened

    def update(self, entries: Iterable[Entry], removed: Iterable[str]) -> None:
        """One batch in one commit."""
        writer = self._writer()
        try:
            for document in removed:
                writer.delete_by_term("id", document)
            for entry in entries:
                writer.update_document(**_row(entry))
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=_merge_small)

    def _writer(self) -> SegmentWriter:
        try:
            return self._index().writer(timeout=_WAIT, limitmb=64)
        except LockError as error:
            raise Busy(
                N_("the search index is busy"),
                hint=N_("another process is writing; run the command again in a moment"),
            ) from error

    def search(self, asked: Asked) -> Results:
        """Candidates by their tokens, verified, ranked, cut to the page asked for."""
        with self._searcher() as searcher:
            found = _verified(searcher, asked)
            found.sort(key=_order(asked.sort))
            page = found[asked.offset : asked.offset + asked.limit]
            shown = needles(asked.query)
            return Results(tuple(_hit(one, score, shown) for score, one in page), len(found))

    def documents(self) -> Mapping[str, str]:
        """Every document with its fingerprint."""
        with self._searcher() as searcher:
            return {row["id"]: row["fingerprint"] for row in searcher.reader().all_stored_fields()}

    def _searcher(self) -> Searcher:
        try:
            return self._index().refresh().searcher()
        except (OSError, ValueError, LookupError, EOFError) as error:
            raise damaged(error) from error

    def reset(self) -> None:
        """Throw the files away and begin anew."""
        self.close()
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                path.unlink(missing_ok=True)
        self._index()

    def close(self) -> None:
        """Let go of the files."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None


def open_index(folder: Path) -> WhooshIndex:
    """The index in `folder`."""
    return WhooshIndex(folder)


def damaged(error: Exception) -> DamageFound:
    """The index cannot be read: it is derived, so the way out is to make it anew."""
    return DamageFound(
        N_("the search index is damaged: {why}"),
        hint=N_("nothing is lost; make it anew with: archiver reindex"),
        why=type(error).__name__,
    )


def _merge_small(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """Merge the small tail of segments once there are many: bounded work at every commit."""
    if len(segments) < _MANY_SEGMENTS:
        return segments
    ordered = sorted(segments, key=lambda one: one.doc_count_all())
    keep, total = [], 0
    for segment in ordered:
        if total and segment.doc_count_all() > 2 * total:
            keep.append(segment)
            continue
        total += segment.doc_count_all()
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return keep


def _row(entry: Entry) -> dict[str, object]:
    """What is stored and indexed for one document."""
    stored = {
        "document": entry.document,
        "customer": entry.customer,
        "customer_name": entry.customer_name,
        "category": entry.category,
        "labels": entry.labels,
        "date": entry.date.isoformat() if entry.date else None,
        "added": entry.added.isoformat(),
        "title": entry.title,
        "path": entry.path,
        "text": entry.text,
        "values": {**entry.values, "no": (*entry.values.get("no", ()), entry.archive_no)},
        "due": entry.due.isoformat() if entry.due else None,
        "permanent": entry.permanent,
    }
    packed = zlib.compress(json.dumps(stored, ensure_ascii=False).encode(), 1)
    seen = searched(stored)
    row: dict[str, object] = {
        "id": entry.document,
        "grams": tokens("\n".join(text for texts in seen.fields.values() for text in texts)),
        "fingerprint": entry.fingerprint,
        "entry": packed,
    }
    for name in ("date", "added", "amount"):
        if seen.numbers.get(name):
            row[name] = seen.numbers[name][0]
    return row


Stored = dict[str, Any]
"""A document as `_row` packed it."""


def searched(stored: Stored) -> Searched:
    """A stored document as queries see it."""
    values = stored["values"]
    texts = {name: tuple(haystack(one) for one in values.get(name, ())) for name in _VALUES}
    day = {"date": stored["date"], "added": stored["added"]}
    return Searched(
        fields={
            **texts,
            "text": (haystack(stored["text"]),),
            "title": (haystack(stored["title"]),),
            "customer": (haystack(stored["customer_name"]), haystack(stored["customer"])),
            "category": tuple(haystack(one) for one in (stored["category"], *stored["labels"])),
        },
        numbers={
            **{name: (date.fromisoformat(day[name]).toordinal(),) for name in day if day[name]},
            "amount": tuple(round(float(one) * 100) for one in values.get("amount", ())),
        },
        due=date.fromisoformat(stored["due"]) if stored["due"] else None,
        permanent=stored["permanent"],
    )


_VALUES = ("code", "no", "plate", "phone", "tag")


def _verified(searcher: Searcher, asked: Asked) -> list[tuple[float, Stored]]:
    """Every document the query means, with its score."""
    wanted = candidates(asked.query)
    results = searcher.search(wanted, limit=None)
    found = []
    shown = needles(asked.query)
    for score, number in results.top_n:
        stored = json.loads(zlib.decompress(searcher.stored_fields(number)["entry"]))
        seen = searched(stored)
        if asked.query.matches(seen, asked.today):
            titled = any(Text(one, "title").matches(seen, asked.today) for one in shown)
            found.append((score * (1.5 if titled else 1.0), stored))
    return found


def candidates(asked: Query) -> query.Query:
    """A Whoosh query that no meant document escapes; others are sorted out afterwards."""
    if isinstance(asked, Text):
        return _all([_term(token) for token in required(asked.needle)])
    if isinstance(asked, Within) and asked.field in {"date", "added"}:
        return query.NumericRange(asked.field, asked.low, asked.high)
    if isinstance(asked, All):
        return _all([candidates(one) for one in asked.queries])
    if isinstance(asked, AnyOf):
        return query.Or([candidates(one) for one in asked.queries])
    return query.Every()


def _all(parts: list[query.Query]) -> query.Query:
    narrow = [part for part in parts if not isinstance(part, query.Every)]
    return query.And(narrow) if narrow else query.Every()


def _term(token: str) -> query.Query:
    """Documents with a token; a wildcard widens it within its word."""
    if not any(wild in token for wild in WILD):
        return query.Term("grams", token)
    stem = token.rstrip("*")
    if stem and not any(wild in stem for wild in WILD):
        return query.Prefix("grams", stem)
    return query.Wildcard("grams", token) if token.strip("*?") else query.Every()


def _order(sort: str) -> Any:  # noqa: ANN401 - a sort key of mixed types
    """Best first; where that is equal the younger paper, then the id."""

    def by_score(one: tuple[float, Stored]) -> tuple[object, ...]:
        return (-one[0], _newest(one[1]["date"] or one[1]["added"]), one[1]["document"])

    def by_customer(one: tuple[float, Stored]) -> tuple[object, ...]:
        return (one[1]["customer_name"], _newest(one[1]["date"]), one[1]["document"])

    def by_day(one: tuple[float, Stored]) -> tuple[object, ...]:
        return (_newest(one[1][sort]), one[1]["document"])

    return {"score": by_score, "customer": by_customer}.get(sort, by_day)


def _newest(day: str | None) -> int:
    return -date.fromisoformat(day).toordinal() if day else 0


def _hit(stored: Stored, score: float, shown: tuple[str, ...]) -> Hit:
    return Hit(
        document=stored["document"],
        score=round(score, 4),
        customer=stored["customer"],
        customer_name=stored["customer_name"],
        category=stored["category"],
        date=date.fromisoformat(stored["date"]) if stored["date"] else None,
        title=stored["title"],
        path=stored["path"],
        snippet=snippet(stored["text"], shown),
    )
