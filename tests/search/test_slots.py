"""No text that a wildcard fits is passed over: slots are held against a look at the text."""

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from archiver.search.base import Asked
from archiver.search.grams import SLOTS, needs, slots
from archiver.search.needles import Glob
from archiver.search.open import open_engine
from archiver.search.query import Wildcard
from tests.search.oracle import fits, means
from tests.search.test_exactness import an_entry

LETTERS = "一二三四a1"
TEXTS = st.lists(st.text(LETTERS, max_size=4), max_size=90).map("，".join)
PATTERNS = st.text(LETTERS + "*?", min_size=2, max_size=5)


@given(TEXTS, PATTERNS)
def test_whatever_a_pattern_fits_has_a_slot_in_common(text: str, pattern: str) -> None:
    kept = slots(text)
    for characters in needs(Wildcard(pattern)).together:
        common = [kept.get(characters[0] + which, 0) for which in SLOTS]
        for one in characters[1:]:
            common = [
                bits & kept.get(one + which, 0) for bits, which in zip(common, SLOTS, strict=True)
            ]
        assert any(common) or not fits(text, pattern)


def test_characters_of_different_runs_share_no_slot() -> None:
    kept = slots(
        "，".join(f"一{chr(0x4E10 + at)}二" if at else "三四" for at in range(8 * len(SLOTS)))
    )
    assert not any(kept.get("三" + which, 0) & kept.get("一" + which, 0) for which in SLOTS)
    assert {kept["一" + which] for which in SLOTS} == {0b11111110, 0b11111111}


def test_only_what_a_star_parts_must_be_together() -> None:
    assert needs(Wildcard("税*证")).together == ("税证",)
    assert needs(Wildcard("税*证")).terms == ()
    assert needs(Wildcard("纳税*证明")).together == ("纳税证明",)
    assert needs(Wildcard("纳税*证明")).terms == ("纳税", "证明")
    assert needs(Wildcard("纳税*")).together == ()
    assert needs(Wildcard("税*，证?明")).together == ("证明",)
    assert needs(Wildcard("税*，证?明")).terms == ("税",)


TODAY = date(2026, 1, 1)


@given(st.lists(TEXTS, min_size=1, max_size=4), PATTERNS.filter(lambda one: one.strip("*?") != ""))
@example(["甲，" * 43 + "一三二"], "一*二")
def test_an_index_finds_what_lies_in_any_run(texts: list[str], pattern: str) -> None:
    papers = [replace(an_entry(0, text), document=f"D{at}") for at, text in enumerate(texts)]
    query = Wildcard(pattern)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine("whoosh:index", Path(folder))
        engine.reset()
        engine.update(papers, [])
        hits = {hit.document for hit in engine.search(Asked(query, TODAY)).hits}
        engine.close()
    assert hits == {one.document for one in papers if means(query, one, TODAY)}


@given(st.text("一二三a，_ ", max_size=12), st.sampled_from("三a，_二一"), st.integers(0, 70))
@example("", "三", 65)
def test_two_characters_with_a_star_between_them(rest: str, between: str, many: int) -> None:
    for text in (f"一{between * many}二{rest}", f"{rest}一{between * many}二", rest):
        for pattern in ("一*二", "二*一", "一*一"):
            assert Glob(pattern).found_in_utf8(text.encode()) == fits(text, pattern)
