"""Did you mean …? Whatever is offered finds something, and a slip of the finger is seen through."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.core.normalise import searchable
from archiver.search.base import Asked, Entry, SearchEngine
from archiver.search.corrected import corrected
from archiver.search.open import open_engine
from archiver.search.parse import parse
from archiver.search.query import All, AnyOf, Not, Query, Text, Within
from archiver.search.tokens import QueryError
from tests.search.test_exactness import ALIASES, TODAY, an_entry, corpora, queries

NAMES = (
    "青梧市华信样本运输有限公司",
    "云泽样本轮胎制造有限公司",
    "Northquay Specimen Logistics Ltd.",
)
NUMBERS = ("YB-HT-2024-018", "91990001MA1HX1001G", "样C00S31", "0990-5550100")
few = settings(max_examples=40)


@contextmanager
def indexed(*papers: Entry) -> Iterator[SearchEngine]:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine("whoosh:index", Path(folder))
        engine.reset()
        engine.update(papers, [])
        yield engine
        engine.close()


def meant(engine: SearchEngine, query: Query) -> dict[str, tuple[str, ...]]:
    found = engine.search(Asked(query, TODAY, suggest=True))
    return dict(found.meant)


def papers() -> list[Entry]:
    return [
        replace(
            an_entry(number, "contract agreement"),
            customer=f"C{number:04d}",
            customer_name=NAMES[number % len(NAMES)],
            category="licence",
            labels=("营业执照", "Business licence"),
            values={"no": NUMBERS[:1], "code": NUMBERS[1:2], "plate": NUMBERS[2:3]},
        )
        for number in range(6)
    ]


@pytest.fixture(scope="module")
def engine() -> Iterator[SearchEngine]:
    with indexed(*papers()) as made:
        yield made


@given(st.sampled_from(NAMES[:2]), st.data())
def test_a_han_name_with_one_other_character(
    engine: SearchEngine, name: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(name) - 3))
    part = name[start : start + data.draw(st.integers(3, len(name)))]
    at = data.draw(st.integers(0, len(part) - 1))
    typed = part[:at] + data.draw(st.sampled_from("龘鑫贸")) + part[at + 1 :]
    field = data.draw(st.sampled_from([None, "customer"]))
    if not engine.search(Asked(Text(typed, field), TODAY)).total:
        assert part in meant(engine, Text(typed, field))[typed]


@given(st.sampled_from(NUMBERS[:3]), st.data())
def test_a_number_with_a_slip(engine: SearchEngine, number: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(number) - 2))
    slips = [number[:at] + "7" + number[at + 1 :], number[:at] + number[at + 1 :]]
    slips.append(number[:at] + number[at + 1] + number[at] + number[at + 2 :])
    typed = data.draw(st.sampled_from(slips))
    if not engine.search(Asked(Text(typed), TODAY)).total:
        assert searchable(number) in meant(engine, Text(typed))[searchable(typed)]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (Text("northqay"), {"northqay": ("northquay",)}),
        (Text("contarct"), {"contarct": ("contract",)}),
        (Text("licenec", "category"), {"licenec": ("licence",)}),
        (Text("busines licence", "category"), {"busines licence": ("business licence",)}),
        (Text("营业执造"), {"营业执造": ("营业执照",)}),
        (Text("营执照", "category"), {"营执照": ("营业执照",)}),
        (All((Text("northqay"), Text("contract"))), {"northqay": ("northquay",)}),
        (AnyOf((Text("zzzzzz"), Text("northqay"))), {"northqay": ("northquay",)}),
        (All((Text("contract"), Not(Text("agreement")))), {}),
        (All((Text("contract"), Within("date", 1, 2))), {}),
        (Text("car"), {}),
        (Text("照片"), {}),
        (Text("99"), {}),
        (Text(""), {}),
        (Text("northqay", "plate"), {}),
    ],
)
def test_what_is_offered(
    engine: SearchEngine, typed: Query, offered: dict[str, tuple[str, ...]]
) -> None:
    assert meant(engine, typed) == offered


def test_nothing_is_offered_unasked_or_where_something_is_found(engine: SearchEngine) -> None:
    assert engine.search(Asked(Text("northqay"), TODAY)).meant == {}
    assert meant(engine, AnyOf((Text("northqay"), Text("contract")))) == {}


def test_a_name_that_nobody_has_any_more_is_not_offered() -> None:
    first, second, *others = papers()
    with indexed(first, *others) as engine:
        engine.update([replace(one, customer_name="某某") for one in (first, *others)], [])
        engine.update([replace(second, document=first.document)], [])
        assert meant(engine, Text("华新样本运输", "customer")) == {}
        assert meant(engine, Text("云泽样木轮胎", "customer")) == {
            "云泽样木轮胎": ("云泽样本轮胎",)
        }


@few
@given(corpora(), queries)
def test_whatever_is_offered_finds_something(papers: list[Entry], query: Query) -> None:
    with indexed(*papers) as engine:
        found = engine.search(Asked(query, TODAY, suggest=True))
        assert not (found.total and found.meant)
        for word, others in found.meant.items():
            assert 1 <= len(others) <= 3
            assert word not in others
            for one in others:
                assert engine.search(Asked(Text(one), TODAY)).total, (word, one)


@given(
    st.text('合同a "“”：:()[]*?，NOT\n1', max_size=20),
    st.sampled_from(["照", "b c", "not", "NOT", "x*"]),
)
def test_only_the_words_of_a_query_are_exchanged(text: str, new: str) -> None:
    try:
        tree = parse(text, ALIASES)
    except QueryError:
        return  # no query, nothing to exchange
    assert corrected(text, {}) == text
    words = {leaf.needle for leaf in _texts(tree)}
    assert _exchanged(tree, {word: new for word in words}) == parse(
        corrected(text, {word: new for word in words}), ALIASES
    )


def _texts(tree: Query) -> Iterator[Text]:
    if isinstance(tree, Text):
        yield tree
    for part in getattr(tree, "queries", ()):
        yield from _texts(part)
    if isinstance(tree, Not):
        yield from _texts(tree.query)


def _exchanged(tree: Query, words: dict[str, str]) -> Query:
    match tree:
        case Text(needle, field):
            return Text(words.get(needle, needle), field)
        case All(parts):
            return All(tuple(_exchanged(one, words) for one in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_exchanged(one, words) for one in parts))
        case Not(part):
            return Not(_exchanged(part, words))
    return tree
