"""Which hit comes first: by what a paper is called and whose it is before what it says."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.search.base import Asked, Entry, SearchEngine
from archiver.search.open import open_engine
from archiver.search.query import All, AnyOf, Everything, Query, Text, Wildcard
from tests.search.test_exactness import TODAY, an_entry

FILLING = "一二三四五六七八九十"
WORDS = ("合同", "照", "营业执照", "car", "HT-2024-01", "A4纸")

words = st.sampled_from(WORDS)
ages = st.none() | st.integers(0, 400)
few = settings(max_examples=25)


def paper(number: int, text: str, age: int | None = 0) -> Entry:
    """A paper that is dated so many days ago, or not at all."""
    day = None if age is None else TODAY - timedelta(days=age)
    return replace(an_entry(number, text), date=day)


@contextmanager
def indexed(*papers: Entry) -> Iterator[SearchEngine]:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine("whoosh:index", Path(folder))
        engine.reset()
        engine.update(papers, [])
        yield engine
        engine.close()


def order(engine: SearchEngine, query: Query, sort: str = "score", at: int = 0) -> list[str]:
    """The hits from number `at` on, two of them, or from the first all."""
    asked = Asked(query, TODAY, sort, limit=2 if at else 20, offset=at)
    return [hit.document for hit in engine.search(asked).hits]


@few
@given(words, st.integers(1, 40), ages, ages)
def test_a_hit_in_title_number_or_name_comes_before_one_in_a_text_as_long(
    word: str, filling: int, age: int | None, other: int | None
) -> None:
    said = paper(1, f"{FILLING * filling} {word}", age)
    silent = paper(2, FILLING * filling + "某" * (len(word) + 1), other)
    for better in (
        replace(silent, title=word),
        replace(silent, customer_name=f"{word}公司"),
        replace(silent, values={"no": (word,)}),
    ):
        with indexed(said, better) as engine:
            assert order(engine, Text(word)) == ["D000002", "D000001"]


@few
@given(words, st.integers(1, 8), st.integers(1, 8))
def test_more_often_in_texts_as_long_comes_first(word: str, one: int, other: int) -> None:
    papers = [
        paper(number, " ".join([word] * count + ["某" * len(word)] * (8 - count)))
        for number, count in ((1, one), (2, other))
    ]
    expected = sorted(["D000001", "D000002"], key=lambda name: -{"1": one, "2": other}[name[-1]])
    with indexed(*papers) as engine:
        assert order(engine, Text(word)) == expected


def test_the_rarer_word_counts_for_more() -> None:
    papers = [paper(number, "合同 一") for number in range(8)]
    papers += [paper(8, "发票 一", age=9)]
    with indexed(*papers) as engine:
        assert order(engine, AnyOf((Text("合同"), Text("发票"))))[0] == "D000008"


@few
@given(st.lists(st.tuples(ages, st.integers(0, 3)), min_size=2, max_size=12))
def test_what_fits_as_well_comes_with_the_newest_paper_first(
    dated: list[tuple[int | None, int]],
) -> None:
    papers = [
        replace(paper(number, "合同", age), added=TODAY - timedelta(days=late))
        for number, (age, late) in enumerate(dated)
    ]
    newest = sorted(papers, key=lambda one: one.added, reverse=True)
    newest.sort(key=lambda one: one.date or date.min, reverse=True)
    days = [(one.date, one.added) for one in newest]
    known = {one.document: (one.date, one.added) for one in papers}
    with indexed(*papers) as engine:
        for query in (Text("合同"), Everything(), Text("C0001", "customer")):
            assert [known[one] for one in order(engine, query)] == days


@few
@given(st.lists(st.tuples(st.lists(words, min_size=1, max_size=6), ages), min_size=1, max_size=15))
def test_pages_and_repetitions_agree(drawn: list[tuple[list[str], int | None]]) -> None:
    papers = [paper(number, " ".join(said), age) for number, (said, age) in enumerate(drawn)]
    query = AnyOf((Text("合同"), Wildcard("c?r"), All((Text("照"), Text("A4纸")))))
    with indexed(*papers) as engine:
        for sort in ("score", "date", "added", "customer"):
            whole = order(engine, query, sort)
            engine.close()  # opened again by the next question
            pages = [order(engine, query, sort, at) for at in range(2, 16, 2)]
            assert [one for page in pages for one in page] == whole[2:]
        scores = [hit.score for hit in engine.search(Asked(query, TODAY)).hits]
        assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("query", [Everything(), Text("C0001", "customer")])
def test_without_words_nothing_fits_better_than_another(query: Query) -> None:
    with indexed(paper(1, "合同"), paper(2, "发票")) as engine:
        assert {hit.score for hit in engine.search(Asked(query, TODAY)).hits} == {0.0}
