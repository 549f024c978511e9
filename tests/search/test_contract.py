"""What every engine owes (`archiver.search.base`): one suite, run against each of them.

A new engine is added to `ENGINES` and must pass as it is.
"""

import tempfile
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.search.base import Asked, Entry, IndexDamaged, IndexMissing, SearchEngine
from archiver.search.query import Everything, Not, Query, Text
from archiver.search.whoosh_engine import WhooshIndex
from tests.search.oracle import means
from tests.search.scan import ScanIndex
from tests.search.test_exactness import TODAY, an_entry, corpora, queries

Open = Callable[[Path], SearchEngine]
ENGINES: dict[str, Open] = {"whoosh": WhooshIndex, "scan": ScanIndex}
CLAUSE = "绝密条款九百九十九号甲乙丙丁"


class Shelf:
    """A place for indexes of one engine; closes whatever was opened."""

    def __init__(self, make: Open, folder: Path) -> None:
        self._make, self._folder = make, folder
        self._opened: list[SearchEngine] = []

    def open(self, name: str = "index") -> SearchEngine:
        self._opened.append(self._make(self._folder / name))
        return self._opened[-1]

    def made(self, name: str = "index") -> SearchEngine:
        engine = self.open(name)
        engine.reset()
        return engine

    def files(self, name: str = "index") -> list[Path]:
        return sorted(path for path in (self._folder / name).iterdir() if path.stat().st_size)

    def close(self) -> None:
        for one in self._opened:
            one.close()


@pytest.fixture(params=ENGINES)
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(ENGINES[request.param], tmp_path)
    yield made
    made.close()


def found(engine: SearchEngine, query: Query = Everything(), sort: str = "score") -> list[str]:  # noqa: B008 - frozen
    results = engine.search(Asked(query, TODAY, sort, limit=1000))
    assert results.total == len(results.hits)
    return [hit.document for hit in results.hits]


@pytest.mark.parametrize("make", ENGINES.values(), ids=ENGINES)
@given(papers=corpora(), asked=st.lists(queries, min_size=1, max_size=4))
def test_it_finds_what_a_scan_finds(make: Open, papers: list[Entry], asked: list[Query]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shelf = Shelf(make, Path(folder))
        engine = shelf.made()
        engine.update(papers[:2], ())
        engine.update(papers[2:], ())
        for query in asked:
            expected = {one.document for one in papers if means(query, one, TODAY)}
            assert set(found(engine, query)) == expected
        shelf.close()


def test_a_missing_index_is_never_made_in_silence(shelf: Shelf) -> None:
    engine = shelf.open()
    for act in (engine.documents, lambda: found(engine), lambda: engine.update((), ())):
        with pytest.raises(IndexMissing):
            act()


def test_a_batch_is_seen_by_whoever_is_open_already(shelf: Shelf) -> None:
    writer, reader = shelf.made(), shelf.open()
    assert found(reader) == []
    writer.update([an_entry(1, "合同"), an_entry(2, "合同")], ())
    assert sorted(found(reader, Text("合同"))) == ["D000001", "D000002"]
    writer.update([an_entry(1, "发票")], ["D000002"])
    assert found(reader, Text("合同")) == []
    assert found(reader, Not(Text("合同"))) == ["D000001"]


def test_the_later_counts_and_a_removal_more_than_both(shelf: Shelf) -> None:
    engine = shelf.made()
    old, new = an_entry(1, "合同"), replace(an_entry(1, "发票"), fingerprint="later")
    for _ in range(2):  # repeating is harmless
        engine.update([old, new, an_entry(2, "合同")], ["D000002", "D000009"])
        assert engine.documents() == {"D000001": "later"}
        assert found(engine, Text("合同")) == []


def test_reset_empties(shelf: Shelf) -> None:
    engine = shelf.made()
    engine.update([an_entry(1, "合同")], ())
    engine.reset()
    assert found(engine) == []
    assert engine.documents() == {}


def test_it_takes_over_what_another_knows(shelf: Shelf) -> None:
    old, reader = shelf.made(), shelf.open()
    old.update([an_entry(1, "合同"), an_entry(2, "合同")], ())
    assert len(found(reader)) == 2
    new = shelf.made("new")
    new.update([an_entry(2, "发票")], ())
    new.update([an_entry(3, "发票")], ())
    assert len(found(reader)) == 2
    old.reset(new)
    assert sorted(found(reader, Text("发票"))) == ["D000002", "D000003"]
    assert found(reader, Text("合同")) == []
    with pytest.raises(IndexMissing):
        shelf.open("new").documents()
    old.update([an_entry(4, "发票")], ["D000002"])
    assert sorted(found(reader)) == ["D000003", "D000004"]


def test_what_cannot_be_taken_over_changes_nothing(shelf: Shelf) -> None:
    engine = shelf.made()
    engine.update([an_entry(1, "合同")], ())
    with pytest.raises(IndexDamaged):
        engine.reset(shelf.open("nothing"))
    assert found(engine, Text("合同")) == ["D000001"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("date", ["D000002", "D000003", "D000001"]),
        ("added", ["D000003", "D000002", "D000001"]),
        ("customer", ["D000001", "D000003", "D000002"]),
        ("score", ["D000002", "D000003", "D000001"]),
    ],
)
def test_the_order_is_the_one_asked_for(shelf: Shelf, sort: str, order: list[str]) -> None:
    """Where all is equal, as when no word is asked for, the newest paper comes first."""
    day = timedelta(1)
    engine = shelf.made()
    papers = [
        replace(an_entry(1, ""), customer_name="a", date=None, added=TODAY - 2 * day),
        replace(an_entry(2, ""), customer_name="c", date=TODAY, added=TODAY - day),
        replace(an_entry(3, ""), customer_name="b", date=TODAY - day, added=TODAY),
    ]
    for paper in papers:
        engine.update([paper], ())
    assert found(engine, sort=sort) == order
    pages = [engine.search(Asked(Everything(), TODAY, sort, 1, at)) for at in range(4)]
    assert [hit.document for page in pages for hit in page.hits] == order
    assert {page.total for page in pages} == {3}


def test_the_text_of_what_is_removed_is_in_no_file(shelf: Shelf, tmp_path: Path) -> None:
    engine = shelf.made()
    gone = an_entry(2, CLAUSE)
    forms = [
        CLAUSE.encode(),
        CLAUSE[3:9].encode(),
        zlib.compress(gone.text.encode(), 1),
        b"D000002",
    ]
    engine.update([an_entry(1, "合同"), gone, an_entry(3, "发票")], ())
    engine.update([replace(gone, fingerprint="changed")], ())  # an older version lies elsewhere
    held = [any(form in path.read_bytes() for path in shelf.files()) for form in forms]
    assert held[0]
    assert held[-1], "the test must be able to find it"
    engine.update((), [gone.document])
    for path in (one for one in tmp_path.rglob("*") if one.is_file()):
        data = path.read_bytes()
        assert not [form for form in forms if form in data], path
    assert sorted(engine.documents()) == ["D000001", "D000003"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_torn_index_never_answers_wrongly(shelf: Shelf) -> None:
    """Every file in turn is cut in half: an error, or the whole answer; then it begins anew."""
    papers = [an_entry(number, f"合同 {number}") for number in range(20)]
    for at in range(len(shelf_files(shelf, papers))):
        path = shelf_files(shelf, papers)[at]
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        engine = shelf.open()
        try:
            assert len(found(engine, Text("合同"))) == 20
        except IndexDamaged:
            engine.reset()
            engine.update(papers, ())
        assert len(found(engine, Text("合同"))) == 20


def shelf_files(shelf: Shelf, papers: list[Entry]) -> list[Path]:
    """The files of a whole index."""
    engine = shelf.made()
    engine.update(papers, ())
    engine.close()
    return shelf.files()


def test_several_write_and_nobody_sees_half(shelf: Shelf) -> None:
    """Two writers wait for one another; each batch has two papers, so the number is always even."""
    shelf.made()
    seen: list[int] = []
    errors: list[Exception] = []

    def write(first: int) -> None:
        engine = shelf.open()
        try:
            for number in range(first, first + 20, 2):
                engine.update([an_entry(number, "合同"), an_entry(number + 1, "合同")], ())
        except Exception as error:  # noqa: BLE001 - told below
            errors.append(error)

    writers = [threading.Thread(target=write, args=(first,)) for first in (0, 100)]
    reader = shelf.open()
    for one in writers:
        one.start()
    while any(one.is_alive() for one in writers):
        seen.append(len(found(reader, Text("合同"))))
    for one in writers:
        one.join()
    assert not errors
    assert all(number % 2 == 0 for number in seen)
    assert len(found(reader, Text("合同"))) == 40
