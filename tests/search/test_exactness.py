"""Results equal a brute-force scan that knows nothing of the engine, over random texts."""

import re
import tempfile
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.errors import EngineError
from archiver.declarations.findable import read_aliases
from archiver.declarations.shipped import shipped
from archiver.search.base import MARK, Asked, Entry
from archiver.search.open import open_engine
from archiver.search.parse import QueryError, parse
from archiver.search.query import All, AnyOf, Not, Query, Text, Within
from archiver.search.snippet import WIDTH, snippet, width

ALIASES = read_aliases(shipped("index") / "fields.toml")
TODAY = date(2026, 5, 20)
HAN = "合同营业执照华信鑫汽车"
PIECES = [*HAN, *"，。 \n", "iso9001", "A4", "Ａ４", "HT-2024-01", "7", "car", "cars"]

texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("".join)
needles = st.lists(st.sampled_from([*HAN, "A4", "iso9001", "car"]), min_size=1, max_size=4).map(
    "".join
)


def an_entry(number: int, text: str, day: date | None = None) -> Entry:
    return Entry(
        document=f"D{number:06d}",
        archive_no=f"0001-01-2026-{number:04d}",
        customer="C0001",
        customer_name="某某",
        category="other",
        labels=("其他", "Other"),
        date=day,
        added=TODAY,
        title="",
        path="customers/x",
        text=text,
        values={},
        due=None,
        permanent=False,
        fingerprint="f",
    )


def squeezed(text: str) -> str:
    """The oracle's own idea of searched text: folded, no blanks between Han characters."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split(" "))
    plain = re.sub(r"[^\S\n]+", " ", plain)
    out: list[str] = []
    for at, char in enumerate(plain):
        before = next((c for c in reversed(plain[:at]) if not c.isspace()), "")
        after = next((c for c in plain[at:] if not c.isspace()), "")
        if char.isspace() and "一" <= before <= "鿿" and "一" <= after <= "鿿":
            continue
        out.append(char)
    return "".join(out)


def holds(text: str, needle: str) -> bool:
    """Whether the needle stands in the text with whole words at its ends, by trying every place."""
    hay, pin = squeezed(text), squeezed(needle)

    def wordy(char: str) -> bool:
        return (char.isalnum() or char == "_") and not "一" <= char <= "鿿"

    for at in range(len(hay) - len(pin) + 1):
        if hay[at : at + len(pin)] != pin:
            continue
        left, right = hay[at - 1 : at] if at else "", hay[at + len(pin) : at + len(pin) + 1]
        cut_left = wordy(pin[0]) and bool(left) and wordy(left)
        cut_right = wordy(pin[-1]) and bool(right) and wordy(right)
        if not cut_left and not cut_right:
            return True
    return False


def meant(query: Query, text: str, day: date) -> bool:
    match query:
        case Text(needle, _):
            return holds(text, needle)
        case Not(inner):
            return not meant(inner, text, day)
        case All(queries):
            return all(meant(one, text, day) for one in queries)
        case AnyOf(queries):
            return any(meant(one, text, day) for one in queries)
        case Within(_, low, high):
            number = day.toordinal()
            return (low is None or number >= low) and (high is None or number <= high)
    raise TypeError(query)


leaves = st.one_of(
    needles.map(lambda needle: Text(needle, "text")),
    st.integers(0, 30).map(lambda n: Within("date", TODAY.toordinal() - n, None)),
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


@given(st.lists(texts, min_size=1, max_size=6), st.lists(queries, min_size=1, max_size=6))
def test_results_equal_a_brute_force_scan(corpus: list[str], asked: list[Query]) -> None:
    days = {n: date.fromordinal(TODAY.toordinal() - 6 * n) for n in range(len(corpus))}
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine("whoosh:index", Path(folder))
        engine.update([an_entry(n, text, days[n]) for n, text in enumerate(corpus)], [])
        for query in asked:
            found = engine.search(Asked(query, TODAY, limit=100))
            expected = {f"D{n:06d}" for n, text in enumerate(corpus) if meant(query, text, days[n])}
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
    ],
)
def test_the_language(text: str, tree: Query) -> None:
    assert parse(text, ALIASES) == tree


def test_updates_and_removals_are_seen_by_another_reader(tmp_path: Path) -> None:
    writer, reader = (open_engine("whoosh:index", tmp_path) for _ in range(2))
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
    for number in range(30):
        engine.update([an_entry(number, f"合同 {number}")], [])
    assert engine.search(Asked(Text("合同"), TODAY)).total == 30
    assert len(list((tmp_path / "index").glob("*.seg"))) <= 12
    engine.close()


def test_an_unknown_engine_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="elastic"):
        open_engine("elastic:x", tmp_path)


@given(texts, needles)
def test_a_snippet_is_one_line_with_the_hit_marked(text: str, needle: str) -> None:
    made = snippet(text, [needle])
    assert "\n" not in made
    assert width(made) <= WIDTH + 4 + 2 * len(needle)
    if holds(text.replace("\n", " "), needle):
        assert MARK[0] in made
