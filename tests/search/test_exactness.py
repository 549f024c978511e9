"""Results equal a brute-force scan that knows nothing of the engine, over random papers."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.errors import EngineError
from archiver.core.normalise import searchable
from archiver.declarations.findable import read_aliases
from archiver.declarations.shipped import shipped
from archiver.search.base import MARK, Asked, Entry, IndexDamaged
from archiver.search.needles import needle as look_of
from archiver.search.open import open_engine
from archiver.search.parse import parse
from archiver.search.query import (
    All,
    AnyOf,
    Everything,
    InState,
    Not,
    Present,
    Query,
    Text,
    Wildcard,
    Within,
)
from archiver.search.snippet import WIDTH, snippet, width
from archiver.search.tokens import QueryError
from tests.search.oracle import VALUES, holds, means, plain

ALIASES = read_aliases(shipped("index") / "fields.toml")
TODAY = date(2026, 5, 20)
HAN = "合同营业执照华信鑫汽车"
PIECES = [*HAN, *"，。 \n", "iso9001", "A4", "Ａ４", "HT-2024-01", "7", "car", "cars"]

texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("".join)
needles = st.lists(
    st.sampled_from([*HAN, "A4", "iso9001", "car", "HT-2024-01", "ht2024", " "]),
    min_size=1,
    max_size=4,
).map("".join)
patterns = st.lists(
    st.sampled_from([*HAN, "A", "iso", "car", "ht-20", "*", "?"]), min_size=2, max_size=4
).map("".join) | st.sampled_from(["car*", "iso90*", "*01", "ht-2024-0*", "A?", "c?r*", "HT*-01"])
days = st.integers(0, 12).map(lambda back: TODAY - timedelta(days=back))
values = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.lists(texts, min_size=1, max_size=2).map(tuple) for name in VALUES},
        "amount": st.sampled_from(["50", "99.99", "1000.5"]).map(lambda one: (one,)),
    },
)


def an_entry(number: int, text: str) -> Entry:
    return Entry(
        document=f"D{number:06d}",
        archive_no=f"0001-01-2026-{number:04d}",
        customer="C0001",
        customer_name="某某",
        category="other",
        labels=("其他", "Other"),
        date=None,
        added=TODAY,
        title="",
        path="customers/x",
        text=text,
        values={},
        due=None,
        permanent=False,
        fingerprint="f",
    )


@st.composite
def corpora(draw: st.DrawFn) -> list[Entry]:
    """One to six papers."""
    papers = []
    for number in range(draw(st.integers(1, 6))):
        read: Mapping[str, tuple[str, ...]] = draw(values)
        papers.append(
            replace(
                an_entry(number, draw(texts)),
                title=draw(texts),
                customer=draw(st.sampled_from(["C0001", "C0002"])),
                customer_name=draw(texts),
                aliases=draw(st.lists(texts, max_size=2).map(tuple)),
                category=draw(st.sampled_from(["other", "car"])),
                date=draw(st.none() | days),
                added=draw(days),
                values=read,
                due=draw(st.none() | days),
                permanent=draw(st.booleans()),
            )
        )
    return papers


fields = st.sampled_from([None, "text", "title", "customer", "category", *VALUES])
bounds = st.none() | st.integers(TODAY.toordinal() - 12, TODAY.toordinal())
leaves = st.one_of(
    st.builds(Text, needles, fields),
    st.builds(Wildcard, patterns.filter(lambda one: one.strip("*?") != ""), fields),
    st.builds(Within, st.sampled_from(["date", "added"]), bounds, bounds),
    st.builds(Within, st.just("amount"), st.sampled_from([None, 5000, 9999, -105]), st.just(None)),
    st.builds(InState, st.sampled_from(["retained", "due", "permanent", "undetermined"])),
    st.builds(Present, st.sampled_from(["date", "amount", "title", *VALUES])),
    st.just(Everything()),
)
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda q: All(tuple(q))),
        st.lists(inner, min_size=2, max_size=3).map(lambda q: AnyOf(tuple(q))),
    ),
    max_leaves=5,
)


@given(corpora(), st.lists(queries, min_size=1, max_size=6))
def test_results_equal_a_brute_force_scan(papers: list[Entry], asked: list[Query]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine("whoosh:index", Path(folder))
        engine.reset()
        for one in papers:  # a segment each, so that what is found crosses them
            engine.update([one], [])
        for query in asked:
            found = engine.search(Asked(query, TODAY, limit=100))
            expected = {one.document for one in papers if means(query, one, TODAY)}
            assert {hit.document for hit in found.hits} == expected
            assert found.total == len(expected)
        engine.close()


@given(st.text(max_size=60))
def test_any_string_is_a_query_or_an_error_with_a_position(text: str) -> None:
    position = 1
    try:
        parse(text, ALIASES)
    except QueryError as error:
        position = error.at
    assert 1 <= position <= len(text) + 1


@pytest.mark.parametrize(
    ("text", "at"),
    [("(合同", 1), ("合同 OR", 6), ("颜色:红", 1), ("date:昨天", 6), ("合同)", 3), ("state:x", 7)],
)
def test_an_error_says_where(text: str, at: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text, ALIASES)
    assert caught.value.at == at


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("营业执照", Text("营业执照")),
        ("合同 华信", All((Text("合同"), Text("华信")))),
        ("“违约 责任”", Text("违约 责任")),
        ("合同 OR NOT 发票", AnyOf((Text("合同"), Not(Text("发票"))))),
        ("客户：华信", Text("华信", "customer")),
        ("日期:2024-02", Within("date", 738917, 738945)),
        ("amount:[50 TO *]", Within("amount", 5000, None)),
        ("金额:>1,200.5", Within("amount", 120051, None)),
        ("金额:<1200", Within("amount", None, 119999)),
        ("日期:<=2023", Within("date", None, 738885)),
        ("日期:≥2024-12", Within("date", 739221, None)),
        ("日期:*", Present("date")),
        ("*", Everything()),
        ("", Everything()),
        ("客户:(华信 OR 华鑫)", AnyOf((Text("华信", "customer"), Text("华鑫", "customer")))),
        ("编号:HT-2024-0*", Wildcard("HT-2024-0*", "no")),
        ("状态:永久", InState("permanent")),
    ],
)
def test_the_language(text: str, tree: Query) -> None:
    assert parse(text, ALIASES) == tree


def test_updates_and_removals_are_seen_by_another_reader(tmp_path: Path) -> None:
    writer, reader = (open_engine("whoosh:index", tmp_path) for _ in range(2))
    writer.reset()
    writer.update([an_entry(1, "合同"), an_entry(2, "合同")], [])
    ask = Asked(Text("合同"), TODAY)
    assert reader.search(ask).total == 2
    writer.update([an_entry(1, "发票")], ["D000002"])
    assert reader.search(ask).total == 0
    assert set(reader.documents()) == {"D000001"}
    writer.reset()
    assert writer.search(Asked(Not(Text("合同")), TODAY)).total == 0
    for engine in (writer, reader):
        engine.close()


def test_many_small_batches_stay_one_index(tmp_path: Path) -> None:
    engine = open_engine("whoosh:index", tmp_path)
    engine.reset()
    for number in range(30):
        engine.update([an_entry(number, f"合同 {number}")], [])
    assert engine.search(Asked(Text("合同"), TODAY)).total == 30
    assert len(list((tmp_path / "index").glob("*.seg"))) <= 12
    engine.close()


def test_an_unknown_engine_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="elastic"):
        open_engine("elastic:x", tmp_path)


def test_a_torn_index_says_so_and_begins_anew(tmp_path: Path) -> None:
    engine = open_engine("whoosh:index", tmp_path)
    engine.reset()
    engine.update([an_entry(1, "合同")], [])
    engine.close()
    for path in (tmp_path / "index").glob("*.seg"):
        path.write_bytes(path.read_bytes()[:40])
    torn = open_engine("whoosh:index", tmp_path)
    with pytest.raises(IndexDamaged):
        torn.search(Asked(Text("合同"), TODAY))
    torn.reset()
    torn.update([an_entry(1, "合同")], [])
    assert torn.search(Asked(Text("合同"), TODAY)).total == 1
    torn.close()


def test_what_is_removed_leaves_the_files(tmp_path: Path) -> None:
    engine = open_engine("whoosh:index", tmp_path)
    engine.reset()
    kept, gone = an_entry(1, "合同"), an_entry(2, "ABSOLUTELYSECRET")
    engine.update([kept, gone], [])
    engine.update([], [gone.document])
    held = b"".join(path.read_bytes() for path in (tmp_path / "index").iterdir())
    assert b"absolutelysecret" not in held.lower()
    assert set(engine.documents()) == {kept.document}
    engine.close()


@given(texts, needles)
def test_a_snippet_is_one_line_with_the_hit_marked(text: str, needle: str) -> None:
    made = snippet(text, searchable(text), [look_of(Text(needle))])
    assert "\n" not in made
    assert width(made) <= WIDTH
    if plain(needle) and holds(plain(text), plain(needle)):
        assert MARK[0] in made
