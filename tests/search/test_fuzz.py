"""Whatever is typed gives an answer, or an error that says where and what to do; soon, too."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.declarations.shipped import shipped
from archiver.declarations.thesaurus import read_thesaurus
from archiver.search.base import Asked, Entry, SearchEngine
from archiver.search.matching import matches
from archiver.search.near import near
from archiver.search.open import open_engine
from archiver.search.parse import in_names, parse
from archiver.search.query import Query
from archiver.search.tokens import MAX_LENGTH, QueryError
from tests.search.test_exactness import ALIASES, TODAY, an_entry
from tests.search.test_language import PIECES

WORDS = read_thesaurus(shipped("index"))
HANG = 10.0
"""Seconds of processor time: a guard against hanging, not a measurement. A second is promised."""


def hostile(times: int) -> str:
    """A page made against patterns: the same again and again."""
    return f"{'合' * 10 * times}{'a' * 10 * times}{'0Oo1lI' * times}\n{'合同 a ' * times}"


def papers(*texts: str) -> Iterator[Entry]:
    for number, text in enumerate(texts):
        values = {"no": ("HT-2024-018",), "amount": ("1200.50",), "tag": ("重要",)}
        yield replace(an_entry(number, text), title=text[:20], values=values, date=date(2024, 3, 5))


PAPERS = list(
    papers(
        "采购合同 编号 HT-2024-018 甲方 华信 违约责任 A4纸 ISO9001认证 与 或 非",
        "营业执照 统一社会信用代码 91320500MA1ABCDE0X",
        "\x00\ufffe \U0001f600 é ﷺ １２３ ＡＢＣ",
        hostile(20),
    )
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    made = open_engine("whoosh:index", tmp_path_factory.mktemp("fuzz"))
    made.reset()
    made.update(PAPERS, [])
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> None:
    """The module's index outlives its tests on purpose."""


def understood(text: str) -> Query | QueryError:
    try:
        return parse(text, ALIASES, TODAY)
    except QueryError as error:
        return error


def answered(engine: SearchEngine, text: str) -> None:
    """The whole way of a query: right, and the second try finds no less."""
    query = understood(text)
    if isinstance(query, QueryError):
        assert 1 <= query.at <= min(len(text), MAX_LENGTH) + 1
        assert f"character {query.at}:" in query.sentence()
        assert query.advice()
        return
    began = process_time()
    exact = engine.search(Asked(query, TODAY))
    wide = engine.search(Asked(near(query, WORDS), TODAY))
    assert process_time() - began < HANG
    found = {hit.document for hit in exact.hits}
    assert found == {one.document for one in PAPERS if matches(query, one, TODAY)}
    assert found <= {hit.document for hit in wide.hits}
    assert parse(in_names(text, ALIASES, TODAY), ALIASES) == query


SIGNS = (
    "()（）[]［］\"“”＂「」『』*?？:：,，、;；。！<>=≥≤~-_/.#&|^\\'{} \t\n\r\x00\x1f\u3000"
    "\u200b\ufeff合同a1AO0"
)
nested = st.recursive(
    st.sampled_from(PIECES),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(" ".join),
        inner.map("({})".format),
        inner.map("NOT {}".format),
        inner.map("客户:（{}）".format),
        inner.map("“{}”".format),
        st.tuples(inner, inner).map("{0[0]} OR {0[1]}".format),
        st.tuples(inner, inner).map("日期:[{0[0]} TO {0[1]}]".format),
    ),
    max_leaves=20,
)
endless = st.tuples(
    st.sampled_from([*PIECES, *SIGNS, "a*", "*a", "?*", "NOT ("]), st.integers(1, 1200)
)


@settings(max_examples=200)
@given(st.text(st.characters(), max_size=80))
def test_any_characters(engine: SearchEngine, text: str) -> None:
    answered(engine, text)


@settings(max_examples=300)
@given(st.text(SIGNS, max_size=60))
def test_signs_and_little_else(engine: SearchEngine, text: str) -> None:
    answered(engine, text)


@settings(max_examples=300)
@given(nested)
def test_queries_within_queries(engine: SearchEngine, text: str) -> None:
    answered(engine, text)


@given(endless)
def test_the_same_again_and_again(engine: SearchEngine, piece: tuple[str, int]) -> None:
    text, often = piece
    answered(engine, text * often)
    answered(engine, f"{text} " * often)


@pytest.mark.parametrize(
    "text",
    [
        " ".join(f"*{letter}*?合*" for letter in "abcdef"),
        " OR ".join(f"a{'?' * at}*a" for at in range(1, 6)),
        " ".join(["*a*"] * 8 + ["合"] * 56),
        "*" + "合*" * 23,
        "?" * 23 + "a*",
        "?合" * 24,
        "合" * MAX_LENGTH,
        "0" * MAX_LENGTH,
        " ".join(f"1l0O{at}" for at in range(64)),
        "NOT " * 20 + "合",
        "(" * 20 + "合" + ")" * 20,
        "金额:[-999999999999999 TO 999999999999999]",
        "日期:>=9998-12-31",
        "\ufdfa" * MAX_LENGTH,
        "\udcff\ud800 客户:\udcff",
    ],
)
def test_what_was_made_to_hurt(text: str, tmp_path: Path) -> None:
    """On a page of 60,000 characters made to hurt."""
    query = understood(text)
    assert not isinstance(query, QueryError)
    engine = open_engine("whoosh:index", tmp_path)
    engine.reset()
    engine.update(papers(hostile(2000)), [])
    began = process_time()
    for asked in (query, near(query, WORDS)):
        engine.search(Asked(asked, TODAY))
    assert process_time() - began < HANG
    engine.close()


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("合" * (MAX_LENGTH + 1), MAX_LENGTH + 1),
        ("(" * 21 + "合" + ")" * 21, 22),
        ("NOT " * 21 + "合", 85),
        ("合 " * 65, 129),
        ("a* " * 9, 25),
        ("合 *" + "合*" * 24, 3),
        ("“合", 1),
        ("合 (A (B)", 3),
        ("客户:(编号:1)", 5),
        ("合 [1 TO 2]", 3),
        ("状态:红", 4),
        ("日期:9999-12-31", 4),
        ("合 ** ？", None),
    ],
)
def test_where_it_is_wrong(text: str, at: int | None) -> None:
    query = understood(text)
    assert (query.at if isinstance(query, QueryError) else None) == at
