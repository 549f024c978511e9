"""No text that a wildcard fits is passed over: slots are held against a look at the text."""

from hypothesis import given
from hypothesis import strategies as st

from archiver.search.grams import SLOTS, needs, slots
from archiver.search.query import Wildcard
from tests.search.oracle import fits

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
