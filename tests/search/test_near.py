"""The second try finds whatever the first one finds, never less, and stays small."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.declarations.shipped import shipped
from archiver.declarations.thesaurus import Thesaurus, read_thesaurus
from archiver.search.base import Asked, Entry
from archiver.search.near import MOST, forms, left_out, near
from archiver.search.open import open_engine
from archiver.search.parse import parse
from archiver.search.query import All, AnyOf, Not, Query, Text, Wildcard
from archiver.search.second import joined
from archiver.search.tokens import QueryError
from tests.search.oracle import means
from tests.search.test_exactness import ALIASES, TODAY, corpora, queries

SHIPPED = read_thesaurus(shipped("index"))
HERE = Thesaurus(
    synonyms={"合同": ("执照", "car"), "car": ("合同",), "a4": ("华信",)},
    lookalikes={"0": ("o",), "营": ("汽",), "a": ("4",)},
    stopwords=frozenset({"合", "car"}),
)
"""Words of the random papers."""


@given(corpora(), queries)
def test_what_is_found_is_found_again(papers: list[Entry], query: Query) -> None:
    widened = near(query, HERE)
    for paper in papers:
        assert means(widened, paper, TODAY) or not means(query, paper, TODAY)


def nots(query: Query) -> list[Query]:
    """Whatever is negated, from left to right."""
    match query:
        case Not():
            return [query]
        case All(parts) | AnyOf(parts):
            return [one for part in parts for one in nots(part)]
        case _:
            return []


@given(queries)
def test_what_is_negated_is_not_widened(query: Query) -> None:
    assert nots(near(query, HERE)) == nots(query)


def size(query: Query) -> int:
    """How many words an engine must look for."""
    match query:
        case Not(part):
            return size(part)
        case All(parts) | AnyOf(parts):
            return sum(map(size, parts))
        case _:
            return 1


@given(st.text('0123586合同执照协议的 ()*"', max_size=200))
def test_the_second_try_of_whatever_can_be_asked_stays_small(text: str) -> None:
    try:
        query = parse(text, ALIASES)
    except QueryError:
        return
    assert size(near(query, SHIPPED)) <= size(query) + MOST


@pytest.mark.parametrize(
    ("asked", "others"),
    [
        ("协议", ["合同", "协议书", "契约"]),
        ("类别:执照", ["营业执照"]),
        ("编号:HT-2024-0", ["ht-2o24-o", "ht-z0z4-0"]),
        ("末到期", ["未到期"]),
        ("專票", ["专票", "增值税专用发票"]),
        ("客户:华信", ["華信", "毕信"]),
        ("invoices", ["invoice"]),
        ("warranty OR policies", ["warranties", "policy"]),
        ("box OR branches OR address", ["boxes", "branch", "addresses"]),
    ],
)
def test_what_is_looked_for_besides(asked: str, others: list[str]) -> None:
    query = parse(asked, ALIASES)
    found = [one.needle for besides in forms(query, SHIPPED).values() for one in besides]
    assert [one for one in others if one in found] == others


@pytest.mark.parametrize(
    ("asked", "tree"),
    [
        ("山 的 人", All((Text("山"), Text("人")))),
        ("山 的", Text("山")),
        ("的 of 也", None),
        ("NOT 山 的", None),
        ("山 OR 的", None),
        ("协*", None),
        ("客户:合同", None),
    ],
)
def test_words_that_say_little_are_left_out_beside_others(asked: str, tree: Query | None) -> None:
    words = Thesaurus(SHIPPED.synonyms, {}, frozenset({"的", "也", "of"}))
    query = parse(asked, ALIASES)
    assert near(query, words) == (tree or query)
    assert [one.needle for one in left_out(query, words)] == (["的"] if tree else [])


@given(corpora(), queries, st.integers(0, 6), st.integers(1, 6))
def test_the_near_stand_below_the_exact_on_every_page(
    papers: list[Entry], query: Query, offset: int, limit: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine("whoosh:index", Path(folder))
        engine.reset()
        engine.update(papers, [])
        widened = near(query, HERE)
        everything = Asked(query, TODAY, limit=100, facets=True)
        answer = engine.search(everything)
        whole, exact = joined(engine, everything, answer, widened), answer.total
        first = {one.document for one in whole.hits[:exact]}
        every = {one.document for one in whole.hits}
        assert first == {one.document for one in papers if means(query, one, TODAY)}
        assert every == {one.document for one in papers if means(widened, one, TODAY)}
        for counts in whole.facets.values():
            assert sum(one.count for one in counts) == whole.total
        asked = Asked(query, TODAY, limit=limit, offset=offset)
        page = joined(engine, asked, engine.search(asked), widened)
        assert page.total == whole.total == len(every)
        listed = [one.document for one in whole.hits[offset : offset + limit]]
        assert [one.document for one in page.hits] == listed
        engine.close()


def test_a_wildcard_is_left_as_it_is() -> None:
    assert forms(Wildcard("协议*"), SHIPPED) == {}
