"""How large a segment may grow: that bounds what a commit takes."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from archiver.search import whoosh_writer
from archiver.search.base import Asked, SearchEngine
from archiver.search.open import open_engine
from archiver.search.query import Everything
from archiver.search.whoosh_engine import NAME
from tests.search.test_exactness import an_entry

WHOLE = Asked(Everything(), date(2026, 1, 1), limit=100)


def filled(folder: Path, papers: int) -> SearchEngine:
    """An index of so many papers, filed one by one; each has its number as a word."""
    engine = open_engine("whoosh:index", folder)
    engine.reset()
    for number in range(papers):
        text = f"合同 word{number}"
        engine.update([replace(an_entry(0, text), document=f"D{number}")], [])
    return engine


def sizes(folder: Path) -> list[int]:
    """Documents of each segment, deleted ones included."""
    segments = TOC.read(FileStorage(str(folder / "index")), NAME).segments
    return [one.doc_count_all() for one in segments]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A segment takes six documents."""
    monkeypatch.setattr(whoosh_writer, "LARGEST", 6)


@pytest.mark.usefixtures("small")
def test_merges_keep_within_their_bound(tmp_path: Path) -> None:
    filled(tmp_path, 20).close()
    assert sum(sizes(tmp_path)) == 20
    assert 3 <= max(sizes(tmp_path)) <= 6


@pytest.mark.usefixtures("small")
def test_removed_texts_leave_the_files_though_no_commit_takes_them_all(tmp_path: Path) -> None:
    engine = filled(tmp_path, 20)
    gone = range(0, 20, 2)
    new = [replace(an_entry(0, "协议"), document=f"N{number}") for number in range(4)]
    engine.update(new, [f"D{number}" for number in gone])
    assert {one.document for one in engine.search(WHOLE).hits} == {
        *(f"D{number}" for number in range(20) if number not in gone),
        *(f"N{number}" for number in range(4)),
    }
    assert max(sizes(tmp_path)) <= 6
    stored = b"".join(path.read_bytes() for path in (tmp_path / "index").glob("*.seg"))
    assert [number for number in range(20) if b"word%d\x00" % number in stored] == [
        number for number in range(20) if number not in gone
    ]
    engine.close()


@pytest.mark.usefixtures("small")
def test_what_was_stopped_between_two_commits_is_cleaned_when_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = filled(tmp_path, 20)
    gone = [f"D{number}" for number in range(0, 20, 2)]
    with monkeypatch.context() as stopped:
        stopped.setattr("archiver.search.whoosh_engine.sleep", _stop)
        with pytest.raises(KeyboardInterrupt):
            engine.update([], gone)
    assert len(engine.search(WHOLE).hits) == 10, "found no more from the first commit on"
    assert sum(sizes(tmp_path)) > 10
    engine.update([], gone)
    assert sum(sizes(tmp_path)) == 10
    engine.close()


@pytest.mark.usefixtures("small")
def test_what_one_commit_can_rewrite_takes_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = filled(tmp_path, 5)
    slept: list[float] = []
    monkeypatch.setattr("archiver.search.whoosh_engine.sleep", slept.append)
    engine.update([], ["D1"])
    assert not slept
    assert sum(sizes(tmp_path)) == 4
    engine.close()


def _stop(_seconds: float) -> None:
    raise KeyboardInterrupt
