"""The embedded engine: an index in a folder, kept by Whoosh.

Whoosh keeps segments, columns, deletions, the lock of the one writer, and the table of contents
that makes a commit one rename. The postings (`whoosh_postings`) and the way to an answer
(`whoosh_find`) are ours, because pairs of Han characters need both to be fast and exact.
"""

import importlib
import shutil
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from heapq import nlargest, nsmallest
from pathlib import Path
from pickle import UnpicklingError
from time import sleep

import whoosh.index
from whoosh.codec.base import Segment
from whoosh.index import TOC, FileIndex, LockError
from whoosh.reading import CorruptIndexError
from whoosh.util.filelock import try_for

from archiver.core.errors import N_, Busy
from archiver.disk import door
from archiver.search.base import Asked, Entry, Hit, IndexDamaged, IndexMissing, Results
from archiver.search.needles import Glob, Needle, needle
from archiver.search.query import wanted
from archiver.search.snippet import snippet
from archiver.search.whoosh_facets import facets
from archiver.search.whoosh_find import Finder
from archiver.search.whoosh_library import Library
from archiver.search.whoosh_rows import ADDED, DATE, SCHEMA
from archiver.search.whoosh_writer import BatchWriter, Files

NAME = "papers2"
"""Of the index within its folder. The digit is the version of `whoosh_rows` and `whoosh_postings`:
an index of another version is no index."""
_LOCK = f"{NAME}_WRITELOCK"
PATIENCE = 30.0
"""Seconds to wait for another writer."""
_MEANT = "archiver.search.whoosh_meant"
"""Loads what compares words, for which a search that finds something must not wait."""
_TRIES, _PAUSE = 20, 0.1
"""How often an index is opened again that changed meanwhile; seconds to let another process in."""
_TORN = (
    *(FileNotFoundError, EOFError, ValueError, LookupError, AttributeError, TypeError, ImportError),
    *(NameError, AssertionError, struct.error, zlib.error, UnpicklingError),
    *(whoosh.index.IndexError, CorruptIndexError),
)
"""What Whoosh lets through when it opens files that are missing or torn."""
_GONE = (FileNotFoundError, EOFError, CorruptIndexError, zlib.error, struct.error)
"""What is raised when a segment that is to be merged or added to is missing or torn."""
_ROTTEN = (CorruptIndexError, ValueError, zlib.error, struct.error)
"""What is raised when one reads on in torn files (a wrong UTF-8 or JSON is a ValueError)."""


class WhooshIndex:
    """One index folder; opened when first asked, and again after every commit."""

    def __init__(self, folder: Path, patience: float = PATIENCE) -> None:
        self._folder = folder
        self._patience = patience
        self._storage = Files(str(folder))
        self._library: Library | None = None
        self._stamp: tuple[int, int] | None = None

    def update(self, entries: Iterable[Entry], removed: Iterable[str]) -> None:
        """One batch in one commit, and more commits while a removed text is in any segment.

        Between them another process may write.
        """
        unclean = self._write(entries, removed, ())
        while unclean:
            sleep(_PAUSE)
            unclean = self._write((), (), unclean)

    def _write(
        self, entries: Iterable[Entry], removed: Iterable[str], unclean: Iterable[str]
    ) -> set[str]:
        """One commit; gives the segments that still hold a removed text."""
        writer = self._writer()
        try:
            return writer.write(entries, removed, unclean)
        except BaseException as error:
            if not writer.is_closed:
                writer.cancel()
            if isinstance(error, _GONE):
                raise IndexDamaged(_why(error)) from error
            raise

    def _writer(self) -> BatchWriter:
        if self._latest() < 0:
            if any(self._folder.glob(f"*{Segment.COMPOUND_EXT}")):
                raise IndexDamaged(N_("its table of contents is missing"))
            raise IndexMissing
        try:
            return BatchWriter(FileIndex(self._storage, SCHEMA, NAME), self._patience)
        except LockError as error:
            raise _busy() from error
        except _TORN as error:
            raise IndexDamaged(_why(error)) from error

    def search(self, asked: Asked) -> Results:
        """Find, order, and show the page asked for."""
        library = self._opened()
        with _reading():
            finder = Finder(library, asked.today)
            found = finder.find(asked.query)
            shown = asked.offset + asked.limit
            scores = finder.scores(found)
            among = _foremost(scores, shown) if asked.sort == "score" else found
            order = _order(asked.sort, library, scores)
            page = nsmallest(shown, among, key=order)[asked.offset :]
            looks = [needle(one) for one in wanted(asked.query)] if asked.snippets else None
            hits = tuple(_hit(library, one, scores[one], looks) for one in page)
            counts = facets(library, found, asked.today) if asked.facets else {}
            meant = _meant(library, asked) if asked.suggest and not found else {}
        return Results(hits, len(found), counts, meant)

    def documents(self) -> Mapping[str, str]:
        """What `check` compares; everything is read once and held against its CRC-32."""
        library = self._opened()
        with _reading():
            library.verify()
            cards = [library.card(one) for one in library.living()]
        return {card.document: card.fingerprint for card in cards}

    def reset(self, to: "WhooshIndex | None" = None) -> None:
        """Write a new table of contents, then throw away whatever it does not name."""
        door.make_folder(self._folder)
        with self._alone():
            segments = to._moved(self._folder) if to else []
            generation = self._latest() + 1
            TOC(SCHEMA, segments, generation).write(self._storage, NAME)
            door.sync_folder(self._folder)
            kept = {_LOCK, TOC._filename(NAME, generation)}
            kept.update(one.make_filename(one.COMPOUND_EXT) for one in segments)
            for path in self._folder.iterdir():
                if path.name not in kept:
                    _remove(path)
            door.sync_folder(self._folder)
        if to:
            to.close()
            _remove(to._folder)
            door.sync_folder(to._folder.parent)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock of the one writer."""
        lock = self._storage.lock(_LOCK)
        if not try_for(lock.acquire, self._patience):
            raise _busy()
        try:
            yield
        finally:
            lock.release()

    def _moved(self, folder: Path) -> list[Segment]:
        """Bring our segments into another index's folder, where no contents name them yet.

        Names of segments are random, so they replace none. Should we be stopped halfway, we are a
        torn index and the other one is whole.
        """
        self._opened()
        with self._alone():
            found: list[Segment] = TOC.read(self._storage, NAME, schema=SCHEMA).segments
            for segment in found:
                name = segment.make_filename(segment.COMPOUND_EXT)
                door.rename(self._folder / name, folder / name)
        return found

    def close(self) -> None:
        """Close the files."""
        if self._library is not None:
            self._library.close()
        self._library, self._stamp = None, None

    def _latest(self) -> int:
        """Generation of the newest table of contents; -1 when there is none."""
        generation: int = TOC._latest_generation(self._storage, NAME)
        return generation

    def _opened(self) -> Library:
        """The newest state. A writer may tidy it away while we open it: then again."""
        for _ in range(_TRIES):
            generation = self._latest()
            if generation < 0:
                raise IndexMissing
            try:
                stamp = _stamp_of(self._folder / TOC._filename(NAME, generation))
                if stamp != self._stamp or self._library is None:
                    self.close()
                    toc = TOC.read(self._storage, NAME, generation, SCHEMA)
                    self._library = Library(self._storage, toc.segments)
                    self._stamp = stamp
            except FileNotFoundError:
                sleep(_PAUSE)
            except _TORN as error:
                raise IndexDamaged(_why(error)) from error
            else:
                return self._library
        raise IndexDamaged(N_("a part of it is missing"))


def open_index(folder: Path) -> WhooshIndex:
    """The index in `folder`, which need not exist yet."""
    return WhooshIndex(folder)


def _stamp_of(path: Path) -> tuple[int, int]:
    """Tells one table of contents from another one of the same name."""
    found = path.stat()
    return found.st_mtime_ns, found.st_ino


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        door.unlink(path)


def _busy() -> Busy:
    return Busy(
        N_("another process is writing the search index"),
        hint=N_("run the command again in a moment"),
    )


def _why(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except _ROTTEN as error:
        raise IndexDamaged(_why(error)) from error


Order = Callable[[int], tuple[object, ...]]


def _foremost(scores: Mapping[int, float], number: int) -> list[int]:
    """Those with the highest scores, and all that have the same as the last of them."""
    highest = nlargest(number, scores.values())
    least = highest[-1] if highest else 0.0
    return [one for one, score in scores.items() if score >= least]


def _order(sort: str, library: Library, scores: Mapping[int, float]) -> Order:
    """Smaller comes first: undated papers last, the newest first where all else is equal."""
    facts = library.facts
    if sort == "customer":
        names = library.customer_names()
        return lambda one: (names[one], -facts[one][DATE], -facts[one][ADDED], one)
    if sort == "added":
        return lambda one: (-facts[one][ADDED], -facts[one][DATE], one)
    if sort == "date":
        return lambda one: (-facts[one][DATE], -facts[one][ADDED], one)
    return lambda one: (-scores[one], -facts[one][DATE], -facts[one][ADDED], one)


def _meant(library: Library, asked: Asked) -> Mapping[str, tuple[str, ...]]:
    found: Mapping[str, tuple[str, ...]] = importlib.import_module(_MEANT).meant(
        library, asked.query, asked.today
    )
    return found


Looks = Sequence[Needle | Glob]


def _hit(library: Library, document: int, score: float, looks: Looks | None) -> Hit:
    card = library.card(document)
    return Hit(
        document=card.document,
        score=round(score, 4),
        customer=card.customer,
        customer_name=card.customer_name,
        category=card.category,
        date=date.fromisoformat(card.date) if card.date else None,
        title=card.title,
        path=card.path,
        snippet="" if looks is None else _snippet(library, document, looks),
        files=tuple(card.files),
    )


def _snippet(library: Library, document: int, looks: Looks) -> str:
    return snippet(library.raw(document), library.text(document, "text"), looks)
