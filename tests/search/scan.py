"""A second engine, as simple as one can be: a file of entries, all looked at for each query.

It proves that the protocol can be kept by something that is not Whoosh, and takes its answers from
the oracle.
"""

import fcntl
import pickle
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from archiver.search.base import Asked, Entry, Hit, IndexDamaged, IndexMissing, Results
from tests.search.oracle import means, plain


class ScanIndex:
    """One pickle in a folder, replaced by a rename; nobody but tests may read it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "entries.pickle"

    def update(self, entries: Iterable[Entry], removed: Iterable[str]) -> None:
        """Read, change, replace."""
        if not self._path.exists():
            raise IndexMissing
        with self._alone():
            known = self._read()
            known.update((one.document, one) for one in entries)
            for document in removed:
                known.pop(document, None)
            self._write(known)

    def search(self, asked: Asked) -> Results:
        """Ask the oracle of each."""
        found = [one for one in self._read().values() if means(asked.query, one, asked.today)]
        found.sort(key=lambda one: one.document)
        found.sort(key=lambda one: _order(one, asked.sort))
        page = found[asked.offset : asked.offset + asked.limit]
        return Results(tuple(map(_hit, page)), len(found))

    def documents(self) -> Mapping[str, str]:
        """Document → fingerprint."""
        return {one.document: one.fingerprint for one in self._read().values()}

    def reset(self, to: "ScanIndex | None" = None) -> None:
        """Nothing, or what the other one has."""
        known = to._read() if to else {}
        self._folder.mkdir(exist_ok=True)
        with self._alone():
            self._write(known)
        if to:
            to._path.unlink()

    def close(self) -> None:
        """Nothing is open."""

    def _read(self) -> dict[str, Entry]:
        try:
            known: dict[str, Entry] = pickle.loads(self._path.read_bytes())  # noqa: S301 - ours
        except FileNotFoundError as error:
            raise IndexMissing from error
        except (pickle.UnpicklingError, EOFError) as error:
            raise IndexDamaged(error) from error
        return known

    def _write(self, known: dict[str, Entry]) -> None:
        new = self._path.with_suffix(".new")
        new.write_bytes(pickle.dumps(known))
        new.rename(self._path)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _order(entry: Entry, sort: str) -> tuple[object, ...]:
    date = -entry.date.toordinal() if entry.date else 0
    added = -entry.added.toordinal()
    if sort == "customer":
        return plain(entry.customer_name), date, added
    return (added, date) if sort == "added" else (date, added)


def _hit(entry: Entry) -> Hit:
    return Hit(
        document=entry.document,
        score=0.0,
        customer=entry.customer,
        customer_name=entry.customer_name,
        category=entry.category,
        date=entry.date,
        title=entry.title,
        path=entry.path,
        snippet="",
        files=entry.files,
    )
